//! Secrets and proofs: passwords, access and refresh tokens, signing keys.

pub mod access;
pub mod keyring;
pub mod password;
pub mod password_rules;
mod private_file;
pub mod refresh;
pub mod secret;
pub mod secret_file;
pub mod signing;
pub mod throttle;
mod vault;

pub use access::{AccessClaims, AccessTokens, BadToken};
pub use keyring::{BadSignature, Jws, Keyring, KeyringError, Kid};
pub use password::{HashError, PasswordHasher};
pub use password_rules::{WeakPassword, check_password};
pub use private_file::{FileError, read_private, read_public};
pub use refresh::{BadRefreshToken, RefreshToken};
pub use secret::Secret;
pub use secret_file::{SecretFileError, WeakSecret, check_secret, load_or_create_secret};
pub use throttle::{RetryAfter, Throttle, ThrottleConfig};
pub use vault::{NotSealed, Vault};
