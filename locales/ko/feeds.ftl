# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } – 전체 기사
    .description = { $office }에서 이 언어로 게시하는 모든 기사를 최신순으로 제공합니다.
feed-topic = { $office } – { $name }
    .description = { $office }의 기사 가운데 주제가 ‘{ $name }’인 기사를 최신순으로 제공합니다.
feed-kind = { $office } – { $name }
    .description = { $office }의 기사 가운데 유형이 ‘{ $name }’인 기사를 최신순으로 제공합니다.
feed-agency = { $name } – { $office }
    .description = { $office }에서 게시하는 { $name }의 기사를 최신순으로 제공합니다.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = 게시 중단: 이 기사는 더 이상 게시되지 않습니다
feed-notice-retract = 철회: 이 기사는 내용이 잘못되었으니 사용하지 마시기 바랍니다
