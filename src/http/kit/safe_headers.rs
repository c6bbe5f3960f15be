//! The headers with which answers tell a browser to do as little as it can.

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

const SAFE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    // Pictures that portals show set `cross-origin` themselves; nothing else is embedded elsewhere.
    ("cross-origin-resource-policy", "same-origin"),
];

/// That browsers come back over TLS alone, for two years; said of this host and of none beside it.
const TLS_ONLY: (HeaderName, HeaderValue) =
    (HeaderName::from_static("strict-transport-security"), HeaderValue::from_static("max-age=63072000"));

/// Adds each safety header that a route has not set to a value of its own; `tls` says whether the server's own
/// address is reached over TLS.
///
/// A 304 has none: a browser shows what it keeps, with the headers that it keeps with it. Pollers are answered little
/// else, and these would be most of it.
pub(super) fn add(status: StatusCode, headers: &mut HeaderMap, tls: bool) {
    if status == StatusCode::NOT_MODIFIED {
        return;
    }
    if tls {
        let (name, value) = TLS_ONLY;
        headers.insert(name, value);
    }
    for (name, value) in SAFE {
        if !headers.contains_key(*name) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
}
