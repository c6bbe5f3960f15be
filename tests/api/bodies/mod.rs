//! What becomes of texts: markup, characters, sizes.

mod characters;
mod corpus;
mod markup;
mod naughty;
mod sizes;
