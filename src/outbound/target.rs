//! An address that somebody named to be called at: read once, and refused where what it says is enough for that.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

use url::{Host, Url};

use super::is_public;
use crate::kernel::Networks;

/// Longest address, in bytes as it is sent.
pub const MAX_TARGET: usize = 1_024;
/// The lowest port beside those of HTTP and HTTPS: below it are services that are no receivers of ours.
const OTHER_PORTS: u16 = 1_024;

/// An address to be called at: http or https, with a host and nobody's name or password.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target(Url);

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// Nothing that can be read as an address.
    #[error("no absolute address")]
    Unreadable,
    /// Longer than [`MAX_TARGET`].
    #[error("longer than {MAX_TARGET} bytes")]
    Long,
    /// Neither http nor https.
    #[error("neither http nor https")]
    Scheme,
    /// A name or a password stands in it.
    #[error("a name or a password stands before the host")]
    Userinfo,
    /// It has a part that is never sent.
    #[error("a fragment")]
    Fragment,
    /// The port is another service's.
    #[error("a port of another service")]
    Port,
    /// The host is this machine, its network, or nobody.
    #[error("not an address of the world")]
    Inside,
}

impl Target {
    /// Reads an address. Names are looked up when it is called, and judged then.
    pub fn parse(raw: &str, allow: &Networks) -> Result<Self, BadTarget> {
        // What a parser of addresses drops in silence would make another address of it.
        if raw.is_empty() || raw.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(BadTarget::Unreadable);
        }
        if raw.len() > MAX_TARGET {
            return Err(BadTarget::Long);
        }
        let url = Url::parse(raw).map_err(|_| BadTarget::Unreadable)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadTarget::Scheme);
        }
        // `http:host` and `http:///host` are read as if they were whole.
        let rest = raw.get(url.scheme().len()..).unwrap_or_default();
        if !rest.starts_with("://") || rest.starts_with(":///") {
            return Err(BadTarget::Unreadable);
        }
        if !url.username().is_empty() || url.password().is_some() || authority(rest).contains('@') {
            return Err(BadTarget::Userinfo);
        }
        if url.fragment().is_some() {
            return Err(BadTarget::Fragment);
        }
        if url.as_str().len() > MAX_TARGET {
            return Err(BadTarget::Long);
        }
        let target = Self(url);
        let port = target.port();
        if port != 80 && port != 443 && port < OTHER_PORTS {
            return Err(BadTarget::Port);
        }
        if target.literal().is_some_and(|address| !may_reach(address, allow)) {
            return Err(BadTarget::Inside);
        }
        Ok(target)
    }

    /// The address that it says without a name; of the names that always mean this machine, that one.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                let here = name == "localhost" || name.ends_with(".localhost");
                here.then_some(Ipv4Addr::LOCALHOST.into())
            }
        }
    }

    /// The host without brackets, for looking it up and for its certificate.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// The host and, where it is not the scheme's own, the port: the header `Host`.
    pub(super) fn host_header(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(super) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(0)
    }

    /// Path and query, as they are sent.
    pub(super) fn path(&self) -> String {
        match self.0.query() {
            Some(query) => format!("{}?{query}", self.0.path()),
            None => self.0.path().to_owned(),
        }
    }

    /// Whether what is sent is kept from those in between.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it may lie in one of some networks: of a name that is seen when it is looked up.
    pub fn may_be_within(&self, networks: &Networks) -> bool {
        self.literal().is_none_or(|address| networks.contain(address))
    }

    /// Who is called, for counting: the host as it is written.
    pub fn place(&self) -> String {
        self.host_header()
    }

    /// The same address with more parameters after those that it has.
    #[must_use]
    pub fn with_parameters(&self, more: &[(&str, &str)]) -> Self {
        let mut url = self.0.clone();
        // Appended as text: what stands in the query already stays as it is, byte for byte.
        let mut query = url.query().map(|old| format!("{old}&")).unwrap_or_default();
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(more).finish();
        query.push_str(&encoded);
        url.set_query(Some(&query));
        Self(url)
    }
}

/// Whether an address may be connected to.
pub(super) fn may_reach(address: IpAddr, allow: &Networks) -> bool {
    is_public(address) || allow.contain(address)
}

fn authority(rest: &str) -> &str {
    let rest = rest.trim_start_matches(':').trim_start_matches('/');
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_str().fmt(f)
    }
}
