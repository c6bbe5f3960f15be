# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = ニュース
kind-feature = 特集
kind-press_release = 報道発表
kind-statement = 事実関係の説明
kind-event = イベント
kind-investment = 投資機会
kind-destination = 観光地

state-draft = 下書き
state-in_review = 審査中
state-changes_requested = 修正依頼あり
state-approved = 承認済み
state-scheduled = 公開予約済み
state-published = 公開済み
state-withdrawn = 取下げ済み
state-retracted = 撤回済み

role-author = 執筆者
role-translator = 翻訳者
role-reviewer = 校閲者
role-approver = 承認者
role-publisher = 公開担当者
role-press_officer = 報道担当者
role-auditor = 監査担当者
role-admin = 管理者

takedown-withdraw = 取下げ
takedown-retract = 撤回

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = この記事は、事実に誤りがあったため、公開を取りやめました。
reason-wrong_figure = この記事は、数値に誤りがあったため、公開を取りやめました。
reason-wrong_name = この記事は、名称または氏名に誤りがあったため、公開を取りやめました。
reason-legal = この記事は、法的な理由により、公開を取りやめました。
reason-duplicate = この記事は、重複して公開されていたため、公開を取りやめました。
reason-outdated = この記事は、情報が古くなったため、公開を取りやめました。
reason-request = この記事は、関係する個人または団体からの求めにより、公開を取りやめました。
reason-security = この記事は、情報セキュリティ上の理由により、公開を取りやめました。
reason-expired = この記事は、公開期間が終了したため、公開を取りやめました。
reason-source_retracted = この記事は、原文を再確認しているため、公開を取りやめました。
reason-other = この記事は、公開を取りやめました。
