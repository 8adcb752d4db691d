//! Where the preview listens.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

/// The port that is tried first when none was asked for.
pub(crate) const DEFAULT_PORT: u16 = 4020;
/// How many ports after the first are tried.
const TRIES: u16 = 50;

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address {
    /// The address of this machine.
    pub(crate) host: IpAddr,
    /// A port that was asked for; with `None` the first free one is taken.
    pub(crate) port: Option<u16>,
}

impl Default for Address {
    fn default() -> Address {
        Address { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port: None }
    }
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AddressError {
    /// The port that was asked for is in use.
    #[error("port {0} is already in use; omit --port to use the next free one")]
    Busy(u16),
    /// Every port that was tried is in use.
    #[error("no free port found from {DEFAULT_PORT} onwards; choose one with --port")]
    NoneFree,
    /// The system refused.
    #[error("cannot listen on {0}: {1}")]
    Refused(SocketAddr, io::Error),
}

impl Address {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the port that was asked for, or every one that was tried, is in use, or the system refuses.
    pub(crate) fn listen(self) -> Result<TcpListener, AddressError> {
        if let Some(port) = self.port {
            return self.bind(port).map_err(|error| match error.kind() {
                io::ErrorKind::AddrInUse => AddressError::Busy(port),
                _ => AddressError::Refused(SocketAddr::new(self.host, port), error),
            });
        }
        for port in DEFAULT_PORT..=DEFAULT_PORT + TRIES {
            match self.bind(port) {
                Ok(listener) => return Ok(listener),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(AddressError::Refused(SocketAddr::new(self.host, port), error)),
            }
        }
        Err(AddressError::NoneFree)
    }

    fn bind(self, port: u16) -> io::Result<TcpListener> {
        TcpListener::bind(SocketAddr::new(self.host, port))
    }
}
