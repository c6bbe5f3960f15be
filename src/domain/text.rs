//! The character rules for everything that people type.
