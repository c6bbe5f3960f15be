//! Which of two forms a client would rather have.

/// Whether an `Accept` header wants one media type more than each of some others.
pub(super) fn prefers(accept: Option<&str>, wanted: &str, others: &[&str]) -> bool {
    let Some(accept) = accept else { return false };
    let quality = |media_type: &str| quality(accept, media_type);
    others.iter().all(|other| quality(wanted) > quality(other))
}

/// The weight that a header gives a media type, by the range that is nearest to it.
fn quality(accept: &str, media_type: &str) -> f32 {
    let family = media_type.split('/').next().unwrap_or_default();
    let near = |range: &str| match range.split_once('/') {
        _ if range.eq_ignore_ascii_case(media_type) => Some(2),
        Some((of, "*")) if of.eq_ignore_ascii_case(family) => Some(1),
        Some(("*", "*")) => Some(0),
        _ => None,
    };
    let ranges = accept.split(',').filter_map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let near = near(parts.next()?)?;
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((near, weight.map_or(Some(1.0), |raw| raw.parse().ok())?))
    });
    ranges.max_by_key(|(near, _)| *near).map_or(0.0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::prefers;

    #[test]
    fn a_browser_prefers_a_page_and_a_program_does_not() {
        let page = |accept| prefers(accept, "text/html", &["application/problem+json", "application/json"]);
        assert!(page(Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
        assert!(page(Some("application/json;q=0.5, text/*")));
        for other in ["*/*", "application/json", "application/*, text/html;q=0.9", "", "text/html;q=0", "text/html;q=x"]
        {
            assert!(!page(Some(other)), "{other}");
        }
        assert!(!page(None));
    }
}
