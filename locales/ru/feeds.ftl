# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } — все публикации
    .description = { $office }: все публикации на этом языке, сначала новые.
feed-topic = { $office } — { $name }
    .description = { $office }: публикации по теме «{ $name }», сначала новые.
feed-kind = { $office } — { $name }
    .description = { $office }: публикации вида «{ $name }», сначала новые.
feed-agency = { $name } — { $office }
    .description = { $name } ({ $office }): публикации учреждения, сначала новые.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = Отозвано: этот материал больше не публикуется
feed-notice-retract = Аннулировано: этот материал содержал ошибку, просим его не использовать
