use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const SECRET: &[u8] = b"0f3a9c71-e2d4-5b68-8a90-b7c6d5e4f312";
const ISSUER: &str = "doingoai.lamdong.example";
const ACCOUNT: &str = "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
const SESSION: &str = "0199a1b2-c3d4-7e5f-8a9b-ffffffffffff";
const NOW: i64 = 1_795_348_800;

fn now() -> Timestamp {
    moment(NOW).unwrap()
}

fn tokens() -> AccessTokens {
    AccessTokens::new(SECRET, ISSUER, DEFAULT_LIFETIME).unwrap()
}

fn genuine() -> String {
    tokens().issue(ACCOUNT.parse().unwrap(), SESSION.parse().unwrap(), now())
}

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn mac(algorithm: hmac::Algorithm, secret: &[u8], message: &str) -> String {
    b64(hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes()))
}

/// A token of these texts with a right HS256 signature, as only who has the secret can make.
fn signed(header: &str, claims: &str) -> String {
    let message = format!("{}.{}", b64(header), b64(claims));
    format!("{message}.{}", mac(hmac::HMAC_SHA256, SECRET, &message))
}

fn header() -> Value {
    json!({"alg": "HS256", "typ": "at+jwt"})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": ACCOUNT, "sid": SESSION, "jti": ACCOUNT, "iat": NOW, "nbf": NOW, "exp": NOW + 600})
}

/// The value with some members changed; `null` takes one out.
fn with(mut value: Value, changes: &Value) -> String {
    for (name, change) in changes.as_object().unwrap() {
        if change.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = change.clone();
        }
    }
    value.to_string()
}

fn header_with(changes: &Value) -> String {
    signed(&with(header(), changes), &claims().to_string())
}

fn claims_with(changes: &Value) -> String {
    signed(&header().to_string(), &with(claims(), changes))
}

#[test]
fn a_token_says_who_and_until_when() {
    let read = tokens().verify(&genuine(), now()).unwrap();

    assert_eq!((read.account.to_string(), read.session.to_string()), (ACCOUNT.into(), SESSION.into()));
    assert_eq!((read.issued_at.seconds(), read.expires_at.seconds()), (NOW, NOW + 600));
    assert_eq!(tokens().lifetime(), 600);
}

#[test]
fn the_forger_s_tools_make_good_tokens_when_nothing_is_forged() {
    for good in [claims_with(&json!({})), header_with(&json!({"kid": "../../dev/null"}))] {
        assert!(tokens().verify(&good, now()).is_ok(), "{good}");
    }
}

#[test]
fn a_token_carries_no_rights() {
    let token = genuine();
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let names: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
}

#[test]
fn a_token_lives_from_its_second_to_its_end_by_the_given_clock() {
    let token = genuine();
    for (second, answer) in [
        (NOW - 6, Err(BadToken::NotYet)),
        (NOW - 5, Ok(())),
        (NOW + 599, Ok(())),
        (NOW + 600, Err(BadToken::Expired)),
        (NOW + 86_400, Err(BadToken::Expired)),
        (NOW - 86_400, Err(BadToken::NotYet)),
    ] {
        assert_eq!(tokens().verify(&token, moment(second).unwrap()).map(|_| ()), answer, "{}", second - NOW);
    }
}

#[test]
fn a_short_secret_makes_no_tokens() {
    assert_eq!(AccessTokens::new(&SECRET[..31], ISSUER, DEFAULT_LIFETIME).err(), Some(WeakSecret::Short));
    assert!(!format!("{:?}", tokens()).contains("0f3a"));
}

#[test]
fn texts_that_are_no_token_are_refused() {
    let token = genuine();
    let parts: Vec<_> = token.split('.').collect();
    let [head, body, tail] = parts[..] else { unreachable!() };
    let long = claims_with(&json!({"jti": "x".repeat(4096)}));
    let not_canonical = {
        let last = tail.chars().last().unwrap();
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let next = alphabet.chars().nth(alphabet.find(last).unwrap() + 1).unwrap();
        format!("{head}.{body}.{}{next}", &tail[..tail.len() - 1])
    };
    let forged = [
        String::new(),
        ".".into(),
        "null".into(),
        head.into(),
        format!("{head}.{body}"),
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.{tail}"),
        format!("{head}.{head}.{body}.{body}.{tail}"),
        format!(" {token}"),
        format!("{token} "),
        format!("{token}\n"),
        format!("{token}="),
        format!("{token}\0"),
        format!("{head}=.{body}.{tail}"),
        format!("{head}\u{200b}.{body}.{tail}"),
        format!("{head}.{body}.{tail}é"),
        format!("Bearer {token}"),
        token.replace('.', " ."),
        format!("{body}+.{head}.{tail}"),
        not_canonical,
        long,
        super::super::RefreshToken::generate().expose().into(),
    ];
    for token in forged {
        assert_eq!(tokens().verify(&token, now()), Err(BadToken::Malformed), "{token:.200}");
    }
}

