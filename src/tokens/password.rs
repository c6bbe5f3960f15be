//! Password hashes: Argon2id, a few at a time, away from the threads that serve.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use argon2::{
    ARGON2ID_IDENT, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};
use tokio::{sync::Semaphore, task};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::{password_rules::MAX_BYTES, secret, secret::Secret};

/// Hashes made at the same time unless told otherwise; each takes 19 MiB and a core.
const MOST_AT_ONCE: usize = 2;
/// Dearest parameters that a stored hash may ask for: memory in KiB, passes, lanes.
const DEAREST: (u32, u32, u32) = (256 * 1024, 16, 4);

/// Makes and verifies password hashes, no more at once than the machine bears.
#[derive(Clone)]
pub struct PasswordHasher {
    places: Arc<Semaphore>,
    nobody: Arc<PasswordHash>,
    verified: Arc<AtomicU64>,
}

/// A hash that was not made: too long a password, or no memory, or the process is ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password was not hashed")]
pub struct HashError;

impl PasswordHasher {
    /// A hasher that makes at most so many hashes at the same time.
    pub fn new(at_once: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once.max(1))), nobody: Arc::new(nobody()), verified: Arc::default() }
    }

    /// The hash of a password in PHC form, under a salt of its own.
    pub async fn hash(&self, password: Secret) -> Result<String, HashError> {
        if password.expose().len() > MAX_BYTES {
            return Err(HashError);
        }
        self.run(move || {
            let hash: Result<PasswordHash, _> = Argon2::default().hash_password(normal(&password).as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|_| HashError)
        })
        .await?
    }

    /// Whether a password is the one behind a stored hash.
    ///
    /// Without a stored hash the answer is no and takes as long, so that
    /// the time does not tell whether an account exists.
    pub async fn verify(&self, password: Secret, stored: Option<&str>) -> bool {
        let known = stored.and_then(readable);
        if stored.is_some() && known.is_none() {
            tracing::error!("a stored password hash cannot be read");
        }
        let (nobody, verified) = (Arc::clone(&self.nobody), Arc::clone(&self.verified));
        let answer = self.run(move || {
            // No accepted password is so long; the work is done all the same.
            let text = if password.expose().len() > MAX_BYTES { Zeroizing::default() } else { normal(&password) };
            verified.fetch_add(1, Ordering::Relaxed);
            let matches = Argon2::default().verify_password(text.as_bytes(), known.as_ref().unwrap_or(&nobody)).is_ok();
            matches && known.is_some() && password.expose().len() <= MAX_BYTES
        });
        answer.await.unwrap_or(false)
    }

    /// How many verifications were computed so far, for whom there is an account and for whom there is none.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| HashError)?;
        task::spawn_blocking(move || {
            // The place goes with the work: a client who hangs up stops waiting, but the hash is still being made.
            let _place = place;
            work()
        })
        .await
        .map_err(|_| HashError)
    }
}

impl Default for PasswordHasher {
    fn default() -> Self {
        Self::new(thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST_AT_ONCE)))
    }
}

impl fmt::Debug for PasswordHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordHasher").field("free", &self.places.available_permits()).finish_non_exhaustive()
    }
}

/// A password as it is hashed: NFC, so that keyboards that compose differently agree.
fn normal(password: &Secret) -> Zeroizing<String> {
    // Room for the longest result from the start: a string that grows leaves copies of itself in memory.
    let mut text = Zeroizing::new(String::with_capacity(password.expose().len() * 3));
    text.extend(password.expose().nfc());
    text
}

/// A hash with today's parameters that no password is known to match.
fn nobody() -> PasswordHash {
    PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::default().into()),
        params: ParamsString::try_from(&Params::default()).expect("the default parameters are three small numbers"),
        salt: Some(Salt::new(&secret::random(argon2::RECOMMENDED_SALT_LEN)).expect("a salt of the recommended length")),
        hash: Some(Output::new(&secret::random(Params::DEFAULT_OUTPUT_LEN)).expect("an output of the default length")),
    }
}

