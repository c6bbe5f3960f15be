//! What rows name, and the addresses that are to be theirs: found out for a whole batch at once.

use std::collections::{BTreeMap, HashSet};

use super::read::{Article, Edition};
use crate::{
    domain::address::{Address, Place},
    kernel::{Digest, LocaleTag, Slug},
    service::{Check, Error, FieldCode, FieldError},
    store::{Tx, edition, import, publication},
};

/// How often a slug that was made from a title steps aside by a number; after that, by what is the row's alone.
const ASIDE: u32 = 9;
/// Digits of a row's hash that a slug takes on.
const DIGITS: usize = 8;

/// Slugs and old addresses that are somebody's.
#[derive(Debug, Default)]
pub(super) struct Taken {
    slugs: HashSet<(LocaleTag, Slug)>,
    addresses: HashSet<Address>,
}

impl Taken {
    /// Of all that some articles ask for, what is taken already.
    pub(super) async fn of(tx: &impl Tx, articles: &[&Article]) -> Result<Self, Error> {
        let mut wanted: BTreeMap<LocaleTag, Vec<Slug>> = BTreeMap::new();
        let mut addresses = Vec::new();
        for one in articles.iter().flat_map(|article| &article.editions) {
            addresses.extend(one.addresses.iter());
            for address in &one.addresses {
                if let Place::Slug(locale, slug) = address.place() {
                    wanted.entry(locale).or_default().push(slug);
                }
            }
            if let Ok(locale) = one.locale.parse() {
                let past = one.past.iter().flat_map(|past| &past.texts).filter_map(|text| text.slug.clone());
                wanted.entry(locale).or_default().extend(one.draft.slug.iter().cloned().chain(past));
            }
        }
        let mut taken = Self::default();
        for (locale, slugs) in &wanted {
            let slugs: Vec<&Slug> = slugs.iter().collect();
            let claimed = publication::claimed(tx, locale, &slugs).await?;
            taken.slugs.extend(claimed.into_iter().map(|slug| (locale.clone(), slug)));
        }
        let all: Vec<&Slug> = wanted.values().flatten().collect();
        taken.slugs.extend(edition::slugs_in_use(tx, &all).await?);
        taken.addresses.extend(import::taken_addresses(tx, &addresses).await?);
        Ok(taken)
    }

    /// The slug of an edition, then those of all its texts where there are others; fewer, if one is not to be had.
    pub(super) async fn slugs(
        &self,
        tx: &impl Tx,
        check: &mut Check,
        pointer: &str,
        locale: &LocaleTag,
        (one, row): (&Edition, Digest),
    ) -> Result<Vec<Slug>, Error> {
        let Some(own) = self.slug(tx, check, pointer, locale, (one, row)).await? else { return Ok(Vec::new()) };
        let mut all = vec![own.clone()];
        for text in one.past.iter().flat_map(|past| &past.texts) {
            let slug = text.slug.clone().unwrap_or_else(|| own.clone());
            if slug != own && self.slugs.contains(&(locale.clone(), slug.clone())) {
                let fault = FieldError::new(format!("{pointer}{}/slug", text.pointer), FieldCode::SlugTaken);
                check.fault(fault.with("name", slug.as_str()));
            }
            all.push(slug);
        }
        Ok(all)
    }

    /// The slug of an edition, which is its from now on.
    async fn slug(
        &self,
        tx: &impl Tx,
        check: &mut Check,
        pointer: &str,
        locale: &LocaleTag,
        (one, row): (&Edition, Digest),
    ) -> Result<Option<Slug>, Error> {
        let pointer = format!("{pointer}/slug");
        let Some(wanted) = one.draft.slug.clone() else {
            check.fault(FieldError::new(pointer, FieldCode::SlugNeeded));
            return Ok(None);
        };
        if !self.slugs.contains(&(locale.clone(), wanted.clone())) {
            return Ok(Some(wanted));
        }
        if !one.draft.slug_asked {
            let digits = row.to_string().chars().rev().take(DIGITS).collect();
            let numbers = (2..=ASIDE).map(|number| number.to_string());
            for end in numbers.chain([digits]) {
                let Ok(next) = format!("{wanted}-{end}").parse::<Slug>() else { break };
                let free = !self.slugs.contains(&(locale.clone(), next.clone()))
                    && publication::claimed(tx, locale, &[&next]).await?.is_empty()
                    && !edition::slugs_in_use(tx, &[&next]).await?.contains(&(locale.clone(), next.clone()));
                if free {
                    return Ok(Some(next));
                }
            }
        }
        check.fault(FieldError::new(pointer, FieldCode::SlugTaken).with("name", wanted.as_str()));
        Ok(None)
    }

    /// The old addresses of an edition; those that it has by its texts are none of them.
    pub(super) fn addresses(
        &self,
        check: &mut Check,
        pointer: &str,
        locale: &LocaleTag,
        (slugs, mine): (&[Slug], &[Address]),
        one: &Edition,
    ) -> Vec<Address> {
        let mut good = Vec::with_capacity(one.addresses.len());
        for (place, address) in one.addresses.iter().enumerate() {
            let mut fault = |code| {
                let pointer = format!("{pointer}/addresses/{place}");
                check.fault(FieldError::new(pointer, code).with("name", address.as_str()));
            };
            match address.place() {
                Place::Ours => fault(FieldCode::OwnAddress),
                Place::Slug(of, _) if of != *locale => fault(FieldCode::OwnAddress),
                Place::Slug(_, old) if slugs.contains(&old) => {}
                Place::Slug(of, old) if self.slugs.contains(&(of.clone(), old.clone())) => {
                    fault(FieldCode::AddressTaken);
                }
                _ if self.addresses.contains(address) || mine.contains(address) => fault(FieldCode::AddressTaken),
                _ => good.push(address.clone()),
            }
        }
        good
    }

    /// Gives an article what was found free for it.
    pub(super) fn give<'a>(&mut self, all: impl IntoIterator<Item = (&'a LocaleTag, &'a [Slug], &'a [Address])>) {
        for (locale, slugs, addresses) in all {
            self.slugs.extend(slugs.iter().map(|slug| (locale.clone(), slug.clone())));
            for address in addresses {
                if let Place::Slug(of, old) = address.place() {
                    self.slugs.insert((of, old));
                }
                self.addresses.insert(address.clone());
            }
        }
    }
}
