//! `lantoa export`.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{
    output::{create, finish},
    row::{write_article, write_entry},
};
use crate::{
    boot::{Failure, voice::Voice},
    kernel::LocaleTag,
    service::{
        App, Error, FieldCode, FieldError,
        export::{self, Export, Wanted},
    },
};

/// What is to be written down.
pub(in crate::boot) struct ExportOrder {
    pub(in crate::boot) path: PathBuf,
    /// Only what is public.
    pub(in crate::boot) published: bool,
    /// Only these languages, beside the source.
    pub(in crate::boot) locales: Vec<String>,
}

/// The files of a folder, in the order in which they are read.
const FILES: [&str; 2] = ["1-vocabularies.jsonl", "2-articles.jsonl"];

/// Writes everything down, in one file or in a folder.
pub(in crate::boot) async fn export(app: &App, voice: &Voice, order: &ExportOrder) -> Result<(), Failure> {
    let tags: Result<Vec<LocaleTag>, Failure> = order.locales.iter().map(|raw| locale(raw)).collect();
    let mut source = export::begin(app, Wanted { published: order.published, locales: tags? }).await?;
    let path = &order.path;
    let articles = if path.extension().is_some_and(|extension| extension == "jsonl") {
        let mut file = create(path)?;
        entries(&source, &mut file, path).await?;
        articles(&mut source, file, path).await?
    } else {
        fs::create_dir_all(path).map_err(|error| Failure::File(path.display().to_string(), error))?;
        let [words, texts] = FILES.map(|name| path.join(name));
        let (mut first, second) = (create(&words)?, create(&texts)?);
        entries(&source, &mut first, &words).await?;
        finish(first, &words)?;
        articles(&mut source, second, &texts).await?
    };
    voice.say("cli-export-done", &[("articles", articles.into()), ("path", path.display().to_string().into())]);
    Ok(())
}

fn locale(raw: &str) -> Result<LocaleTag, Failure> {
    let bad = || Error::invalid(vec![FieldError::new("/locale", FieldCode::BadLocale)]);
    raw.parse().map_err(|_| bad().into())
}

async fn entries(source: &Export, to: &mut impl Write, path: &Path) -> Result<(), Failure> {
    for entry in source.entries().await? {
        line(to, path, write_entry(entry))?;
    }
    Ok(())
}

async fn articles(source: &mut Export, mut to: BufWriter<fs::File>, path: &Path) -> Result<usize, Failure> {
    let mut written = 0;
    while let Some(page) = source.next().await? {
        written += page.len();
        for article in page {
            line(&mut to, path, write_article(article))?;
        }
    }
    finish(to, path)?;
    Ok(written)
}

fn line(to: &mut impl Write, path: &Path, line: Result<String, serde_json::Error>) -> Result<(), Failure> {
    let written = line.map_err(io::Error::from).and_then(|line| writeln!(to, "{line}"));
    written.map_err(|error| Failure::File(path.display().to_string(), error))
}
