//! Every reason for which the product says no: a stable slug, a status, and texts in each language.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $status:literal;)+) => {
        /// Why a request was refused. The slug is for programs and never changes;
        /// the texts for people are `problem-<slug>` in `locales/<tag>/problems.ftl`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// All codes, in the order of their statuses.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)+ }
            }

            /// The HTTP status that the code goes with.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }
        }
    };
}

codes! {
    /// The body is no JSON.
    MalformedJson = "malformed-json", 400;
    /// The body's bytes are no UTF-8.
    BadEncoding = "bad-encoding", 400;
    /// An object of the body has a member twice.
    DuplicateKey = "duplicate-key", 400;
    /// The body has a member that the operation does not know.
    UnknownField = "unknown-field", 400;
    /// The query has a parameter that the operation does not know.
    UnknownParameter = "unknown-parameter", 400;
    /// A query parameter's value is none that it can have.
    BadParameter = "bad-parameter", 400;
    /// The cursor is none of this list.
    BadCursor = "bad-cursor", 400;
    /// A request header cannot be read.
    BadHeader = "bad-header", 400;
    /// Search is not built into this installation.
    SearchUnavailable = "search-unavailable", 400;
    /// No sign-in, or one that does not hold.
    Unauthenticated = "unauthenticated", 401;
    /// The address and password do not belong together.
    BadCredentials = "bad-credentials", 401;
    /// The refresh token is not valid, or was used before.
    BadRefreshToken = "bad-refresh-token", 401;
    /// Readable by this account, but not allowed to it.
    Forbidden = "forbidden", 403;
    /// One's own text is decided by others.
    OwnText = "own-text", 403;
    /// One person decides one stage of a case only.
    SecondStage = "second-stage", 403;
    /// Nothing here, or nothing that this account may see.
    NotFound = "not-found", 404;
    /// The method is not one that the address has.
    MethodNotAllowed = "method-not-allowed", 405;
    /// None of the accepted media types can be given.
    NotAcceptable = "not-acceptable", 406;
    /// The request came too slowly.
    RequestTimeout = "request-timeout", 408;
    /// The address in its locale is another edition's for ever.
    SlugTaken = "slug-taken", 409;
    /// Another account has the e-mail address.
    EmailTaken = "email-taken", 409;
    /// The code or tag is taken.
    CodeTaken = "code-taken", 409;
    /// Something points at it, so it cannot be removed.
    InUse = "in-use", 409;
    /// A case is open over this revision already.
    CaseOpen = "case-open", 409;
    /// No case is open.
    NoOpenCase = "no-open-case", 409;
    /// The stage is decided already, or its turn has not come.
    NotItsTurn = "not-its-turn", 409;
    /// No workflow is there for such a text.
    NoWorkflow = "no-workflow", 409;
    /// A blocking check is open, and nobody answers for letting it pass.
    CheckOpen = "check-open", 409;
    /// The text has changed since the person read it.
    HashMismatch = "hash-mismatch", 409;
    /// No approved case covers this text.
    NotApproved = "not-approved", 409;
    /// An approval no longer holds: the grant it rested on is gone, or it is an author's.
    ApprovalLapsed = "approval-lapsed", 409;
    /// This very text is public already.
    AlreadyPublished = "already-published", 409;
    /// A translation is not published before its source.
    SourceNotPublished = "source-not-published", 409;
    /// The edition is not public.
    NotPublished = "not-published", 409;
    /// The edition was taken down.
    TakenDown = "taken-down", 409;
    /// The suggestion was accepted or rejected before.
    SuggestionAnswered = "suggestion-answered", 409;
    /// The segment that a suggestion is about says something else by now.
    SuggestionOutdated = "suggestion-outdated", 409;
    /// The translation follows its source.
    NotStale = "not-stale", 409;
    /// The edition was not taken down.
    NotTakenDown = "not-taken-down", 409;
    /// Nothing is ordered for a later moment.
    NotScheduled = "not-scheduled", 409;
    /// The order is a release's, which waits or is called off as a whole.
    InRelease = "in-release", 409;
    /// The last administrator keeps the right.
    LastAdministrator = "last-administrator", 409;
    /// Was public, is withdrawn.
    Gone = "gone", 410;
    /// The version that the request names is not the newest.
    PreconditionFailed = "precondition-failed", 412;
    /// The body is longer than the operation takes.
    BodyTooLarge = "body-too-large", 413;
    /// The media type is none that the operation takes.
    UnsupportedMediaType = "unsupported-media-type", 415;
    /// A body with a content encoding is not taken.
    ContentEncoding = "content-encoding", 415;
    /// Well-formed, but not valid; `errors` names the places.
    Invalid = "invalid", 422;
    /// The idempotency key came with another request before.
    IdempotencyReuse = "idempotency-reuse", 422;
    /// The change could be lost or overwrite another: `If-Match` is needed.
    PreconditionRequired = "precondition-required", 428;
    /// Too many attempts; `Retry-After` says when again.
    TooManyRequests = "too-many-requests", 429;
    /// A fault of ours.
    Internal = "internal", 500;
    /// Not able to answer now; `Retry-After` says when again.
    Unavailable = "unavailable", 503;
    /// As much is worked on as can be; `Retry-After` says when again.
    Busy = "busy", 503;
}

