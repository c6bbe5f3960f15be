//! Workflows as data: ordered stages under a name and a version, and the rule by which one is chosen.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    domain::{
        access::Role,
        article::{Kind, text_enum},
    },
    kernel::{Code, Digest, LocaleTag, canonical_json},
};

/// Stages of a workflow at most.
pub const MAX_STAGES: usize = 10;
/// Approvals of a stage at most.
pub const MAX_APPROVALS: u32 = 9;
/// Hours until a stage is due at most: eight weeks.
pub const MAX_DEADLINE: u32 = 1_344;
/// The most that a rule's priority can be; the least is as much below nought.
pub const MAX_PRIORITY: i32 = 1_000;

/// The roles that can decide at a stage: those who write do not, and neither do those who look after the system.
pub const DECIDING: &[Role] = &[Role::Reviewer, Role::Approver, Role::Publisher, Role::PressOfficer];

/// One step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name for programs.
    pub name: String,
    /// Who decides.
    pub role: Role,
    /// How many of them have to agree.
    pub approvals: u32,
    /// Stages of the same group, one after the other in the list, run side by side.
    pub group: u32,
    /// Hours after its turn came until it is due; nothing if it never is.
    pub deadline_hours: Option<u32>,
    /// Whether it comes after the approval and holds nothing up: somebody reads again what was urgent.
    pub after: bool,
}

impl Stage {
    /// A stage that one person decides, without a deadline.
    pub fn new(name: &str, role: Role, group: u32) -> Self {
        Self { name: name.to_owned(), role, approvals: 1, group, deadline_hours: None, after: false }
    }

    /// The same that is due after so many hours.
    #[must_use]
    pub fn due_in(self, hours: u32) -> Self {
        Self { deadline_hours: Some(hours), ..self }
    }

    /// The members that are kept and hashed.
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "role": self.role.as_str(),
            "approvals": self.approvals,
            "group": self.group,
            "deadline_hours": self.deadline_hours,
            "after": self.after,
        })
    }
}

/// Ordered stages under a name and a version; a case keeps the version it began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Its name for programs.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Its stages, first to last.
    pub stages: Vec<Stage>,
}

impl Workflow {
    /// Two people: one who reviews, one who approves. Cases of before there were others have it; no new one does.
    pub fn standard() -> Self {
        Self {
            code: "standard".to_owned(),
            version: 1,
            stages: vec![Stage::new("review", Role::Reviewer, 0), Stage::new("approval", Role::Approver, 1)],
        }
    }

    /// One administrator, who decides on record that what another system had public is public here. It is run by
    /// an import alone: nobody can submit a text to it.
    pub fn import() -> Self {
        Self { code: "import".to_owned(), version: 1, stages: vec![Stage::new("import", Role::Admin, 0)] }
    }
}

text_enum! {
    /// Whether more care is due with an article than with others.
    Sensitivity {
        /// As with any.
        Normal = "normal",
        /// Sovereignty, religion, ethnic affairs, persons: what a mistake would harm.
        Sensitive = "sensitive",
    }
}

text_enum! {
    /// Which editions a rule is about.
    Side {
        /// All.
        Any = "any",
        /// The one that was written first.
        Source = "source",
        /// Those made from it.
        Translation = "translation",
    }
}

/// When a workflow is chosen: all that it names has to fit; an empty list fits all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// In these languages.
    pub locales: Vec<LocaleTag>,
    /// Of these agencies.
    pub agencies: Vec<Code>,
    /// Of this sensitivity.
    pub sensitivity: Option<Sensitivity>,
    /// Of this side.
    pub side: Side,
    /// Submitted as urgent, or not.
    pub urgent: Option<bool>,
    /// Before others that fit, however much these say.
    pub priority: i32,
}

impl Rule {
    /// A rule that fits everything.
    pub fn any() -> Self {
        Self {
            kinds: Vec::new(),
            locales: Vec::new(),
            agencies: Vec::new(),
            sensitivity: None,
            side: Side::Any,
            urgent: None,
            priority: 0,
        }
    }

    /// The members that are kept and hashed.
    pub fn to_json(&self) -> Value {
        json!({
            "kinds": self.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "locales": self.locales.iter().map(LocaleTag::as_str).collect::<Vec<_>>(),
            "agencies": self.agencies.iter().map(Code::as_str).collect::<Vec<_>>(),
            "sensitivity": self.sensitivity.map(Sensitivity::as_str),
            "side": self.side.as_str(),
            "urgent": self.urgent,
            "priority": self.priority,
        })
    }
}

/// One version of a workflow as administrators keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name, version and stages.
    pub workflow: Workflow,
    /// Its names for people, by locale.
    pub names: BTreeMap<String, String>,
    /// When it is chosen; one without a rule is run by its name alone.
    pub rule: Option<Rule>,
    /// Whether a translation that it approved may be public before its source.
    pub independent: bool,
    /// Whether it is chosen at all.
    pub active: bool,
}

impl Definition {
    /// `workflow_v1`: the hash that the audit chain keeps of this version.
    pub fn digest(&self) -> Digest {
        Digest::of(canonical_json(&json!({
            "v": 1,
            "code": self.workflow.code,
            "version": self.workflow.version,
            "names": self.names,
            "stages": self.workflow.stages.iter().map(Stage::to_json).collect::<Vec<_>>(),
            "rule": self.rule.as_ref().map(Rule::to_json),
            "independent": self.independent,
            "active": self.active,
        })))
    }
}

/// The workflow by which refreshed shared fields are approved.
pub const SHARED_FIELDS: &str = "shared-fields";
/// The workflow by which it is recorded that an edition still holds.
pub const ATTESTATION: &str = "attestation";

/// The workflows that every installation begins with.
pub fn shipped() -> Vec<Definition> {
    let review = || Stage::new("review", Role::Reviewer, 0).due_in(24);
    let approval = |group| Stage::new("approval", Role::Approver, group).due_in(24);
    let language = || Stage::new("language-review", Role::Reviewer, 0).due_in(48);
    let after = Stage { after: true, ..Stage::new("after-review", Role::Reviewer, 1).due_in(12) };
    let last = Stage::new("final-approval", Role::Approver, 2).due_in(24);
    let side = |side| Some(Rule { side, ..Rule::any() });
    let sensitive = Rule { sensitivity: Some(Sensitivity::Sensitive), ..Rule::any() };
    let urgent = Rule { urgent: Some(true), ..Rule::any() };
    let one = |code: &str, vi: &str, en: &str, stages, rule| Definition {
        workflow: Workflow { code: code.to_owned(), version: 1, stages },
        names: [("vi", vi), ("en", en)].map(|(tag, name)| (tag.to_owned(), name.to_owned())).into(),
        rule,
        independent: false,
        active: true,
    };
    vec![
        one("source", "Bản gốc", "Source text", vec![review(), approval(1)], side(Side::Source)),
        one("translation", "Bản dịch", "Translation", vec![language(), approval(1)], side(Side::Translation)),
        one("sensitive", "Nội dung nhạy cảm", "Sensitive content", vec![review(), approval(1), last], Some(sensitive)),
        one("urgent", "Tin khẩn", "Urgent news", vec![approval(0).due_in(1), after], Some(urgent)),
        one(SHARED_FIELDS, "Thông tin chung", "Shared fields", vec![approval(0)], None),
        one(ATTESTATION, "Xác nhận bản dịch còn đúng", "Attestation", vec![language()], None),
    ]
}
