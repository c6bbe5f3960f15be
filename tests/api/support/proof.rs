//! Proof as an outsider makes it: SHA-256, Ed25519 and the detached JWS of RFC 7515, with nothing of ours.

use aws_lc_rs::{
    digest,
    signature::{ED25519, UnparsedPublicKey},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::TestApp;

/// The SHA-256 of some bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a detached signature is one over these bytes, by a key of the key set that is served.
pub async fn vouches(app: &TestApp, signature: &str, payload: &[u8]) -> bool {
    let keys = app.get("/.well-known/lantoa-keys.json").await.is(200).json();
    let (header, tail) = signature.split_once("..").expect("a detached JWS");
    let read: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!((&read["alg"], read.get("crit")), (&"EdDSA".into(), None));
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == read["kid"]).expect("a served key");
    assert_eq!((&key["kty"], &key["crv"]), (&"OKP".into(), &"Ed25519".into()));
    let key = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
    UnparsedPublicKey::new(&ED25519, key).verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(tail).unwrap()).is_ok()
}
