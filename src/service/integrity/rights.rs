//! Who may do what, compared with what the audit chain was told when it was granted.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    domain::{access::Grant, audit::Entry},
    kernel::AccountId,
    service::{App, Error, account::grants_json},
    store::{ReadTx, account, audit},
};

/// The entries that say what an account may do from then on.
const GRANTING: [&str; 2] = ["account.created", "account.grants_set"];

/// The audit action of every account that is made.
const CREATED: &str = GRANTING[0];
/// Entries that are read at once.
const PAGE: u64 = 200;

/// The accounts whose grants are not those that somebody gave them through the application, and those that are gone.
pub async fn check(app: &App) -> Result<Vec<AccountId>, Error> {
    let tx = app.db.read().await?;
    let standing = account::standing(&tx).await?;
    app.meters.rows.add(standing.len() as u64);
    let mut wrong = gone(&tx, &standing.iter().map(|(id, _)| *id).collect()).await?;
    for (id, disabled) in standing {
        let grants = match account::grants(&tx, id).await {
            Err(fault) if fault.is_corrupt() => None,
            grants => Some(grants?),
        };
        let told: Vec<_> =
            audit::of_subjects(&tx, &[id.to_string()]).await?.into_iter().filter(Entry::is_whole).collect();
        let known = grants.zip(disabled);
        if !known.is_some_and(|(grants, disabled)| is_as_told(&told, disabled, &grants)) {
            tracing::error!(account = %id, "an account's rights are not those that it was given");
            wrong.push(id);
        }
    }
    Ok(wrong)
}

/// The accounts that were made and are not there: none is ever removed.
async fn gone(tx: &ReadTx, there: &HashSet<AccountId>) -> Result<Vec<AccountId>, Error> {
    let (mut gone, mut after) = (Vec::new(), 0);
    loop {
        let page = audit::of_action(tx, CREATED, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(gone) };
        after = last.0;
        let made = page.iter().filter_map(|(_, entry)| entry.as_ref()).filter(|entry| entry.is_whole());
        for id in made.filter_map(|entry| entry.draft.subject_id.parse().ok()).filter(|id| !there.contains(id)) {
            tracing::error!(account = %id, "an account is gone");
            gone.push(id);
        }
    }
}

fn is_as_told(told: &[Entry], disabled: bool, grants: &[Grant]) -> bool {
    let newest = |says: &dyn Fn(&Entry) -> bool| told.iter().rev().find(|entry| says(entry)).map(|entry| &entry.draft);
    let given = newest(&|entry| GRANTING.contains(&entry.draft.action.as_str()));
    let Some(given) = given.and_then(|draft| draft.data["grants"].as_array()) else { return false };
    let was_disabled = newest(&|entry| entry.draft.data["disabled"].is_boolean());
    let sorted = |grants: &[Value]| {
        let mut all: Vec<String> = grants.iter().map(ToString::to_string).collect();
        all.sort();
        all
    };
    sorted(given) == sorted(&grants_json(grants))
        && disabled == was_disabled.is_some_and(|draft| draft.data["disabled"] == true)
}
