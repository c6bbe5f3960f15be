//! What a request says of an account, read and checked.

use serde_json::json;

use super::{MAX_EMAIL, MAX_GRANTS, MAX_NAME, NewGrant};
use crate::{
    domain::{
        access::{Grant, Role},
        text,
    },
    kernel::LocaleTag,
    service::{App, Check, Error, FieldCode, FieldError},
    store::{Tx, vocabulary},
    tokens::WeakPassword,
};

/// A language that a person reads: one of the office's, or the one that the software speaks without being asked.
pub(super) async fn read_locale(
    app: &App,
    tx: &impl Tx,
    check: &mut Check,
    raw: &str,
) -> Result<Option<LocaleTag>, Error> {
    let Some(locale) = check.locale("/locale", raw) else { return Ok(None) };
    if locale != *app.i18n.default_locale() && !vocabulary::locales(tx).await?.iter().any(|one| one.tag == locale) {
        check.fault(FieldError::new("/locale", FieldCode::Unknown).with("name", raw));
    }
    Ok(Some(locale))
}

pub(super) async fn read_grants(tx: &impl Tx, check: &mut Check, grants: &[NewGrant]) -> Result<Vec<Grant>, Error> {
    if grants.len() > MAX_GRANTS {
        check.fault(FieldError::new("/grants", FieldCode::TooMany).with("max", MAX_GRANTS));
        return Ok(Vec::new());
    }
    let agencies = vocabulary::agencies(tx).await?;
    let locales = vocabulary::locales(tx).await?;
    let mut read = Vec::with_capacity(grants.len());
    for (place, grant) in grants.iter().enumerate() {
        let unknown = |member: &str, name: &str| {
            FieldError::new(format!("/grants/{place}/{member}"), FieldCode::Unknown).with("name", name)
        };
        let agency = grant
            .agency
            .as_deref()
            .map(|raw| agencies.iter().find(|a| a.code.as_str() == raw).map(|a| a.code.clone()).ok_or(raw));
        let locale = grant
            .locale
            .as_deref()
            .map(|raw| locales.iter().find(|l| l.tag.as_str() == raw).map(|l| l.tag.clone()).ok_or(raw));
        // Administrators and auditors look after the whole office: a narrower grant would promise what is not kept.
        if matches!(grant.role, Role::Admin | Role::Auditor) && (agency.is_some() || locale.is_some()) {
            check.fault(FieldError::new(format!("/grants/{place}"), FieldCode::BadScope));
        }
        match (agency.transpose(), locale.transpose()) {
            (Ok(agency), Ok(locale)) => {
                let grant = Grant { role: grant.role, agency, locale };
                if !read.contains(&grant) {
                    read.push(grant);
                }
            }
            (agency, locale) => {
                if let Err(raw) = agency {
                    check.fault(unknown("agency", raw));
                }
                if let Err(raw) = locale {
                    check.fault(unknown("locale", raw));
                }
            }
        }
    }
    Ok(read)
}

/// What the audit chain is told of the rights that an account has from now on.
pub fn grants_told(grants: &[Grant]) -> serde_json::Value {
    json!({"grants": grants_json(grants)})
}

pub(in crate::service) fn grants_json(grants: &[Grant]) -> Vec<serde_json::Value> {
    grants
        .iter()
        .map(|grant| {
            json!({
                "role": grant.role.as_str(),
                "agency": grant.agency.as_ref().map(ToString::to_string),
                "locale": grant.locale.as_ref().map(LocaleTag::to_string),
            })
        })
        .collect()
}

pub(super) fn person_name(check: &mut Check, pointer: &str, raw: &str) -> String {
    let name = check.line(pointer, raw, MAX_NAME);
    if !name.is_empty()
        && let Err(bad) = text::clean_account_name(raw)
    {
        check.fault(crate::service::check::bad_character(pointer, &bad));
    }
    name
}

/// Whether an address has the form that all stored ones have.
pub(in crate::service) fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    let plain = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    email.len() <= MAX_EMAIL
        && part(local)
        && part(domain)
        && local.chars().all(plain)
        && domain.contains('.')
        && domain.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

pub(super) fn weak_password(pointer: &str, weak: WeakPassword) -> FieldError {
    use crate::tokens::password_rules::{MAX_CHARS, MIN_CHARS};
    match weak {
        WeakPassword::TooShort => FieldError::new(pointer, FieldCode::TooShort).with("min", MIN_CHARS),
        WeakPassword::TooLong => FieldError::new(pointer, FieldCode::TooLong).with("max", MAX_CHARS),
        WeakPassword::Personal | WeakPassword::Obvious => FieldError::new(pointer, FieldCode::WeakPassword),
    }
}
