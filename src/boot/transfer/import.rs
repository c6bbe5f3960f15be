//! `lantoa import`.

use std::{fs, io::Write as _, path::PathBuf};

use super::{
    output::{create, finish},
    progress::Progress,
    source::{Raw, Source},
};
use crate::{
    boot::{Failure, config::Config, start, voice::Voice},
    domain::body::StrippedKind,
    service::{
        App, audit,
        import::{self, Brought, Halt, Import, Outcome},
    },
};

/// What is to be brought in.
pub(in crate::boot) struct ImportOrder {
    pub(in crate::boot) path: PathBuf,
    /// The administrator's e-mail address.
    pub(in crate::boot) by: String,
    /// Why it becomes public, if it does.
    pub(in crate::boot) reason: Option<String>,
    /// Where refused lines go.
    pub(in crate::boot) rejects: Option<PathBuf>,
}

/// What was done so far.
#[derive(Default)]
struct Sum {
    rows: usize,
    drafts: usize,
    published: usize,
    before: usize,
    refused: usize,
}

/// Brings a file in, batch by batch; one that was interrupted goes on where it was.
pub(in crate::boot) async fn import(
    config: &Config,
    app: &App,
    voice: &Voice,
    order: &ImportOrder,
) -> Result<(), Failure> {
    let failed = |error| Failure::File(order.path.display().to_string(), error);
    let source = Source::open(&order.path, config.limits.import).map_err(failed)?;
    voice.say("cli-import-reading", &[("path", order.path.display().to_string().into())]);
    let (plan, bytes) = source.plan().map_err(failed)?;
    let (rows, hash) = (plan.rows, plan.source.to_string());
    let authority = match order.reason {
        Some(_) => Some(start::named_authority(config, app).await?),
        None => None,
    };
    // What cannot be written is known before anything is decided.
    let mut rejects = match &order.rejects {
        Some(path) => Some((path, create(path)?)),
        None => None,
    };
    let decided = match import::begin(app, &order.by, order.reason.as_deref(), plan).await {
        Ok(decided) => decided,
        Err(refused) => {
            if let Some((path, _)) = rejects {
                fs::remove_file(path).map_err(|error| Failure::File(path.display().to_string(), error))?;
            }
            return Err(refused.into());
        }
    };
    if let Some(authority) = authority {
        start::settle_authority(config, app, &authority).await?;
    }
    let key = if decided.run.publish { "cli-import-public" } else { "cli-import-drafts" };
    let id = decided.run.id.to_string();
    voice.say(key, &[("rows", rows.into()), ("hash", hash.into()), ("import", id.into())]);
    let (mut sum, mut progress) = (Sum::default(), Progress::new(voice, bytes));
    let mut batches = source.batches();
    let mut place = 0;
    // One batch is read while the one before is written.
    let mut ready = prepared(app, &decided, batches.next().map_err(failed)?).await?;
    while let Some((raw, rows)) = ready {
        let next = batches.next().map_err(failed)?;
        let (outcomes, after) = tokio::join!(import::carry(app, &decided, place, rows), prepared(app, &decided, next));
        for (raw, outcome) in raw.iter().zip(outcomes?) {
            tell(voice, &mut progress, &mut sum, raw, &outcome);
            if let (Outcome::Refused(_), Some((path, file)), Some(line)) = (&outcome, &mut rejects, raw.line()) {
                let written = file.write_all(line).and_then(|()| file.write_all(b"\n"));
                written.map_err(|error| Failure::File(path.display().to_string(), error))?;
            }
        }
        progress.add(raw.iter().map(|row| row.size).sum(), raw.len());
        place += 1;
        ready = after?;
    }
    progress.clear();
    if let Some((path, file)) = rejects {
        finish(file, path)?;
    }
    audit::witness(app).await?;
    decided.is_done(place)?;
    let told = [
        ("rows", sum.rows.into()),
        ("drafts", sum.drafts.into()),
        ("published", sum.published.into()),
        ("before", sum.before.into()),
        ("refused", sum.refused.into()),
    ];
    voice.say("cli-import-done", &told);
    if sum.refused > 0 { Err(Failure::RowsRefused) } else { Ok(()) }
}

type Ready = Option<(Vec<Raw>, Vec<import::Prepared>)>;

async fn prepared(app: &App, decided: &Import, batch: Option<Vec<Raw>>) -> Result<Ready, Failure> {
    let Some(raw) = batch else { return Ok(None) };
    let lines = raw.iter().map(Raw::read).collect();
    let rows = import::prepare(app, decided, lines).await?;
    Ok(Some((raw, rows)))
}

fn tell(voice: &Voice, progress: &mut Progress<'_>, sum: &mut Sum, raw: &Raw, outcome: &Outcome) {
    match outcome {
        Outcome::Before => sum.before += 1,
        Outcome::Done(Brought { drafts, published, stripped }) => {
            sum.rows += 1;
            sum.drafts += drafts;
            sum.published += published;
            for (pointer, what) in stripped {
                progress.clear();
                let what: Vec<String> = what.iter().map(|one| named(&one.what)).collect();
                let told = [
                    ("place", raw.place.as_str().into()),
                    ("pointer", pointer.as_str().into()),
                    ("what", what.join(", ").into()),
                ];
                voice.warn("cli-import-stripped", &told);
            }
        }
        Outcome::Refused(error) => {
            sum.refused += 1;
            progress.clear();
            let reason = voice.refusal_at(error);
            voice.warn("cli-import-refused", &[("place", raw.place.as_str().into()), ("reason", reason.into())]);
        }
    }
}

/// What was stripped, as it stands in a source.
fn named(kind: &StrippedKind) -> String {
    match kind {
        StrippedKind::Element(name) => format!("<{name}>"),
        StrippedKind::Attribute { element, name } => format!("<{element} {name}>"),
        StrippedKind::Address { value } => value.clone(),
        StrippedKind::Renamed { from, to } => format!("<{from}> → <{to}>"),
        StrippedKind::Comment => "<!-- -->".to_owned(),
    }
}

impl From<Halt> for Failure {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::OtherRows => Self::OtherRows,
            Halt::Error(error) => error.into(),
        }
    }
}
