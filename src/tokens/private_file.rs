//! Files that belong to the owner alone: made whole and only once, refused when others can read them.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::secret::{self, Secret};

/// Most bytes of a key file; a PEM of ours has under 200.
const MAX_FILE: u64 = 16 * 1024;

/// Permission bits that let somebody else in.
#[derive(Clone, Copy)]
pub(super) enum Refuse {
    /// Reading, writing or passing through, by group or others.
    Others = 0o077,
    /// Writing by group or others; what is public may be read.
    OtherWriters = 0o022,
}

/// Why a file of secrets cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others than the owner can reach it.
    #[error("{}: mode {mode:04o} lets others than the owner in; take it from them (chmod go-rwx)", path.display())]
    Exposed {
        /// The file or folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Larger than any file of keys.
    #[error("{}: too large to be a key, or not text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
}

impl FileError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    /// Whether the file is there already.
    pub(super) fn exists_already(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::AlreadyExists)
    }
}

/// A name beside a path that nobody else has.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", URL_SAFE_NO_PAD.encode(secret::random(9))));
    name.into()
}

/// Makes a folder for the owner alone.
pub(super) fn create_folder(path: &Path) -> Result<(), FileError> {
    DirBuilder::new().mode(0o700).create(path).map_err(FileError::io(path))
}

/// Makes a file for the owner alone, on disk when this returns; one that exists is left as it is.
pub(super) fn create(path: &Path, text: &str) -> Result<(), FileError> {
    // Written aside and linked, so that no crash leaves half a key under the name; and a link, unlike
    // a rename, never replaces what another process has just made.
    let aside = beside(path);
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&aside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::hard_link(&aside, path));
    fs::remove_file(&aside).ok();
    made.map_err(FileError::io(path))?;
    sync_parent(path)
}

/// Puts the names in a path's folder on disk.
pub(super) fn sync_parent(path: &Path) -> Result<(), FileError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(FileError::io(parent))
}

/// Refuses a folder that others can reach.
pub(super) fn check_folder(path: &Path, refuse: Refuse) -> Result<(), FileError> {
    check(path, &File::open(path).map_err(FileError::io(path))?, refuse)
}

/// A file's text, if it is there and others cannot reach it.
pub(super) fn read(path: &Path, refuse: Refuse) -> Result<Option<Zeroizing<String>>, FileError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FileError::io(path)(error)),
    };
    // The open file is asked, not the name: a name can be given to another file in between.
    check(path, &file, refuse)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    (&file).take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(FileError::io(path))?;
    let text = str::from_utf8(&bytes).ok().filter(|_| bytes.len() as u64 <= MAX_FILE);
    let text = text.ok_or_else(|| FileError::NotText { path: path.to_owned() })?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

/// The text of a secret's file, if it is there; one that others could read too is refused.
pub fn read_private(path: &Path) -> Result<Option<Secret>, FileError> {
    Ok(read(path, Refuse::Others)?.map(|text| text.as_str().into()))
}

/// The text of a file that all may read, if it is there; one that others could write too is refused.
pub fn read_public(path: &Path) -> Result<Option<Secret>, FileError> {
    Ok(read(path, Refuse::OtherWriters)?.map(|text| text.as_str().into()))
}

fn check(path: &Path, file: &File, refuse: Refuse) -> Result<(), FileError> {
    let mode = file.metadata().map_err(FileError::io(path))?.permissions().mode() & 0o7777;
    if mode & refuse as u32 == 0 { Ok(()) } else { Err(FileError::Exposed { path: path.to_owned(), mode }) }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    #[test]
    fn a_new_file_is_the_owner_s_alone_and_never_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");

        create(&path, "first").unwrap();
        let second = create(&path, "second").unwrap_err();

        assert!(second.exists_already());
        assert_eq!(read(&path, Refuse::Others).unwrap().unwrap().as_str(), "first");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_others_can_reach_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, "text").unwrap();
        for (mode, private, public) in [
            (0o600, true, true),
            (0o400, true, true),
            (0o640, false, true),
            (0o604, false, true),
            (0o644, false, true),
            (0o620, false, false),
            (0o666, false, false),
        ] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(read(&path, Refuse::Others).is_ok(), private, "{mode:o}");
            assert_eq!(read(&path, Refuse::OtherWriters).is_ok(), public, "{mode:o}");
        }
        let told = read(&path, Refuse::Others).unwrap_err().to_string();
        assert!(told.contains(&path.display().to_string()) && told.contains("0666"), "{told}");
    }

    #[test]
    fn what_is_absent_large_or_not_text_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(read(&path, Refuse::Others).unwrap().is_none());
        create(&path, &"x".repeat(20_000)).unwrap();
        assert!(matches!(read(&path, Refuse::Others), Err(FileError::NotText { .. })));
    }
}
