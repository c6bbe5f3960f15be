//! The text of a query: names and values, and what is behind their percent signs.

use std::borrow::Cow;

/// The names of a query's parameters, decoded where they can be.
pub(super) fn names_in(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pairs_in(query).map(|(name, _)| decoded(name).unwrap_or(Cow::Borrowed(name)))
}

/// The parameters as they are written.
pub(super) fn pairs_in(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The text behind percent signs and pluses; nothing where a percent sign means nothing or the bytes are no UTF-8.
pub(super) fn decoded(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains(['%', '+']) {
        return Some(Cow::Borrowed(raw));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
