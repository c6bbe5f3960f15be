//! Secrets and proofs: passwords, access and refresh tokens, signing keys.

pub mod password;
pub mod password_rules;
pub mod secret;

pub use password::{HashError, PasswordHasher};
pub use password_rules::{WeakPassword, check_password};
pub use secret::Secret;
