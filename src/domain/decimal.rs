//! Decimal numbers written as text, so that no digit is lost between writers.

/// Whether a text is a plain decimal (`-12.50`) with at most 18 digits.
pub fn is_decimal(raw: &str) -> bool {
    let (whole, fraction) = parts(raw);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    plain(whole) && fraction.is_none_or(plain) && !leading_zero && whole.len() + fraction.map_or(0, str::len) <= 18
}

/// Whether a plain decimal lies within whole bounds.
pub fn is_within(decimal: &str, least: i64, most: i64) -> bool {
    let (whole, fraction) = parts(decimal);
    let Ok(size) = whole.parse::<i64>() else { return false };
    let more = fraction.unwrap_or_default().bytes().any(|b| b != b'0');
    let beyond = |bound: i64| size > bound || (size == bound && more);
    if decimal.starts_with('-') { !beyond(-least.min(0)) && least < 0 } else { !beyond(most) }
}

/// The digits before and after the point, without the sign.
fn parts(raw: &str) -> (&str, Option<&str>) {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_plain() {
        for good in ["0", "-90", "13.5", "90.000", "-0.25", "111111111111111111"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", "-", ".5", "5.", "01", "1e3", "1,5", "+1", "NaN", "--1", "1111111111111111111", "0.1.2"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }

    #[test]
    fn decimals_are_bounded() {
        for good in ["0", "-90", "90.000", "-90.00", "89.999"] {
            assert!(is_within(good, -90, 90), "{good}");
        }
        for bad in ["90.1", "-90.01", "91", "-91", "111111111111111111"] {
            assert!(!is_within(bad, -90, 90), "{bad}");
        }
        assert!(!is_within("-1", 0, 10) && !is_within("-0.5", 0, 10));
    }
}
