//! Who asks: one person of each role, and those who have none.

use super::ROLES;
use crate::support::{Client, TestApp};

/// The people of the columns: of agency `bao`, where a role can be limited.
pub async fn people(app: &TestApp) -> Vec<(String, Client)> {
    let mut people = Vec::new();
    for role in ROLES {
        let person = app.account(role).with_password();
        let person = if matches!(*role, "auditor" | "admin") { person } else { person.agency("bao") };
        people.push(((*role).to_owned(), person.sign_in().await));
    }
    people.push(("guest".to_owned(), app.account("translator").locale("en").with_password().sign_in().await));
    people.push(("nobody".to_owned(), app.nobody().with_password().sign_in().await));
    people
}
