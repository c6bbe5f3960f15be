# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office }：全ての記事
    .description = { $office }がこの言語で公開する全ての記事を、新しい順に配信します。
feed-topic = { $office }：{ $name }
    .description = { $office }が公開するテーマ「{ $name }」の記事を、新しい順に配信します。
feed-kind = { $office }：{ $name }
    .description = { $office }が公開する種別「{ $name }」の記事を、新しい順に配信します。
feed-agency = { $name }（{ $office }）
    .description = { $office }が公開する{ $name }の記事を、新しい順に配信します。

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = 【取下げ】この記事の公開は終了しました
feed-notice-retract = 【撤回】誤りがあったため、この記事は使用しないでください
