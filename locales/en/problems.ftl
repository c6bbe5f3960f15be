# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = The body is not JSON
    .detail = The body could not be read as JSON. Check brackets, quotation marks and commas, then send it again.
problem-bad-encoding = The body is not UTF-8
    .detail = The body contains bytes that are not valid UTF-8. Save or encode the text as UTF-8 and send it again.
problem-duplicate-key = A member appears twice
    .detail = An object in the body has the same member more than once, so it is unclear which value is meant. Keep one of them.
problem-unknown-field = Unknown member in the body
    .detail = The body has a member that this operation does not know. Check its spelling against the API documentation or leave it out.
problem-unknown-parameter = Unknown query parameter
    .detail = The address has a query parameter that this operation does not know. Check its spelling against the API documentation or leave it out.
problem-bad-parameter = A query parameter has an invalid value
    .detail = The value of a query parameter is not one it can have. The API documentation lists the values that are accepted.
problem-bad-cursor = The cursor does not belong to this list
    .detail = Use the cursor exactly as the previous page gave it, with the same filters, or start again from the first page without one.
problem-bad-header = A request header cannot be read
    .detail = One of the request headers is malformed. Correct or remove it and send the request again.
problem-search-unavailable = Search is not available
    .detail = This installation does not offer full-text search. Leave out the parameter q and filter by topic, kind or agency instead.
problem-unauthenticated = Please sign in
    .detail = This address needs a valid sign-in. Sign in, or renew the access token if it has expired, and try again.
problem-bad-credentials = The e-mail address or the password is wrong
    .detail = Check both and try again. An administrator can help if the password has been forgotten or the account has been closed.
problem-bad-refresh-token = The session has ended
    .detail = The refresh token is not valid or has already been used. Please sign in again.
problem-forbidden = Not allowed
    .detail = You can see this, but your account may not do what was asked. Ask an administrator if you need the permission.
problem-own-text = You cannot decide on your own text
    .detail = Everyone who has worked on a text is one of its authors, and a text is decided on by others. Ask a colleague who has not edited it.
problem-second-stage = You have already decided on this case
    .detail = Each stage of a review is decided by a different person. This stage needs someone who has not decided on the case before.
problem-not-found = Not found
    .detail = There is nothing at this address, or nothing your account may see. Check the address.
problem-method-not-allowed = This method is not available here
    .detail = The address exists but does not support this method. The Allow header lists the methods it does.
problem-not-acceptable = None of the requested formats is available
    .detail = The Accept header allows none of the formats in which this can be delivered. Widen it or leave it out.
problem-request-timeout = The request took too long to arrive
    .detail = The request was not received completely in time. Check the connection and send it again.
problem-slug-taken = This address is already taken
    .detail = Another edition has, or once had, this slug in the same language, and an address never changes its meaning. Choose another slug.
problem-email-taken = This e-mail address is already in use
    .detail = Another account has this e-mail address. Use a different one, or change the account that exists.
problem-code-taken = This code is already taken
    .detail = Another entry has this code or language tag. Codes are permanent, so choose a different one.
problem-in-use = Still in use
    .detail = Other records refer to this entry, so it cannot be removed. Detach them first.
problem-case-open = This text is already under review
    .detail = A review of this revision is open. Wait for the decision, or take the submission back to make changes.
problem-no-open-case = No review is open
    .detail = There is no open review here: it has been decided, was taken back, or was overtaken by a newer revision. Reload to see where the text stands.
problem-not-its-turn = It is not this stage’s turn
    .detail = The stage has been decided already, or its turn has not come. The member waiting_for names the stage and the role whose move it is.
problem-no-workflow = No review workflow fits this text
    .detail = No active workflow covers this kind of article, language and agency. Ask an administrator to add or activate one.
problem-check-open = A check still blocks this text
    .detail = A blocking check is open and nobody has answered for letting it pass. Correct the text, or have an approver waive the check with a reason when deciding.
problem-hash-mismatch = The text has changed since you read it
    .detail = What you saw is no longer the current text. Reload, read it again, and then decide or publish.
problem-not-approved = This text has not been approved
    .detail = Only a text that has passed every stage of its review can be published. Submit it for review first.
problem-approval-lapsed = The approval no longer holds
    .detail = Someone who approved this text no longer has that right, or has since become one of its authors. Submit the text for review again.
