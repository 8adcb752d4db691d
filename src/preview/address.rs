//! The address on which the preview listens.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

/// The first port to try if none is requested.
pub(crate) const DEFAULT_PORT: u16 = 4020;
/// The number of ports after the first to try.
const MAX_PORT_TRIES: u16 = 50;

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address {
    /// The local IP address.
    pub(crate) host: IpAddr,
    /// The requested port; if `None`, the first free one is used.
    pub(crate) port: Option<u16>,
}

impl Default for Address {
    fn default() -> Address {
        Address { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port: None }
    }
}

/// Why the preview cannot listen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AddressError {
    /// The requested port is in use.
    #[error("port {0} is already in use; omit --port to use the next free one")]
    Busy(u16),
    /// All ports that were tried are in use.
    #[error("no free port found from {DEFAULT_PORT} onwards; choose one with --port")]
    NoneFree,
    /// The operating system refused.
    #[error("cannot listen on {0}: {1}")]
    Refused(SocketAddr, io::Error),
}

impl Address {
    /// Starts listening.
    ///
    /// # Errors
    /// If the requested port or all tried ports are in use, or the operating system refuses.
    pub(crate) fn listen(self) -> Result<TcpListener, AddressError> {
        if let Some(port) = self.port {
            return self.bind(port).map_err(|error| match error.kind() {
                io::ErrorKind::AddrInUse => AddressError::Busy(port),
                _ => AddressError::Refused(SocketAddr::new(self.host, port), error),
            });
        }
        for port in DEFAULT_PORT..=DEFAULT_PORT + MAX_PORT_TRIES {
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
