# The approval sheet: a page to print for each act of publication, saying who approved which text, and when.

sheet-title = Approval sheet
sheet-act-publish = Published
sheet-act-update = Updated
sheet-act-correct = Corrected
sheet-act-withdraw = Withdrawn
sheet-act-retract = Retracted
sheet-act-restore = Restored
sheet-printed = Printed at { $moment }
sheet-language = Language
sheet-article = Article ID
sheet-guid = Global identifier
sheet-address = Public address

sheet-text = Text

sheet-writers = Written by
sheet-workflow = Review workflow
sheet-submitted = Submitted by
sheet-decisions = Decisions
sheet-no-case = Taking an article down needs no approval; whoever has the right does it at once.
sheet-stage = Stage
sheet-role = Role
sheet-person = Decided by
sheet-on-behalf = { $person } (on behalf of { $owner })
sheet-verdict = Decision
sheet-verdict-approve = Approved
sheet-verdict-request_changes = Changes requested
sheet-when = Time
sheet-comment = Reviewer’s comment
sheet-carried = given to revision { $revision }, hash { $hash }
sheet-changes = Changed since those decisions
sheet-changes-note = Decisions marked with a revision were given to an earlier text. Between that text and this one lie only the accepted suggestions below; the later stages approved this text as it stands.
sheet-revision = Revision
sheet-before = Before
sheet-after = After
sheet-suggested-by = Suggested by
sheet-taken-by = Accepted by

sheet-made-by = Carried out by
sheet-note = Public note
sheet-reason = Reason

sheet-approval-hash = Approval hash (SHA-256)
sheet-envelope-hash = Envelope hash (SHA-256)
sheet-key = Signing key

sheet-sound = The text, the decisions and the signature on this sheet belong together.
sheet-unsound = The text, the decisions or the signature on this sheet do not belong together. Do not rely on it, and tell an administrator at once.

sheet-verify = How to check
sheet-verify-text = The content hash is the SHA-256 of the exact bytes at this address:
sheet-verify-envelope = The envelope hash and the signature cover the exact bytes at this address:
sheet-verify-keys = The public key named on this sheet is at this address:
