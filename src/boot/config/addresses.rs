//! The addresses under which others know this server and what it publishes.

use std::net::SocketAddr;

use actix_web::http::Uri;

use super::{Bad, Given, Reason};
use crate::service::NOBODY;

/// Public addresses.
#[derive(Clone, Debug)]
pub struct Addresses {
    base_url: Option<String>,
    /// The portal's address of an item, with `{locale}` and `{slug}`.
    pub portal_url: Option<String>,
    /// The authority of guids, where it was decided.
    pub authority: Option<String>,
    /// The name by which the authority was given, for refusing it later.
    pub authority_name: String,
}

impl Addresses {
    pub(super) fn read(given: &Given) -> Result<Self, Bad> {
        let base_url = given.maybe("base_url").map(|raw| {
            let url = web(raw.expose()).filter(|url| matches!(url.path(), "/" | "") && url.query().is_none());
            url.map(|_| raw.expose().trim_end_matches('/').to_owned()).ok_or_else(|| given.bad("base_url", Reason::Url))
        });
        let portal_url = given.maybe("portal_url").map(|raw| {
            let template = raw.expose();
            let whole = ["{locale}", "{slug}"].iter().all(|gap| template.matches(gap).count() == 1);
            let plain = template.replace("{locale}", "vi").replace("{slug}", "x");
            let good = whole && !plain.contains(['{', '}']) && web(&plain).is_some();
            if good { Ok(template.to_owned()) } else { Err(given.bad("portal_url", Reason::Template)) }
        });
        let authority = given.maybe("authority").map(|raw| {
            let name = raw.expose();
            if is_domain(name) { Ok(name.to_owned()) } else { Err(given.bad("authority", Reason::Authority)) }
        });
        Ok(Self {
            base_url: base_url.transpose()?,
            portal_url: portal_url.transpose()?,
            authority: authority.transpose()?,
            authority_name: given.name("authority"),
        })
    }

    /// The server's own address, without a slash at its end, once it is known where it listens.
    pub fn base_url(&self, local: SocketAddr) -> String {
        match &self.base_url {
            Some(url) => url.clone(),
            None => local_url(local),
        }
    }

    /// The authority where none was decided: the host of the base address,
    /// if it is a name that lasts, else one that belongs to nobody.
    pub fn fallback_authority(&self) -> String {
        let url = self.base_url.as_deref().and_then(web);
        let host = url.as_ref().and_then(Uri::host).map(str::to_lowercase);
        host.filter(|host| is_domain(host)).unwrap_or_else(|| NOBODY.to_owned())
    }
}

/// The address of a socket for a browser on this machine: every address of the machine is none to go to.
pub fn local_url(socket: SocketAddr) -> String {
    if socket.ip().is_unspecified() {
        format!("http://localhost:{}", socket.port())
    } else {
        format!("http://{socket}")
    }
}

/// An absolute address of the web without a name or password in it.
fn web(raw: &str) -> Option<Uri> {
    let url: Uri = raw.parse().ok()?;
    let authority = url.authority()?.as_str();
    let scheme = matches!(url.scheme_str(), Some("http" | "https"));
    (scheme && !authority.contains('@') && !authority.is_empty() && !raw.contains('#')).then_some(url)
}

/// A domain name of two labels or more, in lower case, as RFC 4151 wants an authority.
fn is_domain(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    // A last label in digits is the end of an IP address, which may be another's tomorrow.
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_domain_name_that_lasts() {
        for good in ["lamhai.example", "thongtin.lamhai.gov.vn", "xn--lantoa-7ib.vn"] {
            assert!(is_domain(good), "{good}");
        }
        for bad in ["", "localhost", "127.0.0.1", "Lamhai.vn", "lamhai.vn:80", "-a.vn", "a..vn", "a_b.vn", "lamhai.vn/"]
        {
            assert!(!is_domain(bad), "{bad}");
        }
    }

    #[test]
    fn a_web_address_names_no_person() {
        assert!(web("https://tin.lamhai.example/").is_some());
        for bad in ["tin.lamhai.example", "/x", "ftp://a.vn", "https://an:pw@a.vn", "https://", "https://a.vn/#x"] {
            assert!(web(bad).is_none(), "{bad}");
        }
    }
}
