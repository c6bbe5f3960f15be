//! What the database library alone takes for the query behind a list of twenty: the measure for the list's own cost.
//!
//! `cargo run --release --example one_query -- DATABASE [TIMES]` prints microseconds of processor time for each.

use std::{env, error::Error, fs};

use sea_orm::{
    ColumnTrait as _, Database, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::{
        ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    },
};

/// A public item, every column of it, as the list reads them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "live_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    audience: String,
    #[sea_orm(primary_key, auto_increment = false)]
    edition_id: Uuid,
    article_id: Uuid,
    locale: String,
    slug: String,
    kind: String,
    agency_code: String,
    content: String,
    envelope: String,
    signature: String,
    corrections: String,
    revision_number: i64,
    major_number: i64,
    source_locale: Option<String>,
    source_number: Option<i64>,
    source_version: Option<i64>,
    source_major: Option<i64>,
    published_at: DateTimeUtc,
    updated_at: DateTimeUtc,
}

/// None is asked for.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Rows of a page, and the one that tells whether another follows.
const ROWS: u64 = 21;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let path = args.next().ok_or("the database's file is needed")?;
    let times: u32 = args.next().map_or(Ok(2_000), |raw| raw.parse())?;
    let db = Database::connect(format!("sqlite:{path}?mode=ro")).await?;
    let ask = async || {
        let query = Entity::find()
            .filter(Column::Audience.eq("public"))
            .filter(Column::Locale.eq("vi"))
            .order_by_desc(Column::PublishedAt)
            .order_by_desc(Column::ArticleId)
            .limit(ROWS);
        query.all(&db).await
    };
    // The first finds nothing in the cache.
    let found = ask().await?.len();
    let before = processor_time()?;
    for _ in 0..times {
        ask().await?;
    }
    let each = (processor_time()? - before) * 1_000_000 / u64::from(times) / TICKS;
    writeln(&format!("{each} {found}"))
}

/// Ticks of a second in which Linux counts; the same on every machine that we build for.
const TICKS: u64 = 100;

/// Ticks of processor time of all threads so far.
fn processor_time() -> Result<u64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit_once(") ").ok_or("no fields")?.1.split(' ').collect();
    Ok(fields[11].parse::<u64>()? + fields[12].parse::<u64>()?)
}

fn writeln(line: &str) -> Result<(), Box<dyn Error>> {
    use std::io::Write as _;
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
