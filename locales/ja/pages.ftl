# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") } { DATETIME($at, timeStyle: "short") }（{ $zone }）
page-published-at = 公開日時：{ $moment }
page-updated-at = 更新日時：{ $moment }
page-version = バージョン{ $version }

page-agency = 担当機関
page-topics = テーマ
page-other-languages = 他の言語
page-stale = この翻訳の作成後に、原文が変更されました。以下の内容の一部は、最新でない可能性があります。

page-corrections = 訂正
page-correction = 第{ $number }回訂正：{ $moment }

page-notice-withdraw = この記事は取り下げました
page-notice-retract = この記事は撤回しました
page-taken-down-at = 公開取りやめ日時：{ $moment }

page-preview = プレビュー（未公開）
    .detail = この文章は公開されていません。確認のためだけに表示しています。引用や転送はご遠慮ください。リンクの有効期限は{ $moment }です。

page-verify = この記事が真正であることを確認する
    .detail = この記事には内容のハッシュ値と電子署名が付いており、公開された内容と完全に一致することを誰でも確認できます。
page-content-hash = 内容のハッシュ値（SHA-256）
page-signature = 電子署名

page-feeds = フィード
    .detail = お使いのフィードリーダーで、{ $office }が公開する記事を購読できます。
page-home = トップページ
page-older = 以前の記事
page-empty = ここにはまだ何も公開されていません。
