//! Whether the people there are enough for a workflow: every stage by its role, and nobody twice.

use super::{Rule, Side, Stage};
use crate::{
    domain::access::{Actor, Role, Scope},
    kernel::{Code, LocaleTag},
};

/// A stage for which there are not enough people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The stage's name.
    pub stage: String,
    /// Who decides there.
    pub role: Role,
    /// How many have to agree.
    pub needed: u32,
    /// How many hold the role.
    pub there: u32,
    /// How many are left for it when no one stands at two stages; fewer than needed.
    pub free: u32,
}

/// The stages that cannot all be decided by different people of these, in an agency and a language.
///
/// Each approval is a place, and places are given to people so that as many as possible are taken (augmenting
/// paths); what stays empty is a gap.
pub fn unsatisfied(stages: &[Stage], people: &[Actor], agency: &Code, locale: &LocaleTag) -> Vec<Gap> {
    let scope = Scope { agency: Some(agency), locale: Some(locale) };
    let fits: Vec<Vec<usize>> = stages
        .iter()
        .map(|stage| (0..people.len()).filter(|at| people[*at].holds(&[stage.role], scope)).collect())
        .collect();
    let places: Vec<usize> = stages
        .iter()
        .enumerate()
        .flat_map(|(at, stage)| std::iter::repeat_n(at, usize::try_from(stage.approvals).unwrap_or(usize::MAX)))
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; people.len()];
    for place in 0..places.len() {
        seat(place, &places, &fits, &mut taken, &mut vec![false; people.len()]);
    }
    let free = |at: usize| taken.iter().flatten().filter(|place| places[**place] == at).count();
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let gaps = stages.iter().enumerate().filter(|(at, stage)| count(free(*at)) < stage.approvals);
    gaps.map(|(at, stage)| Gap {
        stage: stage.name.clone(),
        role: stage.role,
        needed: stage.approvals,
        there: count(fits[at].len()),
        free: count(free(at)),
    })
    .collect()
}

/// Finds somebody for a place, moving others to where they fit too.
fn seat(
    place: usize,
    places: &[usize],
    fits: &[Vec<usize>],
    taken: &mut [Option<usize>],
    asked: &mut Vec<bool>,
) -> bool {
    for &person in &fits[places[place]] {
        if std::mem::replace(&mut asked[person], true) {
            continue;
        }
        if taken[person].is_none_or(|other| seat(other, places, fits, taken, asked)) {
            taken[person] = Some(place);
            return true;
        }
    }
    false
}

/// Whether anybody writes what a rule is about, in an agency and a language: where nobody does, nobody is missed.
pub fn is_in_use(rule: Option<&Rule>, people: &[Actor], agency: &Code, locale: &LocaleTag) -> bool {
    let Some(rule) = rule else { return writes(people, &[Role::Author, Role::Translator], agency, locale) };
    let roles: &[Role] = match rule.side {
        Side::Any => &[Role::Author, Role::Translator],
        Side::Source => &[Role::Author],
        Side::Translation => &[Role::Translator],
    };
    (rule.agencies.is_empty() || rule.agencies.contains(agency))
        && (rule.locales.is_empty() || rule.locales.contains(locale))
        && writes(people, roles, agency, locale)
}

fn writes(people: &[Actor], roles: &[Role], agency: &Code, locale: &LocaleTag) -> bool {
    let scope = Scope { agency: Some(agency), locale: Some(locale) };
    people.iter().any(|person| person.holds(roles, scope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::access::Grant, kernel::AccountId};

    fn person(roles: &[Role]) -> Actor {
        let grants = roles.iter().map(|role| Grant { role: *role, agency: None, locale: None }).collect();
        Actor { id: AccountId::new(), grants, delegated: vec![] }
    }

    fn short(stages: &[Stage], people: &[Actor]) -> Vec<(String, u32, u32)> {
        let (agency, locale) = ("bao".parse().unwrap(), "en".parse().unwrap());
        let gaps = unsatisfied(stages, people, &agency, &locale);
        gaps.into_iter().map(|gap| (gap.stage, gap.there, gap.free)).collect()
    }

    #[test]
    fn one_person_fills_one_stage_whatever_roles_they_hold() {
        let stages = [Stage::new("review", Role::Reviewer, 0), Stage::new("approval", Role::Approver, 1)];
        let both = || person(&[Role::Reviewer, Role::Approver]);

        assert_eq!(short(&stages, &[]), [("review".to_owned(), 0, 0), ("approval".to_owned(), 0, 0)]);
        assert_eq!(short(&stages, &[both()]), [("approval".to_owned(), 1, 0)]);
        assert_eq!(short(&stages, &[both(), person(&[Role::Reviewer])]), []);
        // Whoever comes first is moved to where nobody else fits.
        assert_eq!(short(&stages, &[both(), person(&[Role::Approver])]), []);
        assert_eq!(short(&stages, &[both(), both()]), []);
    }

    #[test]
    fn several_approvals_need_several_people_and_limits_count() {
        let two = Stage { approvals: 2, ..Stage::new("approval", Role::Approver, 0) };
        let mut far = person(&[Role::Approver]);
        far.grants[0].agency = Some("so".parse().unwrap());

        assert_eq!(
            short(std::slice::from_ref(&two), &[person(&[Role::Approver]), far]),
            [("approval".to_owned(), 1, 1)]
        );
        assert_eq!(short(&[two], &[person(&[Role::Approver]), person(&[Role::Approver])]), []);
    }

    #[test]
    fn nobody_is_missed_where_nobody_writes() {
        let (agency, locale): (Code, LocaleTag) = ("bao".parse().unwrap(), "en".parse().unwrap());
        let translation = Rule { side: Side::Translation, ..Rule::any() };
        let (author, translator) = ([person(&[Role::Author])], [person(&[Role::Translator])]);

        assert!(!is_in_use(Some(&translation), &author, &agency, &locale));
        assert!(is_in_use(Some(&translation), &translator, &agency, &locale));
        assert!(is_in_use(None, &author, &agency, &locale));
        let elsewhere = Rule { agencies: vec!["so".parse().unwrap()], ..translation };
        assert!(!is_in_use(Some(&elsewhere), &translator, &agency, &locale));
    }
}