#[test]
fn other_headers_are_refused_even_under_a_right_signature() {
    let mut forged: Vec<String> = [
        "none", "None", "NONE", "nOnE", "", "hs256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "Ed25519",
        "dir", "HS256 ",
    ]
    .iter()
    .map(|alg| header_with(&json!({"alg": alg})))
    .collect();
    forged.extend(
        ["JWT", "jwt", "AT+JWT", "application/at+jwt", "rt+jwt", "at+jwt ", ""]
            .iter()
            .map(|typ| header_with(&json!({"typ": typ}))),
    );
    forged.extend(
        [
            json!({"typ": null}),
            json!({"alg": null}),
            json!({"alg": ["HS256"]}),
            json!({"alg": 256}),
            json!({"crit": ["exp"], "exp": 1}),
            json!({"crit": []}),
            json!({"crit": ["b64"], "b64": false}),
            json!({"b64": true}),
            json!({"jwk": {"kty": "oct", "k": b64(SECRET)}}),
            json!({"jku": "https://evil.example/jwks"}),
            json!({"x5u": "https://evil.example/x.pem"}),
            json!({"x5c": ["MIIB"]}),
            json!({"x5t": "AA"}),
            json!({"x5t#S256": "AA"}),
            json!({"zip": "DEF"}),
            json!({"enc": "A128GCM"}),
            json!({"cty": "JWT"}),
            json!({"role": "admin"}),
            json!({"kid": 7}),
        ]
        .iter()
        .map(header_with),
    );
    let body = claims().to_string();
    forged.extend(
        [
            r#"{"alg":"none","alg":"HS256","typ":"at+jwt"}"#,
            r#"{"alg":"HS256","typ":"at+jwt"}{}"#,
            "[]",
            "",
            "null",
            "\u{feff}{}",
        ]
        .map(|h| signed(h, &body)),
    );
    forged.push("..".into());
    // The three parts in another order: the first is then no header of ours.
    let token = genuine();
    let parts: Vec<_> = token.split('.').collect();
    forged.push(format!("{}.{}.{}", parts[1], parts[0], parts[2]));
    forged.push(format!("{}.{}.{}", parts[2], parts[1], parts[0]));
    assert!(forged.len() >= 45);
    for token in forged {
        assert_eq!(tokens().verify(&token, now()), Err(BadToken::Header), "{token}");
    }
}

#[test]
fn signatures_by_anything_but_the_secret_are_refused() {
    let token = genuine();
    let (message, tail) = token.rsplit_once('.').unwrap();
    let other = AccessTokens::new(b"another secret of more than 32 bytes", ISSUER, DEFAULT_LIFETIME).unwrap();
    let raised = format!("{}.{}", b64(header().to_string()), b64(with(claims(), &json!({"sub": SESSION}))));
    let forged = [
        format!("{message}."),
        format!("{raised}.{tail}"),
        format!("{message}.{}", &tail[..40]),
        format!("{message}.{}", b64([0; 32])),
        format!("{message}.{}", mac(hmac::HMAC_SHA384, SECRET, message)),
        format!("{message}.{}", mac(hmac::HMAC_SHA512, SECRET, message)),
        format!("{message}.{}", mac(hmac::HMAC_SHA256, b"", message)),
        format!("{message}.{}", mac(hmac::HMAC_SHA256, b"secret", message)),
        format!("{message}.{}", mac(hmac::HMAC_SHA256, SECRET, &raised)),
        other.issue(ACCOUNT.parse().unwrap(), SESSION.parse().unwrap(), now()),
    ];
    for token in forged {
        assert_eq!(tokens().verify(&token, now()), Err(BadToken::Signature), "{token}");
    }
}

