//! Secrets and proofs: passwords, access and refresh tokens, signing keys.