problem-already-published = This text is already public
    .detail = The text that is live is this very one, so there is nothing to publish.
problem-source-not-published = The original has not been published yet
    .detail = The workflow does not let a translation appear before its source. Publish the source edition first.
problem-not-published = This edition is not public
    .detail = What was asked for is only possible with a published edition. Publish it first.
problem-taken-down = This edition has been taken down
    .detail = The text that was withdrawn or retracted is not published a second time. Restore the edition if its approval still holds, or save a new text, have it approved and publish that.
problem-not-taken-down = This edition has not been taken down
    .detail = Only a withdrawn or retracted edition can be restored. Reload it to see how it stands now.
problem-not-scheduled = Nothing is waiting for a later time
    .detail = The order has been carried out or called off, or none was ever given. Reload the edition to see what became of it.
problem-in-release = This edition is part of a release
    .detail = It has been ordered for a later time together with others. Call off the whole release first, then order this edition on its own.
problem-last-administrator = The last administrator must remain
    .detail = Without this account nobody could administer the system. Appoint another administrator first.
problem-suggestion-answered = This suggestion has been answered
    .detail = It was accepted or rejected before. Load the list of suggestions again.
problem-suggestion-outdated = This suggestion no longer fits the text
    .detail = The segment it is about has changed since the suggestion was made, so it cannot be applied. Reject it, or make a new one.
problem-not-stale = This translation is not out of date
    .detail = Nothing has changed in the source that would need confirming. Attest that a translation still holds only when its source has changed.
problem-gone = No longer published
    .detail = This article was published and has since been taken down. The public note says why.
problem-precondition-failed = Someone else has changed this in the meantime
    .detail = The version named in the request is not the newest one. Reload, apply your change to the current version and save again.
problem-body-too-large = The request is too large
    .detail = The body is larger than this operation accepts. Shorten the text or reduce the file and send it again.
problem-unsupported-media-type = This media type is not accepted
    .detail = The operation does not accept the Content-Type of the request. The API documentation names the types it takes, most often application/json.
problem-content-encoding = Compressed requests are not accepted
    .detail = The body carries a Content-Encoding. Send it uncompressed.
problem-invalid = Some of the information is not valid
    .detail = The request was understood but cannot be accepted as it is. The list of errors names each place and what to correct.
problem-idempotency-reuse = The idempotency key has already been used
    .detail = This key was sent before with a different request. Use a new key for each new request, and repeat a key only with the same body.
problem-precondition-required = The version you are changing must be named
    .detail = Send If-Match with the ETag you last received, so that nobody's work is overwritten unnoticed.
problem-too-many-requests = Too many requests
    .detail = Please wait before trying again. The Retry-After header says for how many seconds.
problem-internal = Something went wrong on our side
    .detail = The request could not be completed because of a fault in the system. Try again later and, if it happens again, give the administrator the request number.
problem-unavailable = Temporarily unavailable
    .detail = The system cannot answer at the moment. The Retry-After header says when to try again.
problem-busy = Busy
    .detail = Too many requests are being worked on at once. The Retry-After header says when to try again.

# What is wrong at one place of a request.

field-required = This is required.
field-wrong-type =
    { $expected ->
        [string] The value has the wrong type; expected: text.
        [number] The value has the wrong type; expected: a number.
        [integer] The value has the wrong type; expected: a whole number.
        [boolean] The value has the wrong type; expected: true or false.
        [array] The value has the wrong type; expected: a list.
        [object] The value has the wrong type; expected: an object.
       *[other] The value has the wrong type; expected: { $expected }.
    }
field-not-one-of = The value must be one of: { $expected }.
field-unknown-field = There is no member called “{ $name }” here.
field-duplicate-key = The member “{ $name }” appears twice.
field-too-deep = The content is nested more than { $max } levels deep, or its markup is too tangled. Please simplify its structure and try again.
field-too-long =
    { $max ->
        [one] Too long: at most one character.
       *[other] Too long: at most { $max } characters.
    }
field-too-large = Too large: at most { $max } bytes.
field-too-short =
    { $min ->
        [one] Too short: at least one character.
       *[other] Too short: at least { $min } characters.
    }
field-too-many =
    { $max ->
        [one] Too many: at most one.
       *[other] Too many: at most { $max }.
    }
