//! Who may do what: roles, grants, and permits that only these rules can make.

use std::marker::PhantomData;

use super::article::text_enum;
use crate::kernel::{AccountId, Code, DelegationId, LocaleTag};

text_enum! {
    /// What a person does in the office.
    Role {
        /// Writes source texts.
        Author = "author",
        /// Makes editions in other languages.
        Translator = "translator",
        /// First to read and decide.
        Reviewer = "reviewer",
        /// Signs off.
        Approver = "approver",
        /// Makes public and takes down.
        Publisher = "publisher",
        /// Looks after journalists and embargoes.
        PressOfficer = "press_officer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Looks after accounts and vocabularies.
        Admin = "admin",
    }
}

/// A role, for one agency or all, for one locale or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What the person may be.
    pub role: Role,
    /// For this agency only.
    pub agency: Option<Code>,
    /// For this locale only.
    pub locale: Option<LocaleTag>,
}

/// What an act touches: nothing in particular, an agency's article, or one of its editions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// The agency that owns the article.
    pub agency: Option<&'a Code>,
    /// The edition's locale.
    pub locale: Option<&'a LocaleTag>,
}

impl Grant {
    /// Whether the grant reaches a scope: a limit that the scope does not name is not met.
    pub fn covers(&self, scope: Scope<'_>) -> bool {
        let agency = self.agency.as_ref().is_none_or(|mine| scope.agency == Some(mine));
        let locale = self.locale.as_ref().is_none_or(|mine| scope.locale == Some(mine));
        agency && locale
    }

    /// Whether whoever holds this holds the other too.
    pub fn includes(&self, other: &Self) -> bool {
        let agency = self.agency.is_none() || self.agency == other.agency;
        let locale = self.locale.is_none() || self.locale == other.locale;
        self.role == other.role && agency && locale
    }
}

/// A person with the grants that were read in this very transaction.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub id: AccountId,
    /// What they may be, now.
    pub grants: Vec<Grant>,
    /// What they may decide for others, now; never passed on.
    pub delegated: Vec<Delegated>,
}

/// A right of another person that somebody decides by meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegated {
    /// By which delegation.
    pub by: DelegationId,
    /// Whose right it is; they hold it themselves, now.
    pub of: AccountId,
    /// The right.
    pub grant: Grant,
}

impl Actor {
    /// Whether some grant of one of the roles covers the scope.
    pub fn holds(&self, roles: &[Role], scope: Scope<'_>) -> bool {
        self.grants.iter().any(|grant| roles.contains(&grant.role) && grant.covers(scope))
    }

    /// The delegations by which the person may decide at a stage, in the order in which they were given.
    pub fn stands_in(&self, role: Role, scope: Scope<'_>) -> impl Iterator<Item = &Delegated> {
        self.delegated.iter().filter(move |one| one.grant.role == role && one.grant.covers(scope))
    }

    /// Whether the person reads an agency's work in progress: who decides for another reads what the other reads.
    pub fn reads_drafts_of(&self, agency: &Code) -> bool {
        let stands_in = self.delegated.iter().map(|one| &one.grant);
        self.grants.iter().chain(stands_in).any(|grant| match grant.role {
            // A translator belongs to an agency only where the grant says so.
            Role::Translator => grant.agency.as_ref() == Some(agency),
            _ => grant.agency.as_ref().is_none_or(|mine| mine == agency),
        })
    }

    /// Whether the person translates for an agency, into whatever language.
    pub fn translates_for(&self, agency: &Code) -> bool {
        self.grants.iter().any(|g| g.role == Role::Translator && g.agency.as_ref().is_none_or(|mine| mine == agency))
    }
}

/// Something that is allowed to some roles.
pub trait Permission {
    /// The roles that it is allowed to.
    const ROLES: &'static [Role];
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = [$($role:ident),+];)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Permission for $name {
            const ROLES: &'static [Role] = &[$(Role::$role),+];
        }
    )+};
}

permissions! {
    /// Begin an article and change what its editions share.
    WriteArticle = [Author];
    /// Write the source edition's text.
    WriteSource = [Author];
    /// Write a translation's text.
    Translate = [Translator];
    /// Decide at the first stage.
    Review = [Reviewer];
    /// Decide at the last stage.
    Approve = [Approver];
    /// Say something about a text that others are to settle.
    Comment = [Author, Translator, Reviewer, Approver, Publisher, PressOfficer];
    /// Propose another wording of a text that somebody else wrote.
    Suggest = [Reviewer, Approver];
    /// Make public, take down.
    Publish = [Publisher];
    /// Show a text that is not published to somebody outside.
    Share = [Author, Translator, Reviewer, Approver, Publisher, PressOfficer];
    /// Look after accounts and vocabularies.
    Administer = [Admin];
    /// Bring in what was written in another system.
    Import = [Admin];
    /// Read the audit chain.
    Audit = [Auditor, Admin];
}

/// Proof that the rules allowed something to someone, made inside the transaction that does it.
#[derive(Debug)]
pub struct Permit<P> {
    by: AccountId,
    what: PhantomData<P>,
}

impl<P> Permit<P> {
    /// Whom it was given to.
    pub fn by(&self) -> AccountId {
        self.by
    }
}

/// The permit, if the actor's grants cover the scope.
pub fn permit<P: Permission>(actor: &Actor, scope: Scope<'_>) -> Option<Permit<P>> {
    actor.holds(P::ROLES, scope).then_some(Permit { by: actor.id, what: PhantomData })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, agency: Option<&str>, locale: Option<&str>) -> Actor {
        let grant =
            Grant { role, agency: agency.map(|a| a.parse().unwrap()), locale: locale.map(|l| l.parse().unwrap()) };
        Actor { id: AccountId::new(), grants: vec![grant], delegated: vec![] }
    }

    #[test]
    fn a_grant_reaches_only_its_agency_and_its_locale() {
        let (bao, so): (Code, Code) = ("bao".parse().unwrap(), "so".parse().unwrap());
        let (vi, en): (LocaleTag, LocaleTag) = ("vi".parse().unwrap(), "en".parse().unwrap());
        let publisher = actor(Role::Publisher, Some("bao"), Some("vi"));
        assert!(permit::<Publish>(&publisher, Scope { agency: Some(&bao), locale: Some(&vi) }).is_some());
        assert!(permit::<Publish>(&publisher, Scope { agency: Some(&so), locale: Some(&vi) }).is_none());
        assert!(permit::<Publish>(&publisher, Scope { agency: Some(&bao), locale: Some(&en) }).is_none());
        assert!(permit::<Publish>(&publisher, Scope { agency: Some(&bao), locale: None }).is_none());
        assert!(permit::<Approve>(&publisher, Scope { agency: Some(&bao), locale: Some(&vi) }).is_none());
    }

    #[test]
    fn no_grant_allows_nothing() {
        let nobody = Actor { id: AccountId::new(), grants: vec![], delegated: vec![] };
        assert!(permit::<Administer>(&nobody, Scope::default()).is_none());
    }

    #[test]
    fn a_translator_without_an_agency_reads_no_drafts() {
        let bao: Code = "bao".parse().unwrap();
        assert!(!actor(Role::Translator, None, Some("en")).reads_drafts_of(&bao));
        assert!(actor(Role::Translator, Some("bao"), Some("en")).reads_drafts_of(&bao));
        assert!(actor(Role::Reviewer, None, None).reads_drafts_of(&bao));
        assert!(!actor(Role::Reviewer, Some("so"), None).reads_drafts_of(&bao));
    }
}
