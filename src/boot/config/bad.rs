//! What is wrong with a configuration: one key and one reason, told in the operator's language.

use crate::kernel::{Arg, Args};

/// A key whose value stops the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The key as the operator wrote it: a variable, or a file and the key in it.
    pub name: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No such key; perhaps this one was meant.
    Unknown(String),
    /// Not UTF-8.
    NotText,
    /// A list or a table where a text or a number is needed.
    WrongType,
    /// Not a whole number within bounds.
    Number(u64, u64),
    /// Not an address and a port.
    Listen,
    /// Not addresses and networks between commas.
    Networks,
    /// Not the address of a web server.
    Url,
    /// Not a web address with `{locale}` and `{slug}`.
    Template,
    /// Not a domain name in lower case.
    Authority,
    /// Guids were minted under another authority.
    Frozen(String),
    /// No folder that data could be kept in.
    Folder(String),
    /// Neither a SQLite file nor a PostgreSQL address.
    Database,
    /// Good for PostgreSQL alone.
    OnlyPostgres,
    /// Needed as soon as the database is PostgreSQL.
    NeededWithPostgres,
    /// Not a locale tag.
    Locale,
    /// Empty, or longer than so many characters.
    Length(usize),
    /// Not a log filter.
    Filter,
    /// None of these words.
    OneOf(&'static str),
    /// The file cannot be read.
    Unreadable(String),
    /// The file is not TOML.
    Toml(String),
    /// A secret that others would guess.
    Secret(String),
    /// Keys that cannot be used.
    Keys(String),
    /// The demonstration answers on this machine only.
    Loopback,
    /// The demonstration keeps a database of its own.
    OwnDatabase,
    /// A password that others would guess.
    Password(String),
}

impl Bad {
    /// A key with what is wrong with it.
    pub fn new(name: impl Into<String>, reason: Reason) -> Self {
        Self { name: name.into(), reason }
    }
}

impl Reason {
    /// The key of its text.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "cli-bad-unknown",
            Self::NotText => "cli-bad-not-text",
            Self::WrongType => "cli-bad-wrong-type",
            Self::Number(..) => "cli-bad-number",
            Self::Listen => "cli-bad-listen",
            Self::Networks => "cli-bad-networks",
            Self::Url => "cli-bad-url",
            Self::Template => "cli-bad-template",
            Self::Authority => "cli-bad-authority",
            Self::Frozen(_) => "cli-bad-frozen",
            Self::Folder(_) => "cli-bad-folder",
            Self::Database => "cli-bad-database",
            Self::OnlyPostgres => "cli-bad-only-postgres",
            Self::NeededWithPostgres => "cli-bad-needed-with-postgres",
            Self::Locale => "cli-bad-locale",
            Self::Length(_) => "cli-bad-length",
            Self::Filter => "cli-bad-filter",
            Self::OneOf(_) => "cli-bad-one-of",
            Self::Unreadable(_) => "cli-bad-unreadable",
            Self::Toml(_) => "cli-bad-toml",
            Self::Secret(_) => "cli-bad-secret",
            Self::Keys(_) => "cli-bad-keys",
            Self::Loopback => "cli-bad-loopback",
            Self::OwnDatabase => "cli-bad-own-database",
            Self::Password(_) => "cli-bad-password",
        }
    }

    /// What its text needs.
    pub fn args(&self) -> Args {
        let text = |name: &'static str, text: &str| vec![(name, Arg::from(text))];
        match self {
            Self::Unknown(nearest) => text("nearest", nearest),
            // As text: a bound in digits alone is what the operator has to type.
            Self::Number(least, most) => vec![("least", least.to_string().into()), ("most", most.to_string().into())],
            Self::Frozen(frozen) => text("frozen", frozen),
            Self::Length(most) => vec![("most", (*most).into())],
            Self::OneOf(words) => text("words", words),
            Self::Folder(detail)
            | Self::Unreadable(detail)
            | Self::Toml(detail)
            | Self::Secret(detail)
            | Self::Keys(detail)
            | Self::Password(detail) => text("detail", detail),
            _ => Args::new(),
        }
    }
}
