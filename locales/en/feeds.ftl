# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office }: all publications
    .description = Everything that { $office } publishes in this language, newest first.
feed-topic = { $office }: { $name }
    .description = Publications by { $office } on the topic “{ $name }”, newest first.
feed-kind = { $office }: { $name }
    .description = Publications by { $office } of the kind “{ $name }”, newest first.
feed-agency = { $name } ({ $office })
    .description = Publications by { $name } within { $office }, newest first.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = Withdrawn: this item is no longer published
feed-notice-retract = Retracted: this item was wrong, please do not use it