#[test]
fn other_claims_are_refused_even_under_a_right_signature() {
    let mut forged: Vec<String> = ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"]
        .iter()
        .map(|name| claims_with(&json!({*name: null})))
        .collect();
    forged.extend(
        [
            json!({"exp": (NOW + 600).to_string()}),
            json!({"exp": 1_795_349_400.0_f64}),
            json!({"exp": 1_795_349_400.5_f64}),
            json!({"exp": true}),
            json!({"exp": [NOW + 600]}),
            json!({"exp": {}}),
            json!({"exp": u64::MAX}),
            json!({"exp": i64::MAX}),
            json!({"exp": NOW + 100 * 31_557_600}),
            json!({"exp": NOW + 601}),
            json!({"exp": NOW}),
            json!({"exp": -1}),
            json!({"exp": 0}),
            json!({"exp": i64::MIN, "iat": 1}),
            json!({"iat": i64::MIN}),
            json!({"iat": NOW - 1}),
            json!({"iat": "now"}),
            json!({"nbf": NOW - 1}),
            json!({"nbf": NOW + 600}),
            json!({"nbf": "0"}),
            json!({"nbf": 0.5}),
            json!({"aud": "lantoa"}),
            json!({"aud": ""}),
            json!({"aud": [AUDIENCE]}),
            json!({"aud": ["x", AUDIENCE]}),
            json!({"aud": "LANTOA-API"}),
            json!({"iss": "evil.example"}),
            json!({"iss": ""}),
            json!({"iss": [ISSUER]}),
            json!({"iss": format!("{ISSUER}.")}),
            json!({"iss": format!("https://{ISSUER}")}),
            json!({"sub": "admin"}),
            json!({"sub": ""}),
            json!({"sub": "1"}),
            json!({"sub": 1}),
            json!({"sub": ACCOUNT.to_uppercase()}),
            json!({"sub": format!("{{{ACCOUNT}}}")}),
            json!({"sub": format!("urn:uuid:{ACCOUNT}")}),
            json!({"sub": ACCOUNT.replace('-', "")}),
            json!({"sub": format!("{ACCOUNT}\0")}),
            json!({"sub": format!("{ACCOUNT}' OR 1=1")}),
            json!({"sub": [ACCOUNT]}),
            json!({"sid": "1"}),
            json!({"sid": ""}),
            json!({"sid": SESSION.to_uppercase()}),
            json!({"sid": {"id": SESSION}}),
            json!({"jti": ""}),
            json!({"jti": 1}),
            json!({"role": "admin"}),
            json!({"roles": ["admin"]}),
            json!({"scope": "*"}),
        ]
        .iter()
        .map(claims_with),
    );
    let head = header().to_string();
    let twice = claims().to_string().replace("\"sub\":", &format!("\"sub\":\"{SESSION}\",\"sub\":"));
    let huge = claims().to_string().replace(&(NOW + 600).to_string(), "1e400");
    forged.extend(
        [twice.as_str(), huge.as_str(), "{}", "[]", "null", "", "\"\"", "{\"exp\":"]
            .map(|claims| signed(&head, claims)),
    );
    for token in forged {
        assert_eq!(tokens().verify(&token, now()), Err(BadToken::Claims), "{token}");
    }
}

#[test]
fn a_right_token_out_of_its_time_is_refused() {
    for (span, answer) in [
        (-600..0, BadToken::Expired),
        (-3600..-3000, BadToken::Expired),
        (6..600, BadToken::NotYet),
        (86_400..87_000, BadToken::NotYet),
    ] {
        let token = claims_with(&json!({"iat": NOW + span.start, "nbf": NOW + span.start, "exp": NOW + span.end}));
        assert_eq!(tokens().verify(&token, now()), Err(answer), "{span:?}");
    }
    let token = claims_with(&json!({"nbf": NOW + 6}));
    assert_eq!(tokens().verify(&token, now()), Err(BadToken::NotYet));
}

proptest! {
    #[test]
    fn one_flipped_bit_anywhere_makes_a_token_bad(place: prop::sample::Index, bit in 0..8_u8) {
        let mut bytes = genuine().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Ok(text) = str::from_utf8(&bytes) {
            prop_assert!(tokens().verify(text, now()).is_err(), "byte {place}, bit {bit}");
        }
    }

    #[test]
    fn no_text_makes_the_verifier_panic(text in "[A-Za-z0-9_.=-]{0,80}|\\PC*") {
        prop_assert!(tokens().verify(&text, now()).is_err());
    }
}
