# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") } { DATETIME($at, timeStyle: "short") }（{ $zone }）
page-published-at = 发布时间：{ $moment }
page-updated-at = 更新时间：{ $moment }
page-version = 版本：{ $version }

page-agency = 机构
page-topics = 主题
page-other-languages = 其他语言
page-stale = 本译文完成后，原文已有变动。以下部分内容可能已过时。

page-corrections = 更正
page-correction = 第{ $number }次更正，{ $moment }

page-notice-withdraw = 本文已撤回
page-notice-retract = 本文已撤稿
page-taken-down-at = 下线时间：{ $moment }

page-preview = 预览稿，尚未发布
    .detail = 本文尚未发布，仅供审阅，请勿引用或传播。此链接将于{ $moment }失效。

page-verify = 核验本文真实性
    .detail = 本文附有内容哈希值和数字签名，任何人均可据此核验本文与所发布的内容是否完全一致。
page-content-hash = 内容哈希值（SHA-256）
page-signature = 数字签名

page-feeds = 订阅源
    .detail = 可使用您惯用的RSS阅读器订阅{ $office }发布的内容。
page-home = 首页
page-older = 较早的内容
page-empty = 此处尚未发布任何内容。
