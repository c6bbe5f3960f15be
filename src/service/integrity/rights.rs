//! Who may do what, compared with what the audit chain was told when it was granted.

use serde_json::Value;

use crate::{
    domain::{access::Grant, audit::Entry},
    kernel::AccountId,
    service::{App, Error, account::grants_json},
    store::{account, audit},
};

/// The entries that say what an account may do from then on.
const GRANTING: [&str; 2] = ["account.created", "account.grants_set"];

/// The accounts whose grants are not those that somebody gave them through the application.
pub async fn check(app: &App) -> Result<Vec<AccountId>, Error> {
    let tx = app.db.read().await?;
    let mut wrong = Vec::new();
    for (id, disabled) in account::standing(&tx).await? {
        let grants = match account::grants(&tx, id).await {
            Err(fault) if fault.is_corrupt() => None,
            grants => Some(grants?),
        };
        let told: Vec<_> =
            audit::of_subjects(&tx, &[id.to_string()]).await?.into_iter().filter(Entry::is_whole).collect();
        if !grants.is_some_and(|grants| is_as_told(&told, disabled, &grants)) {
            tracing::error!(account = %id, "an account's rights are not those that it was given");
            wrong.push(id);
        }
    }
    Ok(wrong)
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
