//! Signatures by which receivers know what we sent: those of Standard Webhooks 1.0 and of WebSub.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write as _;

use super::{Secret, secret};

/// What a webhook's secret begins with.
const PREFIX: &str = "whsec_";
/// Random bytes of a webhook's secret; the specification wants 24 to 64.
const BYTES: usize = 32;

/// A new secret of a webhook.
pub fn webhook_secret() -> Secret {
    format!("{PREFIX}{}", STANDARD.encode(secret::random(BYTES))).into()
}

/// The signature of a message under a webhook's secret; nothing where the secret is none.
pub fn webhook_signature(secret: &Secret, id: &str, timestamp: i64, body: &[u8]) -> Option<String> {
    let key = STANDARD.decode(secret.expose().strip_prefix(PREFIX)?).ok()?;
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &key));
    context.update(format!("{id}.{timestamp}.").as_bytes());
    context.update(body);
    Some(format!("v1,{}", STANDARD.encode(context.sign())))
}

/// The signature of a content under a subscriber's secret.
pub fn hub_signature(secret: &Secret, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let mut text = "sha256=".to_owned();
    for byte in hmac::sign(&key, body).as_ref() {
        write!(text, "{byte:02x}").expect("a String takes every text");
    }
    text
}

/// A text that nobody can guess, for a subscriber to give back.
pub fn challenge() -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret::random(BYTES))
}

/// A number from 0 to 999 that nobody can guess, to spread what would come at once.
pub fn spread() -> u64 {
    let bytes = secret::random(4);
    u64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])) % 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_the_specification_computes() {
        // The example of the reference implementations.
        let secret: Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into();
        let body = br#"{"test": 2432232314}"#;
        let signature = webhook_signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signature.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(webhook_signature(&"MfKQ9r8G".into(), "msg_1", 1, body), None);
    }

    #[test]
    fn the_hub_s_signature_is_the_hmac_of_the_content() {
        // RFC 4231, test case 2.
        let signature = hub_signature(&"Jefe".into(), b"what do ya want for nothing?");
        assert_eq!(signature, "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn no_two_secrets_are_alike_and_each_has_its_bytes() {
        let (one, other) = (webhook_secret(), webhook_secret());
        assert_ne!(one.expose(), other.expose());
        assert_eq!(STANDARD.decode(one.expose().strip_prefix("whsec_").unwrap()).unwrap().len(), 32);
        assert!((0..2_000).all(|_| spread() < 1_000));
    }
}
