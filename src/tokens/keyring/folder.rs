//! The folder of keys: `signing-<kid>.pem`, `trusted/<kid>.pem`, and `current` where several could sign.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::{
    KeyringError,
    key::{self, Kid, PublicKey},
};
use crate::tokens::private_file::{self, FileError, Refuse};

const SIGNING: &str = "signing-";
const TRUSTED: &str = "trusted";
const CURRENT: &str = "current";
const PEM: &str = ".pem";

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    signers: BTreeMap<Kid, Ed25519KeyPair>,
    current: Option<String>,
    pub(super) trusted: BTreeMap<Kid, PublicKey>,
}

impl Found {
    /// Whether there has never been a key.
    pub(super) fn is_empty(&self) -> bool {
        self.signers.is_empty() && self.trusted.is_empty() && self.current.is_none()
    }

    /// The pair that signs: the one that `current` names, or the only one.
    pub(super) fn signer(&mut self, dir: &Path) -> Result<Ed25519KeyPair, KeyringError> {
        let name = || dir.display().to_string();
        if self.signers.is_empty() {
            return Err(KeyringError::NoSigner(name()));
        }
        // Not the newest of several: what a file's time says depends on how a backup was restored.
        let chosen = match &self.current {
            Some(kid) => kid.trim().parse().ok().and_then(|kid: Kid| self.signers.remove(&kid)),
            None if self.signers.len() == 1 => self.signers.pop_first().map(|(_, pair)| pair),
            None => None,
        };
        chosen.ok_or_else(|| KeyringError::NoCurrent(name()))
    }
}

/// Reads a folder; one that does not exist is empty.
pub(super) fn read(dir: &Path) -> Result<Found, KeyringError> {
    let mut found = Found::default();
    if !exists(dir)? {
        return Ok(found);
    }
    private_file::check_folder(dir, Refuse::Others)?;
    for (kid, path) in keys(dir, SIGNING)? {
        let Some(text) = private_file::read(&path, Refuse::Others)? else { continue };
        let pair = key::private(&text).map_err(|error| KeyringError::NotAKey(path.display().to_string(), error))?;
        found.signers.insert(named(&path, &kid, Kid::of(pair.public_key().as_ref()))?, pair);
    }
    // Public keys may be read by all, but whoever adds one adds a signer whose word counts.
    found.current = private_file::read(&dir.join(CURRENT), Refuse::OtherWriters)?.map(|text| text.to_string());
    let trusted = dir.join(TRUSTED);
    if exists(&trusted)? {
        private_file::check_folder(&trusted, Refuse::OtherWriters)?;
        for (kid, path) in keys(&trusted, "")? {
            let Some(text) = private_file::read(&path, Refuse::OtherWriters)? else { continue };
            let key =
                PublicKey::from_pem(&text).map_err(|error| KeyringError::NotAKey(path.display().to_string(), error))?;
            found.trusted.insert(named(&path, &kid, key.kid())?, key);
        }
    }
    Ok(found)
}

/// Makes the folder with a first pair.
pub(super) fn create(dir: &Path) -> Result<(), KeyringError> {
    let (private, public) = key::generate().map_err(|error| KeyringError::NotAKey("a new key".into(), error))?;
    let kid = public.kid();
    // Made aside and renamed as a whole: a crash leaves both halves or neither, and of two processes
    // that start at once only one gets its folder into the place, as no folder replaces a full one.
    let aside = private_file::beside(dir);
    let made = fill(&aside, &kid, &private, &public)
        .and_then(|()| fs::rename(&aside, dir).map_err(FileError::io(dir)))
        .and_then(|()| private_file::sync_parent(dir));
    if made.is_err() {
        fs::remove_dir_all(&aside).ok();
    }
    Ok(made?)
}

fn fill(dir: &Path, kid: &Kid, private: &str, public: &PublicKey) -> Result<(), FileError> {
    let trusted = dir.join(TRUSTED);
    private_file::create_folder(dir)?;
    private_file::create_folder(&trusted)?;
    private_file::create(&trusted.join(format!("{kid}{PEM}")), &public.to_pem())?;
    private_file::create(&dir.join(format!("{SIGNING}{kid}{PEM}")), private)
}

/// The files `<prefix><kid>.pem` of a folder.
fn keys(dir: &Path, prefix: &str) -> Result<Vec<(String, PathBuf)>, FileError> {
    let mut keys = Vec::new();
    for entry in fs::read_dir(dir).map_err(FileError::io(dir))? {
        let path = entry.map_err(FileError::io(dir))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(kid) = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(PEM)) {
            keys.push((kid.to_owned(), path));
        }
    }
    Ok(keys)
}

fn exists(dir: &Path) -> Result<bool, FileError> {
    match fs::metadata(dir) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FileError::io(dir)(error)),
    }
}

/// The key's own name, which has to be the one in the file's name.
fn named(path: &Path, name: &str, kid: Kid) -> Result<Kid, KeyringError> {
    if kid.as_str() == name { Ok(kid) } else { Err(KeyringError::Misnamed(path.display().to_string(), kid)) }
}