macro_rules! field_codes {
    ($($(#[$doc:meta])* $name:ident = $slug:literal;)+) => {
        /// What is wrong at one place of a body; its text is `field-<slug>` in `problems.ftl`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FieldCode {
            $($(#[$doc])* $name,)+
        }

        impl FieldCode {
            /// All field codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)+ }
            }
        }
    };
}

field_codes! {
    /// A needed member is not there or empty.
    Required = "required";
    /// The value is of another type; `expected`.
    WrongType = "wrong-type";
    /// The value is none of those it can be; `expected`.
    NotOneOf = "not-one-of";
    /// The member is not known; `name`.
    UnknownField = "unknown-field";
    /// The member stands twice; `name`.
    DuplicateKey = "duplicate-key";
    /// The text is longer than `max` characters.
    TooLong = "too-long";
    /// The text is longer than `max` bytes.
    TooLarge = "too-large";
    /// The text is shorter than `min` characters.
    TooShort = "too-short";
    /// There are more than `max`.
    TooMany = "too-many";
    /// The number is below `min`.
    TooSmall = "too-small";
    /// The same stands there twice; `name`.
    Duplicate = "duplicate";
    /// A character that XML cannot carry; `character`, and its `position` from 1.
    BadCharacter = "bad-character";
    /// No slug.
    BadSlug = "bad-slug";
    /// No readable slug can be made from the title; one has to be given.
    SlugNeeded = "slug-needed";
    /// No code.
    BadCode = "bad-code";
    /// No BCP 47 tag in its canonical spelling.
    BadLocale = "bad-locale";
    /// No e-mail address.
    BadEmail = "bad-email";
    /// No RFC 3339 moment with an offset.
    BadTime = "bad-time";
    /// No IANA time zone.
    BadTimeZone = "bad-time-zone";
    /// No decimal number written as text.
    BadDecimal = "bad-decimal";
    /// A decimal number that is not from `min` to `max`.
    OutOfRange = "out-of-range";
    /// No id.
    BadId = "bad-id";
    /// No SHA-256 value.
    BadHash = "bad-hash";
    /// The end is not after the beginning.
    EndsBeforeStart = "ends-before-start";
    /// No path that begins with one slash; `max`.
    BadAddress = "bad-address";
    /// The address is one of this system itself; `name`.
    OwnAddress = "own-address";
    /// The address leads to another edition; `name`.
    AddressTaken = "address-taken";
    /// The slug is another edition's; `name`.
    SlugTaken = "slug-taken";
    /// The moment is still to come.
    InFuture = "in-future";
    /// It is earlier than what stands before it.
    OutOfOrder = "out-of-order";
    /// A translation is not public without its source.
    SourceNotPublic = "source-not-public";
    /// The row was brought in before and said something else.
    RowChanged = "row-changed";
    /// What the row became was changed since.
    RowEdited = "row-edited";
    /// What is there cannot be read; `detail`.
    Unreadable = "unreadable";
    /// Nothing of that name exists; `name`.
    Unknown = "unknown";
    /// It would contain itself.
    Circle = "circle";
    /// This kind of article does not have it; `kind`.
    NotOfKind = "not-of-kind";
    /// Only a translation has it, not the source edition.
    NotOfSource = "not-of-source";
    /// The current password is another.
    WrongPassword = "wrong-password";
    /// The password is easily guessed.
    WeakPassword = "weak-password";
    /// A minor change touched what only a major one may; `before`, `after`.
    NotMinor = "not-minor";
    /// The person cannot decide there; `name`.
    CannotDecide = "cannot-decide";
    /// It has to be somebody else.
    OwnName = "own-name";
    /// A right that the person does not hold.
    NotHeld = "not-held";
    /// A placeholder for markup is missing, unknown, there twice or not closed.
    BadPlaceholder = "bad-placeholder";
    /// The text says what it said before.
    Unchanged = "unchanged";
    /// The grant cannot have that scope.
    BadScope = "bad-scope";
    /// The time lies in the past.
    InPast = "in-past";
    /// The markup or the JSON is nested deeper than `max`, or the markup too tangled.
    TooDeep = "too-deep";
    /// Nothing is left of the text after sanitising.
    EmptyBody = "empty-body";
    /// No http or https address that can be called.
    BadUrl = "bad-url";
    /// The address leads to this machine, its network, or nobody.
    NotOfTheWorld = "not-of-the-world";
    /// The address is called without encryption.
    NotEncrypted = "not-encrypted";
    /// No feed of ours has the address.
    NoFeed = "no-feed";
}

macro_rules! house_rules {
    ($($(#[$doc:meta])* $name:ident = $slug:literal;)+) => {
        /// A rule of the review that a refusal names, for programs and people; its text is `rule-<slug>` in
        /// `problems.ftl`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum HouseRule {
            $($(#[$doc])* $name,)+
        }

        impl HouseRule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)+ }
            }
        }
    };
}

house_rules! {
    /// Nobody decides on a text of their own, nor for somebody who wrote it.
    OwnText = "own-text";
    /// One person decides one stage of a case, under whichever name.
    OneStageEach = "one-stage-each";
    /// A stage is decided by who holds its role there.
    RoleOfStage = "role-of-stage";
    /// Stages follow one another.
    StageOrder = "stage-order";
    /// A stage that is given to a person is decided by that person.
    NamedPerson = "named-person";
    /// A decision is about the text that the person saw.
    SeenText = "seen-text";
    /// A text has one case at a time.
    OneCase = "one-case";
    /// A decision needs a case that waits.
    OpenCase = "open-case";
    /// Who writes a text submits it and takes it back.
    WritersSubmit = "writers-submit";
    /// Who decides at a stage, or administers, gives it to another.
    HoldersReassign = "holders-reassign";
    /// A right is lent by who holds it, to somebody else.
    OwnRight = "own-right";
    /// What goes public was approved, and the approval holds when it does.
    ApprovalHolds = "approval-holds";
}