/// The stored hash, if it is Argon2id at a bearable price.
fn readable(stored: &str) -> Option<PasswordHash> {
    let hash = PasswordHash::new(stored).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (memory, passes, lanes) = DEAREST;
    // A row altered by hand must not order gigabytes.
    let bearable = params.m_cost() <= memory && params.t_cost() <= passes && params.p_cost() <= lanes;
    (hash.algorithm == ARGON2ID_IDENT && bearable && hash.hash.is_some()).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_verifies_however_it_is_composed() {
        let hasher = PasswordHasher::new(1);
        let stored = hasher.hash("đèo Hải Vân mùa xuân".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");

        let decomposed: String = "đèo Hải Vân mùa xuân".nfd().collect();
        assert!(hasher.verify(decomposed.into(), Some(&stored)).await);
        assert!(!hasher.verify("đèo Hải Vân mùa Xuân".into(), Some(&stored)).await);
        assert!(!hasher.verify("".into(), Some(&stored)).await);
    }

    #[tokio::test]
    async fn nobody_and_unreadable_hashes_verify_no_password() {
        let hasher = PasswordHasher::default();
        let stored = hasher.hash("một mật khẩu đủ dài".into()).await.unwrap();
        let dear = stored.replace("m=19456", "m=4194304");
        let other = stored.replace("argon2id", "argon2i");
        for hash in [None, Some(""), Some("$argon2id$"), Some(dear.as_str()), Some(other.as_str())] {
            assert!(!hasher.verify("một mật khẩu đủ dài".into(), hash).await, "{hash:?}");
        }
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_parameters() {
        let hasher = PasswordHasher::new(1);
        let stored = PasswordHash::new(&hasher.hash("một mật khẩu đủ dài".into()).await.unwrap()).unwrap();
        let nobody = PasswordHash::new(&hasher.nobody.to_string()).unwrap();
        assert_eq!(
            (stored.algorithm, stored.version, &stored.params),
            (nobody.algorithm, nobody.version, &nobody.params)
        );
        assert_eq!(stored.salt.map(|s| s.len()), nobody.salt.map(|s| s.len()));
        assert_eq!(stored.hash.map(|h| h.len()), nobody.hash.map(|h| h.len()));
    }

    #[tokio::test]
    async fn an_unknown_account_stays_unknown_even_if_its_password_were_found() {
        let mut hasher = PasswordHasher::new(1);
        let stored = hasher.hash("một mật khẩu đủ dài".into()).await.unwrap();
        hasher.nobody = Arc::new(PasswordHash::new(&stored).unwrap());
        assert!(!hasher.verify("một mật khẩu đủ dài".into(), None).await);
    }

    #[tokio::test]
    async fn a_password_beyond_every_length_is_neither_hashed_nor_verified() {
        let hasher = PasswordHasher::new(1);
        let stored = hasher.hash("".into()).await.unwrap();
        let long = "a".repeat(MAX_BYTES + 1);
        assert_eq!(hasher.hash(long.as_str().into()).await, Err(HashError));
        assert!(!hasher.verify(long.into(), Some(&stored)).await);
    }

    #[tokio::test]
    async fn a_caller_who_gives_up_does_not_free_the_place_early() {
        let hasher = PasswordHasher::new(1);
        let (begun, started) = std::sync::mpsc::channel();
        let (finish, finished) = std::sync::mpsc::channel::<()>();
        let run = hasher.run(move || {
            begun.send(()).ok();
            finished.recv().ok();
        });
        tokio::select! {
            biased;
            _ = run => panic!("it waits for the word to finish"),
            () = async { while started.try_recv().is_err() { task::yield_now().await } } => {}
        }
        assert_eq!(hasher.places.available_permits(), 0);
        finish.send(()).unwrap();
        assert_eq!(hasher.run(|| ()).await, Ok(()));
    }
}
