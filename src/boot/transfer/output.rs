//! The files that are written: new, and their owner's alone.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter},
    path::Path,
};

use crate::boot::Failure;

/// A new file of the owner's alone: drafts are nobody else's to read.
pub(super) fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    opened.map(|file| BufWriter::with_capacity(1 << 16, file)).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Exists(path.display().to_string()),
        _ => Failure::File(path.display().to_string(), error),
    })
}

/// Writes down what is still to be written.
pub(super) fn finish(to: BufWriter<File>, path: &Path) -> Result<(), Failure> {
    let written = to.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
    written.map_err(|error| Failure::File(path.display().to_string(), error))
}