field-too-small = Too small: at least { $min }.
field-duplicate = “{ $name }” is named twice.
field-bad-character = The character { $character } at position { $position } cannot be used in a text. Remove it.
field-bad-slug = Use lower-case letters a–z and digits, with single hyphens between words.
field-slug-needed = No readable address can be made from this title. Enter a slug.
field-bad-code = Use lower-case letters a–z and digits, with single hyphens between words.
field-bad-locale = This is not a language tag in its usual spelling, such as vi or zh-Hans.
field-bad-email = This is not an e-mail address.
field-bad-time = Give date, time and offset, for example 2026-09-02T08:00:00+07:00.
field-bad-time-zone = This is not a time zone such as Asia/Ho_Chi_Minh.
field-bad-decimal = Write the number as text with a decimal point and at most 18 digits, for example "1250.5".
field-out-of-range = The number must be from { $min } to { $max }.
field-bad-id = This is not a valid identifier.
field-bad-hash = This is not a SHA-256 value.
field-ends-before-start = The end must be after the beginning.
field-unknown = “{ $name }” does not exist.
field-circle = An entry cannot contain itself, directly or through others.
field-not-of-kind =
    { $kind ->
        [news] An article of the kind “{ kind-news }” does not have this.
        [feature] An article of the kind “{ kind-feature }” does not have this.
        [press_release] An article of the kind “{ kind-press_release }” does not have this.
        [statement] An article of the kind “{ kind-statement }” does not have this.
        [event] An article of the kind “{ kind-event }” does not have this.
        [investment] An article of the kind “{ kind-investment }” does not have this.
        [destination] An article of the kind “{ kind-destination }” does not have this.
       *[other] An article of the kind “{ $kind }” does not have this.
    }
field-not-of-source = The source edition does not have this; only a translation does.
field-wrong-password = The current password is not correct.
field-weak-password = This password is easy to guess. Choose a longer or less common one.
field-not-minor = A minor change may not touch figures, links or names (“{ $before }” became “{ $after }”). Save this as a major change.
field-bad-placeholder = Marks such as {"{1}"} and {"{/1}"} stand for the formatting of the segment: keep them all, each exactly once, opening before closing.
field-unchanged = The text is the same as before.
field-cannot-decide = This person cannot decide at that stage.
field-own-name = Name somebody else: nobody can stand in for themselves.
field-not-held = You can only lend a right that you hold yourself.
field-bad-scope = This role cannot be limited in this way.
field-in-past = This time has already passed.
field-empty-body = Nothing of the text remains after clean-up. Enter text in the permitted HTML.
field-bad-url = This is no complete http or https address that can be called: without a user name, a password or a part after #, on port 80, 443 or one from 1024 up.
field-not-of-the-world = This address leads to this machine, its network or a reserved range. Give a public address of the internet.
field-not-encrypted = This address is not encrypted. Give an https address.
field-no-feed = No feed of ours has this address. Give exactly the one that the feed states in its rel="self" link.

field-bad-address = An old address is a path that begins with exactly one slash, has no white space and is at most { $max } characters long.
field-own-address = “{ $name }” is an address of this system itself and cannot be an old one.
field-address-taken = The address “{ $name }” belongs to another article.
field-slug-taken = The address “{ $name }” belongs to another article.
field-in-future = This time is still to come.
field-out-of-order = This is earlier than what stands before it.
field-source-not-public = A translation cannot be public while its source is not.
field-row-changed = This row was brought in before and said something else. Please change the article here instead.
field-row-edited = This edition was edited after it was brought in, so it has to be reviewed.
field-unreadable = This cannot be read: { $detail }

# The rule of the review that a refusal names.

rule-own-text = Nobody decides on a text of their own, nor on behalf of someone who wrote it.
rule-one-stage-each = Each person decides one stage of a case only, in their own name or in another’s.
rule-role-of-stage = A stage is decided by those who hold its role in that scope.
rule-stage-order = Stages follow one another in their order.
rule-named-person = A stage that has been given to a person is decided by that person.
rule-seen-text = A decision is about the very text that the person has read.
rule-one-case = A text has one open case at a time.
rule-open-case = A decision needs a case that is waiting for it.
rule-writers-submit = Those who write a text submit it and take it back.
rule-holders-reassign = Only holders of the stage’s role or an administrator may give the stage to someone.
rule-own-right = A right is lent only by whoever holds it, and to somebody else.
rule-approval-holds = Only what has been approved is published, and only while the approval holds.
