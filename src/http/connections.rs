//! Connections: so many from one address, and none to who does not take what it asked for.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::net::TcpStream;

use super::{kit::Proxies, line::Line};
use crate::tokens::throttle::network;

/// The open connections, by the address that they come from.
#[derive(Clone, Debug)]
pub struct Connections(Arc<All>);

#[derive(Debug)]
struct All {
    per_address: usize,
    answer: Duration,
    proxies: Proxies,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that is counted, until it is closed.
#[derive(Debug)]
pub(super) struct Open {
    address: IpAddr,
    all: Connections,
}

impl Connections {
    /// None yet. An address may have so many, or any number where that is 0; `answer` is how long a client may be in
    /// taking what is sent to it. Connections of trusted proxies are those of all who come through them.
    pub fn new(per_address: usize, answer: Duration, proxies: Proxies) -> Self {
        Self(Arc::new(All { per_address, answer, proxies, open: Mutex::default() }))
    }

    /// Takes a new connection; one that is not taken is closed, and costs no more than having been made.
    pub(super) fn admit(&self, stream: TcpStream) -> Option<Line> {
        let address = stream.peer_addr().ok()?.ip();
        let counted = self.0.per_address > 0 && !self.0.proxies.0.contain(address);
        let open = if counted { Some(self.enter(network(address))?) } else { None };
        Some(Line::new(stream, self.0.answer, open))
    }

    fn enter(&self, address: IpAddr) -> Option<Open> {
        let mut open = self.open();
        let count = open.entry(address).or_default();
        if *count >= self.0.per_address {
            return None;
        }
        *count += 1;
        Some(Open { address, all: self.clone() })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // Counts are whole after every statement, so those left by a panic are good.
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Entry::Occupied(mut entry) = self.all.open().entry(self.address) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_and_no_trace_of_them_stays() {
        let all = Connections::new(2, Duration::from_secs(30), Proxies::default());
        let [one, other]: [IpAddr; 2] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());

        let (first, second) = (all.enter(one).unwrap(), all.enter(one).unwrap());
        assert!(all.enter(one).is_none());
        let another = all.enter(other).unwrap();
        drop(first);
        let third = all.enter(one).unwrap();
        assert!(all.enter(one).is_none());

        drop((second, third, another));
        assert!(all.open().is_empty());
    }
}
