# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office }：全部内容
    .description = { $office }以本语言发布的全部内容，由新到旧排列。
feed-topic = { $office }：{ $name }
    .description = { $office }发布的主题为“{ $name }”的内容，由新到旧排列。
feed-kind = { $office }：{ $name }
    .description = { $office }发布的类型为“{ $name }”的内容，由新到旧排列。
feed-agency = { $name }（{ $office }）
    .description = { $office }发布的来自{ $name }的内容，由新到旧排列。

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = 已撤回：本条内容不再发布
feed-notice-retract = 已撤稿：本条内容有误，请勿使用
