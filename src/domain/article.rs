//! Articles: what is the same in every language.

macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name that programs know.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::article::NotOne;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == raw).ok_or($crate::domain::article::NotOne(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use text_enum;

/// A text that is none of an enumeration's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}")]
pub struct NotOne(pub &'static str);

text_enum! {
    /// What kind of article it is; the kind rules which details it has.
    Kind {
        /// A report of something that happened.
        News = "news",
        /// A longer piece.
        Feature = "feature",
        /// A release to the press.
        PressRelease = "press_release",
        /// An answer to a claim.
        Statement = "statement",
        /// Something with a time and a venue.
        Event = "event",
        /// An opportunity for investors.
        Investment = "investment",
        /// A place to travel to.
        Destination = "destination",
    }
}
