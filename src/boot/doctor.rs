//! What an operator asks: is everything as somebody approved, wrote and granted it? And the audit chain's head, to be
//! taken away and brought back.

use std::path::Path;

use super::{Failure, voice::Voice};
use crate::{
    domain::audit::Broken,
    kernel::Arg,
    service::{
        App,
        audit::{self, Report},
        integrity::{self, What},
        validity,
    },
};

/// Looks at everything and names what is wrong.
pub(super) async fn run(app: &App, voice: &Voice) -> Result<(), Failure> {
    let found = integrity::examine(app).await?;
    for one in &found.editions {
        let what = voice.text(explained(one.what), &[]);
        let args: [(&'static str, Arg); 4] = [
            ("article", one.article.as_str().into()),
            ("locale", one.locale.as_str().into()),
            ("title", one.title.as_str().into()),
            ("what", what.into()),
        ];
        voice.say(if one.what.withholds() { "cli-found-withheld" } else { "cli-found-at-desk" }, &args);
    }
    for (id, name) in &found.accounts {
        voice.say("cli-found-rights", &[("name", name.as_str().into()), ("id", id.to_string().into())]);
    }
    let sound = found.editions.is_empty() && found.accounts.is_empty();
    if sound {
        let count = i64::try_from(found.looked_at).unwrap_or(i64::MAX);
        voice.say("cli-found-nothing", &[("count", count.into())]);
    }
    let chain = tell(voice, &audit::verify(app).await?);
    if sound { chain } else { Err(Failure::Told) }
}

/// Has every feed read by readers of others' making, and says with each when it was last read as it was written.
pub(super) async fn feeds(app: &App, voice: &Voice) -> Result<(), Failure> {
    let looks = validity::look(app).await?;
    for one in &looks {
        let feed = ("feed", Arg::from(one.path.as_str()));
        let at = one.clean_at.map(|at| ("at", Arg::from(at.to_string())));
        match (&one.fault, at) {
            (None, Some(at)) => voice.say("cli-feed-clean", &[feed, at]),
            (Some(fault), Some(at)) => voice.say("cli-feed-unclean", &[feed, ("fault", fault.as_str().into()), at]),
            (fault, None) => {
                let fault = fault.as_deref().unwrap_or_default();
                voice.say("cli-feed-never-clean", &[feed, ("fault", fault.into())]);
            }
        }
    }
    let number = |many: usize| Arg::from(i64::try_from(many).unwrap_or(i64::MAX));
    let count = ("count", number(looks.len()));
    match looks.iter().filter(|one| one.fault.is_some()).count() {
        0 => {
            voice.say("cli-feeds-clean", &[count]);
            Ok(())
        }
        bad => {
            voice.say("cli-feeds-unclean", &[count, ("bad", number(bad))]);
            Err(Failure::Told)
        }
    }
}

/// The text that explains a finding.
fn explained(what: What) -> &'static str {
    match what {
        What::Signature => "cli-found-signature",
        What::Chain => "cli-found-chain",
        What::Audit => "cli-found-audit",
        What::Text => "cli-found-text",
        What::Live => "cli-found-live",
        What::Stranger => "cli-found-stranger",
        What::Approval => "cli-found-approval",
        What::Revision => "cli-found-revision",
        What::Case => "cli-found-case",
        What::Decision => "cli-found-decision",
    }
}

/// Verifies the chain, against a head that was kept elsewhere if there is one.
pub(super) async fn verify(app: &App, voice: &Voice, head: Option<&Path>) -> Result<(), Failure> {
    let report = match head {
        None => audit::verify(app).await?,
        Some(path) => {
            let named = || path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|error| Failure::File(named(), error))?;
            let head = audit::parse_head(app, &text).ok_or_else(|| Failure::NoHead(named()))?;
            audit::verify_against(app, head).await?
        }
    };
    tell(voice, &report)
}

/// Prints the signed head.
pub(super) async fn head(app: &App) -> Result<(), Failure> {
    if let Some(head) = audit::signed_head(app).await? {
        Voice::line(&head);
    }
    Ok(())
}

fn tell(voice: &Voice, report: &Report) -> Result<(), Failure> {
    let Some(broken) = report.broken else {
        let entries = i64::try_from(report.entries).unwrap_or(i64::MAX);
        voice.say("cli-audit-valid", &[("entries", entries.into()), ("head", report.head.to_string().into())]);
        return Ok(());
    };
    let reason = voice.text(
        match broken {
            Broken::Missing(_) => "cli-audit-missing",
            Broken::Altered(_) => "cli-audit-altered",
            Broken::CutShort(_) => "cli-audit-cut-short",
        },
        &[],
    );
    // As text: an entry's number is a name, not an amount with separators in it.
    voice.say("cli-audit-broken", &[("entry", broken.seq().to_string().into()), ("reason", reason.into())]);
    Err(Failure::Told)
}
