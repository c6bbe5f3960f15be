//! Entity tags: how a version of a thing is named in headers.

/// The version that nothing has: what a tag stands for that we never gave out.
pub const NO_VERSION: i64 = -1;

/// The strong entity tag of a row's version.
pub fn etag_of_version(version: i64) -> String {
    format!("\"v{version}\"")
}

/// The version that a strong tag of ours names.
pub(super) fn version_of(tag: &Tag<'_>) -> i64 {
    let version = tag.opaque.strip_prefix('v').and_then(|digits| digits.parse::<i64>().ok());
    let canonical = version.filter(|version| *version >= 0 && format!("v{version}") == tag.opaque);
    canonical.filter(|_| !tag.weak).unwrap_or(NO_VERSION)
}

/// One entity tag of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) weak: bool,
    pub(super) opaque: &'a str,
}

/// What a conditional header lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tags<'a> {
    Any,
    These(Vec<Tag<'a>>),
}

/// The tags of an `If-Match` or `If-None-Match`, or nothing where the text is no such list.
pub(super) fn parse(list: &str) -> Option<Tags<'_>> {
    let mut rest = list.trim_matches(BLANK);
    if rest == "*" {
        return Some(Tags::Any);
    }
    let mut tags = Vec::new();
    // Not split at commas: an entity tag may have one in it.
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start_matches(BLANK);
            continue;
        }
        let (weak, quoted) = rest.strip_prefix("W/").map_or((false, rest), |strong| (true, strong));
        let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
        if !opaque.bytes().all(|byte| byte == 0x21 || (0x23..=0x7e).contains(&byte) || byte >= 0x80) {
            return None;
        }
        tags.push(Tag { weak, opaque });
        rest = after.trim_start_matches(BLANK);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
    if tags.is_empty() { None } else { Some(Tags::These(tags)) }
}

const BLANK: [char; 2] = [' ', '\t'];

#[cfg(test)]
mod tests {
    use super::*;

    fn opaque(list: &str) -> Option<Vec<(bool, &str)>> {
        match parse(list)? {
            Tags::Any => Some(vec![(false, "*")]),
            Tags::These(tags) => Some(tags.into_iter().map(|tag| (tag.weak, tag.opaque)).collect()),
        }
    }

    #[test]
    fn lists_of_tags_are_read_with_commas_in_them() {
        assert_eq!(opaque(" * "), Some(vec![(false, "*")]));
        assert_eq!(opaque(r#""a""#), Some(vec![(false, "a")]));
        assert_eq!(opaque(r#""a,b" ,W/"c",, """#), Some(vec![(false, "a,b"), (true, "c"), (false, "")]));
    }

    #[test]
    fn what_is_no_list_of_tags_is_none() {
        for bad in
            ["", " ", ",", "a", "\"a", "a\"", "w/\"a\"", "W/a", "\"a\" \"b\"", "\"a\"b", "*,\"a\"", "\"a b\"", "**"]
        {
            assert_eq!(opaque(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_version_comes_back_from_its_tag_and_from_no_other() {
        let version = |text: &str| match parse(text) {
            Some(Tags::These(tags)) => version_of(&tags[0]),
            _ => i64::MIN,
        };
        for number in [0, 1, 42, i64::MAX] {
            assert_eq!(version(&etag_of_version(number)), number);
        }
        for other in ["W/\"v1\"", "\"v01\"", "\"v+1\"", "\"v-1\"", "\"1\"", "\"v\"", "\"v9223372036854775808\"", "\"\""]
        {
            assert_eq!(version(other), NO_VERSION, "{other}");
        }
    }
}
