//! Networks of addresses, as an operator names them.

use std::{fmt, net::IpAddr, sync::Arc};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Networks of addresses.
#[derive(Clone, Default)]
pub struct Networks(Arc<[IpNet]>);

impl Networks {
    /// Networks read from addresses and prefixes (`10.0.0.0/8`) between commas; none where one is not good.
    pub fn parse(text: &str) -> Option<Self> {
        let one = |part: &str| part.parse::<IpNet>().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from));
        text.split(',').map(|part| one(part.trim())).collect::<Option<Arc<_>>>().map(Self)
    }

    /// All addresses that there are.
    pub fn everything() -> Self {
        Self([IpNet::from(Ipv4Net::default()), IpNet::from(Ipv6Net::default())].into())
    }

    /// Whether an address lies in one of them.
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl fmt::Debug for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}

impl Networks {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_or_refused_whole() {
        let networks = Networks::parse("10.0.0.0/8, ::1,192.0.2.1").unwrap();
        for (address, inside) in [("10.9.8.7", true), ("::ffff:10.0.0.1", true), ("::1", true), ("192.0.2.2", false)] {
            assert_eq!(networks.contain(address.parse().unwrap()), inside, "{address}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0.1,", "localhost", "10.0.0.1 10.0.0.2"] {
            assert!(Networks::parse(bad).is_none(), "{bad}");
        }
    }
}
