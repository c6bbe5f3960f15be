//! The demonstration's mark in a data folder: begun, or whole. What was only begun is made anew.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use crate::boot::Failure;

/// Stands in the folder from before the first step until after the last one.
const BEGUN: &str = "demo-begun";
/// Stands in the folder of a whole demonstration.
const WHOLE: &str = "demo-whole";
/// What a start makes in a data folder, by the beginning of the name.
const MADE: [&str; 4] = ["lantoa.db", "audit-head", "keys", "secrets"];

/// Whether a folder holds a whole demonstration.
pub fn is_in(folder: &Path) -> bool {
    folder.join(WHOLE).exists()
}

/// Makes a folder ready for making the demonstration in it; false if it is there already.
pub(super) fn begin(folder: &Path) -> Result<bool, Failure> {
    if is_in(folder) {
        return Ok(false);
    }
    let failed = |error| Failure::File(folder.display().to_string(), error);
    let begun = folder.join(BEGUN);
    if begun.exists() {
        // The mark was set when nothing of this was there: all of it is half a demonstration.
        clear(folder).map_err(failed)?;
    } else if !made(folder).map_err(failed)?.is_empty() {
        return Err(Failure::NotADemo(folder.display().to_string()));
    } else {
        File::create(&begun).and_then(|file| file.sync_all()).map_err(failed)?;
        sync(folder).map_err(failed)?;
    }
    Ok(true)
}

/// Says that the demonstration is whole.
pub(super) fn finish(folder: &Path) -> Result<(), Failure> {
    let renamed = fs::rename(folder.join(BEGUN), folder.join(WHOLE)).and_then(|()| sync(folder));
    renamed.map_err(|error| Failure::File(folder.display().to_string(), error))
}

fn made(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if MADE.iter().any(|start| name.starts_with(start)) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn clear(folder: &Path) -> io::Result<()> {
    for path in made(folder)? {
        if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
    }
    sync(folder)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demonstration_that_was_only_begun_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(begin(path).unwrap());
        fs::write(path.join("lantoa.db-wal"), "half").unwrap();
        fs::create_dir(path.join("keys")).unwrap();
        fs::write(path.join("notes.txt"), "the operator's").unwrap();

        assert!(begin(path).unwrap());
        assert!(made(path).unwrap().is_empty());
        assert!(path.join("notes.txt").exists());

        finish(path).unwrap();
        fs::write(path.join("lantoa.db"), "whole").unwrap();
        assert!(!begin(path).unwrap());
        assert!(path.join("lantoa.db").exists());
    }

    #[test]
    fn a_folder_with_real_work_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("lantoa.db"), "real").unwrap();
        assert!(matches!(begin(folder.path()), Err(Failure::NotADemo(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
