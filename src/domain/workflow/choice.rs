//! Which workflow a text is submitted to.
//!
//! Of the active ones whose rule fits, the one with the highest priority; among equals the most specific. A rule is
//! more specific than another by the first of these that only it names: the sensitivity, the urgency, agencies,
//! kinds, languages, a side. So a text that is sensitive and urgent is sensitive first. If two say as much, the
//! code settles it, in the order of the alphabet.

use std::cmp::Reverse;

use super::{Definition, Rule, Sensitivity, Side};
use crate::{
    domain::article::Kind,
    kernel::{Code, LocaleTag},
};

/// What of a text its workflow is chosen by.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The article's kind.
    pub kind: Kind,
    /// The edition's language.
    pub locale: &'a LocaleTag,
    /// The agency that answers for the article.
    pub agency: &'a Code,
    /// The article's sensitivity.
    pub sensitivity: Sensitivity,
    /// Whether it is the edition that was written first.
    pub is_source: bool,
    /// Whether it was submitted as urgent.
    pub urgent: bool,
}

impl Rule {
    /// Whether all that the rule names is so.
    pub fn fits(&self, asked: &Asked<'_>) -> bool {
        let side = match self.side {
            Side::Any => true,
            Side::Source => asked.is_source,
            Side::Translation => !asked.is_source,
        };
        side && (self.kinds.is_empty() || self.kinds.contains(&asked.kind))
            && (self.locales.is_empty() || self.locales.contains(asked.locale))
            && (self.agencies.is_empty() || self.agencies.contains(asked.agency))
            && self.sensitivity.is_none_or(|sensitivity| sensitivity == asked.sensitivity)
            && self.urgent.is_none_or(|urgent| urgent == asked.urgent)
    }

    /// How much it says, to be compared.
    fn specificity(&self) -> [bool; 6] {
        [
            self.sensitivity.is_some(),
            self.urgent.is_some(),
            !self.agencies.is_empty(),
            !self.kinds.is_empty(),
            !self.locales.is_empty(),
            self.side != Side::Any,
        ]
    }
}

/// The workflow that a text is submitted to, if any fits.
pub fn choose<'a>(all: &'a [Definition], asked: &Asked<'_>) -> Option<&'a Definition> {
    let fitting = all.iter().filter(|one| one.active).filter_map(|one| {
        let rule = one.rule.as_ref().filter(|rule| rule.fits(asked))?;
        Some(((rule.priority, rule.specificity(), Reverse(one.workflow.code.as_str())), one))
    });
    fitting.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workflow::{Workflow, shipped};

    fn asked(locale: &LocaleTag, agency: &Code, sensitivity: Sensitivity, urgent: bool) -> String {
        let is_source = locale.as_str() == "vi";
        let asked = Asked { kind: Kind::News, locale, agency, sensitivity, is_source, urgent };
        choose(&shipped(), &asked).unwrap().workflow.code.clone()
    }

    #[test]
    fn the_shipped_ones_are_chosen_by_side_sensitivity_and_urgency() {
        let (vi, en, bao) = ("vi".parse().unwrap(), "en".parse().unwrap(), "bao".parse().unwrap());
        let (normal, sensitive) = (Sensitivity::Normal, Sensitivity::Sensitive);
        for (locale, sensitivity, urgent, code) in [
            (&vi, normal, false, "source"),
            (&en, normal, false, "translation"),
            (&vi, normal, true, "urgent"),
            (&en, normal, true, "urgent"),
            (&vi, sensitive, false, "sensitive"),
            (&en, sensitive, false, "sensitive"),
            (&vi, sensitive, true, "sensitive"),
            (&en, sensitive, true, "sensitive"),
        ] {
            assert_eq!(asked(locale, &bao, sensitivity, urgent), code, "{locale} {sensitivity} {urgent}");
        }
    }

    fn named(code: &str, rule: Rule) -> Definition {
        let workflow = Workflow { code: code.to_owned(), version: 1, stages: vec![] };
        Definition { workflow, names: [].into(), rule: Some(rule), independent: false, active: true }
    }

    /// The same choice whatever the order, for every pair of rules of a ladder.
    #[test]
    fn the_more_specific_rule_wins_in_whatever_order_they_stand() {
        let (vi, bao): (LocaleTag, Code) = ("vi".parse().unwrap(), "bao".parse().unwrap());
        let any = Rule::any;
        let ladder = [
            named("a-any", any()),
            named("b-side", Rule { side: Side::Source, ..any() }),
            named("c-locale", Rule { locales: vec![vi.clone()], ..any() }),
            named("d-kind", Rule { kinds: vec![Kind::News], ..any() }),
            named("e-agency", Rule { agencies: vec![bao.clone()], ..any() }),
            named("f-urgent", Rule { urgent: Some(true), ..any() }),
            named("g-sensitive", Rule { sensitivity: Some(Sensitivity::Sensitive), ..any() }),
            named("h-priority", Rule { priority: 1, ..any() }),
        ];
        let sensitivity = Sensitivity::Sensitive;
        let asked = Asked { kind: Kind::News, locale: &vi, agency: &bao, sensitivity, is_source: true, urgent: true };
        for (low, weaker) in ladder.iter().enumerate() {
            for stronger in &ladder[low + 1..] {
                for pair in [[weaker.clone(), stronger.clone()], [stronger.clone(), weaker.clone()]] {
                    assert_eq!(choose(&pair, &asked), Some(stronger));
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_or_sleeps_is_not_chosen_and_equals_are_settled_by_their_code() {
        let (vi, bao): (LocaleTag, Code) = ("vi".parse().unwrap(), "bao".parse().unwrap());
        let sensitivity = Sensitivity::Normal;
        let asked = Asked { kind: Kind::News, locale: &vi, agency: &bao, sensitivity, is_source: true, urgent: false };
        let any = Rule::any;
        for rule in [
            Rule { kinds: vec![Kind::Event], ..any() },
            Rule { locales: vec!["en".parse().unwrap()], ..any() },
            Rule { agencies: vec!["so".parse().unwrap()], ..any() },
            Rule { sensitivity: Some(Sensitivity::Sensitive), ..any() },
            Rule { side: Side::Translation, ..any() },
            Rule { urgent: Some(true), ..any() },
        ] {
            assert_eq!(choose(&[named("a", rule)], &asked), None);
        }
        assert_eq!(choose(&[Definition { active: false, ..named("a", any()) }], &asked), None);
        assert_eq!(choose(&[Definition { rule: None, ..named("a", any()) }], &asked), None);
        let (a, b) = (named("a", any()), named("b", any()));
        assert_eq!(choose(&[b.clone(), a.clone()], &asked), Some(&a));
        assert_eq!(choose(&[a.clone(), b], &asked), Some(&a));
    }
}
