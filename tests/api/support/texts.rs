//! What the program says, read once for all tests.

use std::sync::LazyLock;

use lantoa::i18n::I18n;

static TEXTS: LazyLock<I18n> = LazyLock::new(|| I18n::embedded(&"vi".parse().unwrap()).unwrap());

pub fn texts() -> I18n {
    TEXTS.clone()
}
