//! What search engines walk: every public page by the month of its first publication, and the newest ones.

use std::{collections::HashMap, fmt, str::FromStr, sync::Arc};

use super::{
    DAY,
    item::{items, signed},
};
use crate::{
    domain::{item::Item, publication::Envelope},
    kernel::{ArticleId, LocaleTag, Timestamp},
    service::{App, Error},
    store::live::read::{Selection, Sibling, Span},
    syndication::sitemap::{Page, Part},
};

/// Pages of a file; each names all its languages.
const MAX_PAGES: u64 = 1_000;
/// Items of the newest, as many as Google News takes.
const MAX_NEWS: u64 = 1_000;

/// A file: of a month (UTC), the one of this number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    year: i32,
    month: u32,
    number: u64,
}

impl Sheet {
    fn of(at: Timestamp) -> Self {
        use chrono::Datelike as _;
        Self { year: at.utc().year(), month: at.utc().month(), number: 1 }
    }

    fn next(self) -> Self {
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        Self { year, month, number: 1 }
    }

    fn begins(self) -> Option<Timestamp> {
        format!("{:04}-{:02}-01T00:00:00Z", self.year, self.month).parse().ok()
    }

    fn span(self) -> Option<Span> {
        Some((self.begins()?, self.next().begins()?))
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{}", self.year, self.month, self.number)
    }
}

/// No file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSheet;

impl FromStr for Sheet {
    type Err = BadSheet;

    fn from_str(raw: &str) -> Result<Self, BadSheet> {
        let mut parts = raw.split('-');
        let mut part = || parts.next().ok_or(BadSheet);
        let (year, month, number) = (part()?, part()?, part()?);
        let found = Self {
            year: year.parse().map_err(|_| BadSheet)?,
            month: month.parse().map_err(|_| BadSheet)?,
            number: number.parse().map_err(|_| BadSheet)?,
        };
        let is_good = found.number > 0 && found.span().is_some() && found.to_string() == raw;
        if is_good { Ok(found) } else { Err(BadSheet) }
    }
}

/// The files that there are, oldest first.
pub async fn sitemaps(app: &App) -> Result<Vec<Part>, Error> {
    let Some(oldest) = app.db.live().oldest().await? else { return Ok(Vec::new()) };
    let now = Sheet::of(app.clock.now());
    let mut months = vec![Sheet::of(oldest)];
    while let Some(last) = months.last().filter(|last| (last.year, last.month) < (now.year, now.month)) {
        months.push(last.next());
    }
    let spans: Vec<Span> = months.iter().filter_map(|month| month.span()).collect();
    let mut parts = Vec::new();
    for tally in app.db.live().tallies(&spans).await? {
        let Some(month) = months.get(tally.span) else { continue };
        parts.extend((1..=tally.editions.div_ceil(MAX_PAGES)).map(|number| Part {
            url: format!("{}/sitemaps/{}.xml", app.office.base_url, Sheet { number, ..*month }),
            changed_at: tally.newest,
        }));
    }
    Ok(parts)
}

/// The pages of a file, oldest first.
pub async fn sitemap(app: &App, month: Sheet) -> Result<Vec<Page>, Error> {
    let span = month.span().ok_or_else(Error::not_found)?;
    let offset = (month.number - 1).checked_mul(MAX_PAGES).ok_or_else(Error::not_found)?;
    let rows = app.db.live().walk(span, offset, MAX_PAGES).await?;
    if rows.is_empty() {
        return Err(Error::not_found());
    }
    let mut families: HashMap<ArticleId, Vec<(LocaleTag, String)>> = HashMap::new();
    for row in app.db.live().families(span, offset, MAX_PAGES).await? {
        if signed(app, &row).await.is_some() {
            let url = app.office.item_url(&row.locale, &row.slug);
            families.entry(row.article).or_default().push((row.locale, url));
        }
    }
    let families: HashMap<ArticleId, Arc<[(LocaleTag, String)]>> =
        families.into_iter().map(|(article, family)| (article, family.into())).collect();
    let mut pages = Vec::with_capacity(rows.len());
    for row in &rows {
        let (Some(envelope), Some(family)) = (signed(app, row).await, families.get(&row.article)) else { continue };
        pages.push(page(app, row, &envelope, family));
    }
    Ok(pages)
}

fn page(app: &App, row: &Sibling, envelope: &Envelope, family: &Arc<[(LocaleTag, String)]>) -> Page {
    Page {
        url: app.office.item_url(&row.locale, &row.slug),
        changed_at: envelope.done_at(),
        family: Arc::clone(family),
    }
}

/// What was first published yesterday and today (UTC), newest first, each with the office's name in its language.
pub async fn news(app: &App) -> Result<Vec<(Item, String)>, Error> {
    // By whole days, so that every process says the same all day long.
    let yesterday = app.clock.now().seconds().div_euclid(DAY) - 1;
    let since = Timestamp::from_micros(yesterday * DAY * 1_000_000).ok_or_else(Error::not_found)?;
    let (rows, damaged) = app.db.live().newest(since, MAX_NEWS).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let named = |item: Item| {
        let name = app.office.name(&item.locale).to_owned();
        (item, name)
    };
    Ok(items(app, rows, &Selection::default()).await?.into_iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_and_its_month() {
        let month: Sheet = "2026-12-3".parse().unwrap();
        assert_eq!((month.to_string(), month.number), ("2026-12-3".to_owned(), 3));
        let (from, until) = month.span().unwrap();
        assert_eq!(
            (from.to_string(), until.to_string()),
            ("2026-12-01T00:00:00Z".to_owned(), "2027-01-01T00:00:00Z".to_owned())
        );
        for bad in ["", "2026-13-1", "2026-1-1", "2026-01-0", "2026-01-01", "2026-01", "2026-01-1-1", "x-01-1"] {
            assert_eq!(bad.parse::<Sheet>(), Err(BadSheet), "{bad}");
        }
    }
}
