//! The open connections. Their number is limited, and a new one replaces the oldest.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Maximum number of open connections; a browser opens up to six per window.
const MAX_CONNECTIONS: usize = 200;

/// Every open connection, by age.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections(Arc<Mutex<OpenConnections>>);

#[derive(Debug, Default)]
struct OpenConnections {
    next_number: u64,
    streams: BTreeMap<u64, TcpStream>,
}

/// A slot among the open connections, released when it is dropped.
#[derive(Debug)]
pub(super) struct ConnectionSlot {
    connections: Connections,
    number: u64,
}

impl Connections {
    /// Adds a connection. If there are too many, the oldest is closed: its client can reconnect, and a client that only
    /// opens connections to hold them loses them first.
    pub(super) fn add(&self, stream: &TcpStream) -> std::io::Result<ConnectionSlot> {
        let copy = stream.try_clone()?;
        let mut open = self.open();
        if open.streams.len() >= MAX_CONNECTIONS
            && let Some((_, oldest)) = open.streams.pop_first()
        {
            // It may be closed already; either way its thread ends.
            let _ = oldest.shutdown(Shutdown::Both);
        }
        let number = open.next_number;
        open.next_number += 1;
        open.streams.insert(number, copy);
        Ok(ConnectionSlot { connections: self.clone(), number })
    }

    fn open(&self) -> MutexGuard<'_, OpenConnections> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.connections.open().streams.remove(&self.number);
    }
}
