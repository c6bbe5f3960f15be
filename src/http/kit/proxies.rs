//! Who asks: the address of the socket, or the one that a trusted proxy on it names.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::{HttpRequest, http::header::HeaderName};

use crate::kernel::Networks;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose `X-Forwarded-For` is believed; by default none.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Networks);

impl Proxies {
    /// The address of who asks, as far as it can be known.
    ///
    /// Each proxy adds whom it was asked by at the end, so the list is read from there, and only as far as
    /// those who wrote it are trusted: what a stranger has put before counts for nothing.
    pub fn client(req: &HttpRequest) -> IpAddr {
        let peer = req.peer_addr().map_or(Ipv4Addr::LOCALHOST.into(), |peer| peer.ip().to_canonical());
        let Some(Self(trusted)) = req.app_data::<Self>().filter(|proxies| proxies.0.contain(peer)) else { return peer };
        let lines: Vec<_> = req.headers().get_all(FORWARDED_FOR).collect();
        // As bytes: what a stranger wrote at the beginning of a line must not take from us what a proxy wrote at its end.
        let claims =
            lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')).map_while(address);
        let mut client = peer;
        for claim in claims {
            if !trusted.contain(client) {
                break;
            }
            client = claim;
        }
        client
    }
}

/// An address as proxies write it, some with a port.
fn address(claim: &[u8]) -> Option<IpAddr> {
    let claim = str::from_utf8(claim).ok()?.trim();
    let bare = claim.trim_start_matches('[').trim_end_matches(']');
    let with_port = || claim.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::{http::header::HeaderValue, test::TestRequest};

    use super::*;

    fn client(trusted: &str, peer: &str, lines: &[impl AsRef<[u8]>]) -> String {
        let peer = SocketAddr::new(peer.parse().unwrap(), 40_000);
        let mut request = TestRequest::get().peer_addr(peer).app_data(Proxies(Networks::parse(trusted).unwrap()));
        for line in lines {
            request = request.append_header((FORWARDED_FOR, HeaderValue::from_bytes(line.as_ref()).unwrap()));
        }
        Proxies::client(&request.to_http_request()).to_string()
    }

    #[test]
    fn what_a_stranger_claims_is_not_believed() {
        for lines in [&["198.51.100.1"][..], &["127.0.0.1", "::1"], &["10.0.0.1"]] {
            assert_eq!(client("10.0.0.0/8,::1", "203.0.113.7", lines), "203.0.113.7");
        }
        let nobody_trusted = TestRequest::get()
            .peer_addr("127.0.0.1:1".parse().unwrap())
            .append_header((FORWARDED_FOR, "198.51.100.1"))
            .to_http_request();
        assert_eq!(Proxies::client(&nobody_trusted).to_string(), "127.0.0.1");
    }

    #[test]
    fn a_trusted_proxy_is_believed_as_far_as_trust_goes() {
        for (lines, said) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            // The last is what the proxy saw; what stands before it was sent to it.
            (&["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            (&["192.0.2.66", "198.51.100.1"], "198.51.100.1"),
            (&["198.51.100.1, 10.0.0.9"], "198.51.100.1"),
            (&["192.0.2.66, 198.51.100.1,10.0.0.9 , 10.0.0.8"], "198.51.100.1"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8::1]:443"], "2001:db8::1"),
            (&["2001:db8::1"], "2001:db8::1"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
        ] {
            assert_eq!(client("10.0.0.0/8", "10.0.0.1", lines), said, "{lines:?}");
        }
    }

    #[test]
    fn what_a_stranger_wrote_first_hides_nothing_that_a_proxy_wrote_after_it() {
        for line in [&b"\xff, 198.51.100.1"[..], "tôi, 198.51.100.1".as_bytes(), b"198.51.100.\xb1,198.51.100.1"] {
            assert_eq!(client("10.0.0.0/8", "10.0.0.1", &[line]), "198.51.100.1", "{line:?}");
        }
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", &[b"198.51.100.1, \xff"]), "10.0.0.1");
    }

    #[test]
    fn where_a_proxy_names_nobody_it_is_itself_who_asks() {
        for lines in [&[][..], &[""], &["unknown"], &["198.51.100.1, unknown"], &["_hidden, "]] {
            assert_eq!(client("10.0.0.1", "10.0.0.1", lines), "10.0.0.1", "{lines:?}");
        }
    }
}
