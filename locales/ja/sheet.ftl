# 承認票：公開行為ごとに印刷できるページ。誰がいつどの原稿を承認したかを示す。

sheet-title = 承認票
sheet-act-publish = 公開
sheet-act-update = 更新
sheet-act-correct = 訂正
sheet-act-withdraw = 取り下げ
sheet-act-retract = 撤回
sheet-act-restore = 復元
sheet-printed = 印刷日時：{ $moment }
sheet-language = 言語
sheet-article = 記事ID
sheet-guid = グローバル識別子
sheet-address = 公開アドレス

sheet-text = 内容

sheet-writers = 執筆者
sheet-workflow = 審査の手順
sheet-submitted = 提出者
sheet-decisions = 審査の決定
sheet-no-case = 記事の取り下げに承認は不要で、権限を持つ者が直ちに行います。
sheet-stage = 段階
sheet-role = 役割
sheet-person = 決定者
sheet-on-behalf = { $person }（{ $owner }の代理）
sheet-verdict = 決定
sheet-verdict-approve = 承認
sheet-verdict-request_changes = 修正を要求
sheet-when = 日時
sheet-comment = 審査者のコメント
sheet-carried = 第{ $revision }版に対する決定、ハッシュ値 { $hash }
sheet-changes = その後の変更
sheet-changes-note = 版番号のある決定は、以前の本文に対するものです。その本文と本文書との違いは、採用された次の提案だけです。以降の段階では、本文書そのものが承認されています。
sheet-revision = 版
sheet-before = 変更前
sheet-after = 変更後
sheet-suggested-by = 提案者
sheet-taken-by = 採用者

sheet-made-by = 実行者
sheet-note = 公開の注記
sheet-reason = 理由

sheet-approval-hash = 承認のハッシュ値（SHA-256）
sheet-envelope-hash = エンベロープのハッシュ値（SHA-256）
sheet-key = 署名鍵

sheet-sound = この承認票の内容、決定、署名は互いに一致しています。
sheet-unsound = この承認票の内容、決定、署名のいずれかが一致していません。この票を信用せず、直ちに管理者に連絡してください。

sheet-verify = 確認方法
sheet-verify-text = 内容のハッシュ値は、次のアドレスにあるバイト列そのもののSHA-256です。
sheet-verify-envelope = エンベロープのハッシュ値と電子署名は、次のアドレスにあるバイト列そのものに対するものです。
sheet-verify-keys = この承認票に記された公開鍵は、次のアドレスにあります。
