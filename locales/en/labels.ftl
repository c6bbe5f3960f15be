# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = News
kind-feature = Feature
kind-press_release = Press release
kind-statement = Statement
kind-event = Event
kind-investment = Investment opportunity
kind-destination = Destination

state-draft = Draft
state-in_review = In review
state-changes_requested = Changes requested
state-approved = Approved
state-scheduled = Scheduled
state-published = Published
state-withdrawn = Withdrawn
state-retracted = Retracted

role-author = Author
role-translator = Translator
role-reviewer = Reviewer
role-approver = Approver
role-publisher = Publisher
role-press_officer = Press officer
role-auditor = Auditor
role-admin = Administrator

takedown-withdraw = Withdrawal
takedown-retract = Retraction

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = This article has been taken down because it contained a factual error.
reason-wrong_figure = This article has been taken down because it contained incorrect figures.
reason-wrong_name = This article has been taken down because it gave a wrong name.
reason-legal = This article has been taken down for legal reasons.
reason-duplicate = This article has been taken down because it had been published twice.
reason-outdated = This article has been taken down because its information is out of date.
reason-request = This article has been taken down at the request of the people or organisations concerned.
reason-security = This article has been taken down for reasons of information security.
reason-expired = This article has been taken down because the period for which it was published has ended.
reason-source_retracted = This article has been taken down while its original version is being re-examined.
reason-other = This article has been taken down.
