//! The demonstration: a province made through the same services as real work, then served on this
//! machine alone.

mod build;
mod desk;
mod files;
mod folder;
mod staff;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use aws_lc_rs::rand;

use super::{
    Failure,
    config::{Bad, Config, Reason, Sources},
    server,
    start::{self, Purpose},
    voice::Voice,
};
use crate::{
    i18n::I18n,
    service::auth,
    tokens::{Secret, check_password},
};
pub(super) use files::front_matter;
use files::{Demo, Person};
pub use folder::is_in;

/// The variable that sets the password of all accounts.
const PASSWORD: &str = "LANTOA_DEMO_PASSWORD";

/// What a start with the demonstration came to.
enum Password {
    /// Made now, and kept nowhere.
    Made(Secret),
    /// Given by the operator.
    Chosen,
    /// What it was at the first start.
    Kept,
}

/// Makes the demonstration, or finds it, and serves it.
pub(super) async fn run(config: Config, sources: &Sources, i18n: I18n, voice: &Voice) -> Result<(), Failure> {
    let demo = Demo::embedded().map_err(|error| Failure::Other(error.to_string()))?;
    let chosen = chosen(sources, &demo.people)?;
    let config = settled(config, &demo)?;
    let folder = config.database.folder.clone();
    let listeners = server::listen(&config)?;
    let lock = start::lock(&config)?;
    let base_url = config.addresses.base_url(listeners.public.local_addr().unwrap_or(config.listen));
    let shown = || [("folder", folder.display().to_string().into())];

    let fresh = folder::begin(&folder)?;
    voice.say(if fresh { "cli-demo-preparing" } else { "cli-demo-existing" }, &shown());
    let app = start::unlocked(&config, i18n, base_url, Purpose::Serve).await?;
    let password = if fresh {
        let password = chosen.clone().unwrap_or_else(random_password);
        build::province(&app, &demo, &password, |done, total| {
            voice.say("cli-demo-progress", &[("done", done.into()), ("total", total.into())]);
        })
        .await?;
        folder::finish(&folder)?;
        voice.say("cli-demo-ready", &[]);
        if chosen.is_some() { Password::Chosen } else { Password::Made(password) }
    } else {
        match (chosen, demo.people.first()) {
            (Some(chosen), Some(person))
                if auth::login(&app, &person.email, chosen.clone(), staff::PEER).await.is_ok() =>
            {
                Password::Chosen
            }
            _ => Password::Kept,
        }
    };
    let base_url = app.office.base_url.clone();
    server::serve(app, listeners, &config.limits, voice, || greet(voice, &base_url, &demo.people, &password)).await?;
    drop(lock);
    Ok(())
}

/// The operator's password, if it is one that the accounts can have.
fn chosen(sources: &Sources, people: &[Person]) -> Result<Option<Secret>, Failure> {
    let Some(password) = sources.variable(PASSWORD)? else { return Ok(None) };
    for person in people {
        check_password(password.expose(), &person.email, &person.name)
            .map_err(|weak| Bad::new(PASSWORD, Reason::Password(weak.to_string())))?;
    }
    Ok(Some(password))
}

/// The configuration as the demonstration needs it: on this machine, with its own database and names.
fn settled(mut config: Config, demo: &Demo) -> Result<Config, Failure> {
    if !config.listen.ip().is_loopback() {
        return Err(Bad::new(&config.listen_name, Reason::Loopback).into());
    }
    if config.database.url.is_some() {
        return Err(Bad::new(&config.database.url_name, Reason::OwnDatabase).into());
    }
    config.addresses.authority.get_or_insert_with(|| demo.authority.clone());
    if config.office.is_empty() {
        config.office.clone_from(&demo.names);
    }
    Ok(config)
}

fn greet(voice: &Voice, base_url: &str, people: &[Person], password: &Password) {
    let at = |path: &str| [("url", format!("{base_url}{path}").into())];
    voice.say("cli-demo-pages", &at("/vi"));
    voice.say("cli-demo-feeds", &at("/feeds"));
    voice.say("cli-demo-docs", &at("/docs"));
    match password {
        Password::Made(password) => voice.say("cli-demo-accounts", &[("password", password.expose().into())]),
        Password::Chosen => voice.say("cli-demo-accounts-chosen", &[("variable", PASSWORD.into())]),
        Password::Kept => voice.say("cli-demo-accounts-kept", &[]),
    }
    for person in people {
        let mut roles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for grant in &person.grants {
            let scope = [&grant.agency, &grant.locale].into_iter().flatten().map(String::as_str);
            roles.entry(grant.role.as_str()).or_default().extend(scope);
        }
        let roles = roles.iter().map(|(role, scope)| {
            let role = voice.text(&format!("role-{role}"), &[]);
            if scope.is_empty() { role } else { format!("{role} ({})", scope.join(", ")) }
        });
        let roles: Vec<String> = roles.collect();
        Voice::line(&format!("  {:<30} {}: {}", person.email, person.name, roles.join("; ")));
    }
    voice.say("cli-demo-caution", &[]);
}

/// A password that can be read out and typed: five groups of four letters and digits.
fn random_password() -> Secret {
    // 32 characters, none of which looks like another: five bits of each byte, evenly.
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let mut text = String::new();
    while text.len() < 24 {
        let mut byte = [0];
        rand::fill(&mut byte).expect("AWS-LC's generator ends the process rather than fail");
        match LETTERS[usize::from(byte[0] & 31)] {
            b'-' => {}
            letter => text.push(char::from(letter)),
        }
        if text.len() % 5 == 4 && text.len() < 24 {
            text.push('-');
        }
    }
    text.into()
}
