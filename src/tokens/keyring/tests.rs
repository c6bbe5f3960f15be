use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    sync::LazyLock,
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

/// The example pair of RFC 8410.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
const NOTHING: [&str; 0] = [];

static RING: LazyLock<Keyring> = LazyLock::new(|| Keyring::from_pem(PRIVATE, &[], NOTHING).unwrap());

fn folder() -> (TempDir, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().join("keys");
    (data, dir)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

fn open(dir: &Path) -> Result<Keyring, KeyringError> {
    Keyring::open_or_create(dir, NOTHING)
}

#[test]
fn a_kid_is_the_published_thumbprint() {
    // RFC 8037, appendix A.3.
    let x = URL_SAFE_NO_PAD.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
    assert_eq!(Kid::of(&x).as_str(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    let long = "A".repeat(44);
    for bad in [
        "",
        "abc",
        &long[..42],
        &long,
        "../../../../../../../../../../../../../etc/passwd",
        &format!("{}B", &long[..42]),
    ] {
        assert_eq!(bad.parse::<Kid>(), Err(BadKid), "{bad}");
    }
}

#[test]
fn the_first_start_makes_one_pair_that_is_the_owner_s_alone() {
    let (_data, dir) = folder();

    let first = open(&dir).unwrap();
    let second = Keyring::open_or_create(&dir, [first.current_kid().as_str()]).unwrap();

    let kid = first.current_kid();
    assert_eq!(second.current_kid(), kid);
    assert_eq!(second.kids().collect::<Vec<_>>(), [kid]);
    assert_eq!((mode(&dir), mode(&dir.join("trusted"))), (0o700, 0o700));
    assert_eq!(mode(&dir.join(format!("signing-{kid}.pem"))), 0o600);
    assert_eq!(second.verify(first.sign(b"text").as_str(), b"text").as_ref(), Ok(kid));
    // Nothing is left beside the folder or among the keys.
    assert_eq!(fs::read_dir(dir.parent().unwrap()).unwrap().count(), 1);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 2);
}

#[test]
fn a_lost_key_is_never_replaced() {
    let (_data, dir) = folder();
    let published = [RING.current_kid().as_str()];
    assert!(matches!(Keyring::open_or_create(&dir, published), Err(KeyringError::Lost(..))));
    assert!(!dir.exists());

    let kid = open(&dir).unwrap().current_kid().clone();
    fs::remove_file(dir.join(format!("signing-{kid}.pem"))).unwrap();
    assert!(matches!(open(&dir), Err(KeyringError::NoSigner(_))));

    fs::remove_dir_all(dir.join("trusted")).unwrap();
    put(&dir.join("current"), kid.as_str());
    assert!(matches!(open(&dir), Err(KeyringError::NoSigner(_))));
}

#[test]
fn starting_at_the_same_time_leaves_one_pair() {
    let (_data, dir) = folder();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| open(&dir).map(|_| ()));
        }
    });
    let ring = open(&dir).unwrap();
    assert_eq!(ring.kids().count(), 1);
    assert_eq!(fs::read_dir(dir.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn every_published_kid_must_be_trusted() {
    let (_data, dir) = folder();
    let own = open(&dir).unwrap().current_kid().clone();
    for stranger in [RING.current_kid().as_str(), "", "x", "../keys"] {
        let opened = Keyring::open_or_create(&dir, [own.as_str(), stranger]);
        assert!(matches!(opened, Err(KeyringError::Untrusted(kid)) if kid == stranger));
        let configured = Keyring::from_pem(PRIVATE, &[], [own.as_str(), stranger]);
        assert!(matches!(configured, Err(KeyringError::Untrusted(_))));
    }
}

#[test]
fn what_an_earlier_key_signed_counts_for_as_long_as_it_is_trusted() {
    let (_data, dir) = folder();
    let earlier = open(&dir).unwrap();
    let jws = earlier.sign(b"text");
    let kid = RING.current_kid();
    put(&dir.join(format!("signing-{kid}.pem")), PRIVATE);
    put(&dir.join(format!("trusted/{kid}.pem")), PUBLIC);
    assert!(matches!(open(&dir), Err(KeyringError::NoCurrent(_))));

    put(&dir.join("current"), &format!("{kid}\n"));
    let both = Keyring::open_or_create(&dir, [kid.as_str(), earlier.current_kid().as_str()]).unwrap();

    assert_eq!(both.current_kid(), kid);
    assert_eq!(both.verify(jws.as_str(), b"text").as_ref(), Ok(earlier.current_kid()));
    assert!(both.kids().is_sorted());
    assert_eq!(earlier.verify(both.sign(b"text").as_str(), b"text"), Err(BadSignature::Header));
    put(&dir.join("current"), "x");
    assert!(matches!(open(&dir), Err(KeyringError::NoCurrent(_))));
}

#[test]
fn a_private_key_without_its_trusted_half_is_refused() {
    let (_data, dir) = folder();
    let kid = open(&dir).unwrap().current_kid().clone();
    let trusted = dir.join(format!("trusted/{kid}.pem"));
    put(&dir.join(format!("trusted/{}.pem", RING.current_kid())), PUBLIC);
    fs::remove_file(&trusted).unwrap();
    assert!(matches!(open(&dir), Err(KeyringError::Stranger(stranger)) if stranger == kid));

    put(&trusted, PUBLIC);
    assert!(matches!(open(&dir), Err(KeyringError::Misnamed(..))));
}

#[test]
fn files_that_others_can_reach_or_that_are_no_keys_stop_the_start() {
    let (_data, dir) = folder();
    let kid = open(&dir).unwrap().current_kid().clone();
    let signing = dir.join(format!("signing-{kid}.pem"));
    let trusted = dir.join(format!("trusted/{kid}.pem"));
    for (path, exposed, good) in [
        (&dir, 0o750, 0o700),
        (&dir, 0o701, 0o700),
        (&signing, 0o640, 0o600),
        (&signing, 0o604, 0o600),
        (&dir.join("trusted"), 0o777, 0o755),
        (&trusted, 0o664, 0o644),
    ] {
        fs::set_permissions(path, Permissions::from_mode(exposed)).unwrap();
        let told = open(&dir).unwrap_err().to_string();
        assert!(told.starts_with(&path.display().to_string()) && told.contains(&format!("{exposed:04o}")), "{told}");
        fs::set_permissions(path, Permissions::from_mode(good)).unwrap();
        assert!(open(&dir).is_ok());
    }
    let (private, public) = (fs::read_to_string(&signing).unwrap(), fs::read_to_string(&trusted).unwrap());
    for (path, own, other) in [(&signing, &private, &public), (&trusted, &public, &private)] {
        for text in ["", "key", other, &own.repeat(2), &own.replace("MC", "MD")] {
            put(path, text);
            let told = open(&dir).unwrap_err();
            assert!(matches!(told, KeyringError::NotAKey(..)), "{told}");
            assert!(!told.to_string().contains("BEGIN"));
        }
        put(path, own);
    }
    assert!(open(&dir).is_ok());
}

#[test]
fn a_standard_library_verifies_with_the_published_keys() {
    let payload = br#"{"guid":"tag:lamdong.example,2026:1","v":"publication_v1"}"#;
    let jws = RING.sign(payload);
    let keys: JwkSet = serde_json::from_value(RING.jwks()).unwrap();
    let header = jsonwebtoken::decode_header(jws.as_str().replace("..", ".e30.")).unwrap();
    let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;

    let whole = jws.as_str().replace("..", &format!(".{}.", URL_SAFE_NO_PAD.encode(payload)));
    let read = jsonwebtoken::decode::<Value>(&whole, &key, &validation).unwrap();

    assert_eq!(read.claims["guid"], "tag:lamdong.example,2026:1");
    assert_eq!(read.header.typ.as_deref(), Some(TYP));
    assert!(!RING.jwks().to_string().contains("\"d\""));
}

#[test]
fn other_headers_and_forms_are_refused_even_under_a_right_signature() {
    let kid = RING.current_kid();
    let under = |header: &str| {
        let protected = URL_SAFE_NO_PAD.encode(header);
        let signature = URL_SAFE_NO_PAD.encode(RING.signer.sign(&signing_input(&protected, b"text")));
        format!("{protected}..{signature}")
    };
    let ours = format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"{TYP}"}}"#);
    assert_eq!(RING.verify(&under(&ours), b"text").as_ref(), Ok(kid));
    for header in [
        ours.replace("EdDSA", "none"),
        ours.replace("EdDSA", "HS256"),
        ours.replace("EdDSA", "Ed25519"),
        ours.replace(TYP, "JWT"),
        ours.replace(kid.as_str(), "x"),
        ours.replace(kid.as_str(), &Kid::of(b"x").to_string()),
        ours.replace('}', r#","crit":["b64"],"b64":false}"#),
        ours.replace('}', r#","jwk":{"kty":"OKP","crv":"Ed25519","x":"AA"}}"#),
        ours.replace(',', ", "),
        String::new(),
    ] {
        assert_eq!(RING.verify(&under(&header), b"text"), Err(BadSignature::Header), "{header}");
    }
    let jws = under(&ours);
    let long = format!("{jws}{}", "A".repeat(MAX_JWS));
    for form in [
        "",
        "..",
        ".",
        &jws.replace("..", "."),
        &jws.replace("..", ".dGV4dA."),
        &format!("{jws}="),
        &format!("{jws} "),
        &format!("{jws}."),
        &long,
    ] {
        assert!(matches!(RING.verify(form, b"text"), Err(BadSignature::Malformed | BadSignature::Header)), "{form}");
    }
    assert_eq!(RING.verify(&format!("{}..", jws.split('.').next().unwrap()), b"text"), Err(BadSignature::Mismatch));
    assert!(!format!("{:?}", *RING).contains("seed"));
}

proptest! {
    #[test]
    fn what_is_signed_verifies(payload: Vec<u8>) {
        let jws = RING.sign(&payload);
        prop_assert_eq!(RING.verify(jws.as_str(), &payload), Ok(RING.current_kid().clone()));
    }

    #[test]
    fn one_flipped_bit_anywhere_makes_a_signature_bad(
        payload in prop::collection::vec(any::<u8>(), 1..200), place: prop::sample::Index, bit in 0..8_u8,
    ) {
        let jws = RING.sign(&payload);
        let mut all = [jws.as_str().as_bytes(), &payload].concat();
        let place = place.index(all.len());
        all[place] ^= 1 << bit;
        let (jws, payload) = all.split_at(jws.as_str().len());
        if let Ok(jws) = str::from_utf8(jws) {
            prop_assert!(RING.verify(jws, payload).is_err(), "byte {place}, bit {bit}");
        }
    }
}
