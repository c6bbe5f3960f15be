# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") }, { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = Published { $moment }
page-updated-at = Updated { $moment }
page-version = Version { $version }

page-agency = Agency
page-topics = Topics
page-other-languages = In other languages
page-stale = The original has changed since this translation was made. Parts of the text below may be out of date.

page-corrections = Corrections
page-correction = Correction no. { $number }, { $moment }

page-notice-withdraw = This article has been withdrawn
page-notice-retract = This article has been retracted
page-taken-down-at = Taken down { $moment }

page-preview = Preview, not published
    .detail = This text has not been published and is shown for review only. Please do not quote it or pass it on. The link expires { $moment }.

page-verify = Check that this article is genuine
    .detail = The text carries a content hash and a signature with which anyone can check that it is exactly what was published.
page-content-hash = Content hash (SHA-256)
page-signature = Signature

page-feeds = Feeds
    .detail = Follow the publications of { $office } in a feed reader of your choice.
page-home = Home
page-older = Older
page-empty = Nothing has been published here yet.
