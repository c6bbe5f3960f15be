//! Where rows come from: a file of lines, or a folder of such files and of articles in Markdown. Read twice, first
//! for what the decision is about, then for the work; never all of it at once.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use super::{folder, row};
use crate::{
    boot::config::Transfer,
    kernel::{Digest, Hasher},
    service::{
        Error, FieldCode, FieldError,
        import::{Line, Plan, digest_of},
    },
};

/// A file or a folder.
#[derive(Clone, Debug)]
pub(super) struct Source {
    limits: Transfer,
    parts: Vec<(String, Part)>,
}

#[derive(Clone, Debug)]
enum Part {
    Lines(PathBuf),
    Article(PathBuf),
}

/// A row as it lies in its file.
#[derive(Debug)]
pub(super) struct Raw {
    /// Where it stands, for people.
    pub(super) place: String,
    /// The hash of its bytes.
    pub(super) hash: Digest,
    /// How many bytes of the source it takes.
    pub(super) size: u64,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Line(Vec<u8>),
    /// More than so many bytes.
    TooLong(usize),
    Folder(folder::Files),
}

impl Raw {
    /// The line, where it is one.
    pub(super) fn line(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Line(line) => Some(line),
            Content::TooLong(_) | Content::Folder(_) => None,
        }
    }

    /// What it says.
    pub(super) fn read(&self) -> Line {
        let read = match &self.content {
            Content::Line(line) => row::read(line),
            Content::TooLong(max) => {
                Err(Error::invalid(vec![FieldError::new("", FieldCode::TooLarge).with("max", *max)]))
            }
            Content::Folder(files) => folder::read(files),
        };
        Line { hash: self.hash, read }
    }
}

impl Source {
    /// Finds what there is to be read.
    pub(super) fn open(path: &Path, limits: Transfer) -> io::Result<Self> {
        if !path.is_dir() {
            File::open(path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(Self { limits, parts: vec![(name, Part::Lines(path.to_owned()))] });
        }
        let mut parts = Vec::new();
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && folder::is_article(&path) {
                parts.push((name, Part::Article(path)));
            } else if path.extension().is_some_and(|extension| extension == "jsonl") {
                parts.push((name, Part::Lines(path)));
            }
        }
        // Files of lines first: vocabularies have to be there before what names them.
        parts.sort_by_key(|(name, part)| (matches!(part, Part::Article(_)), name.clone()));
        Ok(Self { limits, parts })
    }

    /// Walks over the rows, batch by batch.
    pub(super) fn batches(&self) -> Batches {
        Batches {
            limits: self.limits,
            parts: self.parts.clone().into_iter(),
            lines: None,
            list: Hasher::default(),
            last: None,
            many: self.parts.len() > 1,
        }
    }

    /// What a decision is about, and how many bytes there are.
    pub(super) fn plan(&self) -> io::Result<(Plan, u64)> {
        let mut batches = self.batches();
        let (mut digests, mut rows, mut bytes) = (Vec::new(), 0, 0);
        while let Some(batch) = batches.next()? {
            digests.push(digest_of(batch.iter().map(|row| row.hash)));
            rows += batch.len();
            bytes += batch.iter().map(|row| row.size).sum::<u64>();
        }
        let rows = u32::try_from(rows).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok((Plan { source: batches.source(), rows, batches: digests }, bytes))
    }
}

/// A walk over the rows.
pub(super) struct Batches {
    limits: Transfer,
    parts: std::vec::IntoIter<(String, Part)>,
    lines: Option<Lines>,
    list: Hasher,
    last: Option<Digest>,
    many: bool,
}

impl Batches {
    /// The next batch; the same rows make the same batches.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<Raw>>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < self.limits.rows && bytes < self.limits.bytes {
            let Some(row) = self.row()? else { break };
            bytes += usize::try_from(row.size).unwrap_or(usize::MAX);
            batch.push(row);
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn row(&mut self) -> io::Result<Option<Raw>> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(row) = lines.next(self.limits.row)? {
                    return Ok(Some(row));
                }
                if let Some(done) = self.lines.take() {
                    self.end(&done.name, done.all.finish());
                }
            }
            match self.parts.next() {
                None => return Ok(None),
                Some((name, Part::Lines(path))) => self.lines = Some(Lines::of(name, &path)?),
                Some((name, Part::Article(path))) => {
                    let most = self.limits.row;
                    let files = folder::files(&path, most)?;
                    let (hash, size) = (files.hash(), files.size());
                    self.end(&name, hash);
                    let content = if files.is_too_long(most) { Content::TooLong(most) } else { Content::Folder(files) };
                    return Ok(Some(Raw { place: name, hash, size, content }));
                }
            }
        }
    }

    fn end(&mut self, name: &str, hash: Digest) {
        self.list.update(format!("{hash}  {name}\n").as_bytes());
        self.last = Some(hash);
    }

    /// The hash of all that was read: of a single file its own, as `sha256sum` prints it; of a folder that of the
    /// list of its parts.
    fn source(self) -> Digest {
        match self.last {
            Some(hash) if !self.many => hash,
            _ => self.list.finish(),
        }
    }
}

/// The lines of a file.
struct Lines {
    name: String,
    reader: BufReader<File>,
    number: u64,
    all: Hasher,
}

impl Lines {
    fn of(name: String, path: &Path) -> io::Result<Self> {
        let reader = BufReader::with_capacity(1 << 16, File::open(path)?);
        Ok(Self { name, reader, number: 0, all: Hasher::default() })
    }

    /// The next line that says anything.
    fn next(&mut self, most: usize) -> io::Result<Option<Raw>> {
        loop {
            let (mut line, mut hash, mut size, mut ended) = (Vec::new(), Hasher::default(), 0_u64, false);
            while !ended {
                let bytes = self.reader.fill_buf()?;
                if bytes.is_empty() {
                    break;
                }
                let end = bytes.iter().position(|byte| *byte == b'\n');
                let (piece, used) = end.map_or((bytes, bytes.len()), |at| (&bytes[..at], at + 1));
                self.all.update(&bytes[..used]);
                hash.update(piece);
                // What is longer than any row may be is hashed, but not kept.
                if line.len() <= most {
                    line.extend_from_slice(piece);
                }
                size += used as u64;
                ended = end.is_some();
                self.reader.consume(used);
            }
            if size == 0 {
                return Ok(None);
            }
            self.number += 1;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let content = if line.len() > most { Content::TooLong(most) } else { Content::Line(line) };
            let place = format!("{}:{}", self.name, self.number);
            return Ok(Some(Raw { place, hash: hash.finish(), size, content }));
        }
    }
}
