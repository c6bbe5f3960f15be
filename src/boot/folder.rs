//! The data folder: the owner's alone, and one server's at a time.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use super::{Failure, config::Database};

const LOCK: &str = "lantoa.lock";

/// Makes the data folder if it is not there; one that is keeps the rights that it has.
pub(super) fn create(database: &Database) -> Result<(), Failure> {
    make(&database.folder).map_err(|error| database.refused(&error).into())
}

/// The same for a folder in it.
pub(super) fn create_in(folder: &Path) -> Result<(), Failure> {
    make(folder).map_err(|error| Failure::File(folder.display().to_string(), error))
}

fn make(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() { Ok(()) } else { DirBuilder::new().recursive(true).mode(0o700).create(folder) }
}

/// Makes a file for the owner alone if it is not there: the folder may be one that others pass through.
pub(super) fn private_file(path: &Path) -> Result<File, Failure> {
    let opened = fs::OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
    opened.map_err(|error| Failure::File(path.display().to_string(), error))
}

/// The lock that one server holds for as long as it lives; the system takes it back whenever a process ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not read")] File);

/// Takes the folder's lock.
pub(super) fn lock(database: &Database) -> Result<Lock, Failure> {
    create(database)?;
    let folder = &database.folder;
    let path = folder.join(LOCK);
    let file = private_file(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Failure::Locked(folder.display().to_string())),
        Err(TryLockError::Error(error)) => Err(Failure::File(path.display().to_string(), error)),
    }
}
