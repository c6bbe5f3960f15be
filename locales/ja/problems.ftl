# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = 送信内容がJSON形式ではありません
    .detail = 送信内容をJSONとして読み取れませんでした。括弧、引用符、コンマを確認し、再度送信してください。
problem-bad-encoding = 送信内容がUTF-8ではありません
    .detail = 送信内容に、UTF-8として正しくないバイトが含まれています。テキストをUTF-8で保存するか、UTF-8に変換して、再度送信してください。
problem-duplicate-key = 同じ項目が重複しています
    .detail = 送信内容のオブジェクトに同じ項目が複数あり、どの値が正しいか判断できません。一つだけ残してください。
problem-unknown-field = 送信内容に不明な項目があります
    .detail = この操作では扱えない項目が送信内容に含まれています。API文書で表記を確認するか、その項目を削除してください。
problem-unknown-parameter = 不明なクエリパラメーターがあります
    .detail = この操作では扱えないクエリパラメーターがアドレスに含まれています。API文書で表記を確認するか、そのパラメーターを削除してください。
problem-bad-parameter = クエリパラメーターの値が正しくありません
    .detail = クエリパラメーターに、指定できない値があります。指定できる値はAPI文書に記載されています。
problem-bad-cursor = この一覧のカーソルではありません
    .detail = 前のページで返されたカーソルを、絞り込み条件を変えずにそのまま指定するか、カーソルを付けずに最初のページからやり直してください。
problem-bad-header = リクエストヘッダーを読み取れません
    .detail = リクエストヘッダーの一つが正しい形式ではありません。修正または削除して、リクエストを再度送信してください。
problem-search-unavailable = 検索は利用できません
    .detail = このシステムでは全文検索を提供していません。パラメーターqを外し、テーマ、種別または担当機関で絞り込んでください。
problem-unauthenticated = ログインしてください
    .detail = このアドレスの利用には、有効なログインが必要です。ログインするか、アクセストークンの有効期限が切れている場合は更新して、再度お試しください。
problem-bad-credentials = メールアドレスまたはパスワードが正しくありません
    .detail = 両方を確認して、再度お試しください。パスワードを忘れた場合やアカウントが停止されている場合は、管理者にお問い合わせください。
problem-bad-refresh-token = セッションが終了しました
    .detail = リフレッシュトークンが無効であるか、既に使用されています。再度ログインしてください。
problem-forbidden = この操作は許可されていません
    .detail = 閲覧はできますが、お使いのアカウントには求められた操作を行う権限がありません。権限が必要な場合は、管理者に依頼してください。
problem-own-text = 自分が関わった原稿の可否は判断できません
    .detail = 原稿の作成や編集に関わった人は全て執筆者とみなされ、可否の判断は他の人が行います。この原稿を編集していない同僚に依頼してください。
problem-second-stage = この審査では既に判断を行っています
    .detail = 審査の各段階は、それぞれ別の人が判断します。この段階では、この審査でまだ判断を行っていない人が必要です。
problem-not-found = 見つかりません
    .detail = このアドレスには何もないか、お使いのアカウントで閲覧できるものがありません。アドレスを確認してください。
problem-method-not-allowed = このアドレスでは使用できないメソッドです
    .detail = このアドレスは存在しますが、このメソッドには対応していません。対応しているメソッドはAllowヘッダーに示されています。
problem-not-acceptable = 求められた形式では提供できません
    .detail = Acceptヘッダーで指定された形式は、いずれも提供できません。指定の範囲を広げるか、このヘッダーを外してください。
problem-request-timeout = リクエストの受信に時間がかかりすぎました
    .detail = 制限時間内にリクエスト全体を受信できませんでした。接続を確認し、再度送信してください。
problem-slug-taken = このURL名は既に使用されています
    .detail = 同じ言語の別の記事が、このURL名（slug）を使用しているか、過去に使用していました。アドレスが指す記事は後から変わることがないため、別のURL名を指定してください。
problem-email-taken = このメールアドレスは既に使用されています
    .detail = 別のアカウントがこのメールアドレスを使用しています。別のメールアドレスを指定するか、既存のアカウントを変更してください。
problem-code-taken = このコードは既に使用されています
    .detail = 別の登録項目がこのコードまたはタグを使用しています。コードは恒久的に割り当てられるため、別のコードを指定してください。
problem-in-use = まだ使用されています
    .detail = 他のデータがこの登録項目を参照しているため、削除できません。先に参照を解除してください。
problem-case-open = この原稿は既に審査中です
    .detail = この改訂稿の審査が進行中です。結果を待つか、変更する場合は審査への提出を取り消してください。
problem-no-open-case = 進行中の審査はありません
    .detail = 進行中の審査がありません。判断が済んだか、提出が取り消されたか、より新しい改訂稿に置き換えられています。再読み込みして、原稿の状態を確認してください。
problem-not-its-turn = この段階の順番ではありません
    .detail = この段階は既に判断済みか、まだ順番が来ていません。waiting_for に、現在待っている段階と役割が示されています。
problem-no-workflow = 該当する審査手順がありません
    .detail = この種類の記事、言語、機関に適用される有効な審査手順がありません。管理者に追加または有効化を依頼してください。
problem-check-open = 未解決の確認項目があります
    .detail = 必須の確認項目が満たされておらず、責任をもって通す人もいません。原稿を直すか、承認者が判断の際に理由を添えて通してください。
problem-hash-mismatch = 閲覧後に原稿の内容が変更されました
    .detail = ご覧になった内容は、既に現在の内容ではありません。再読み込みして改めて読んだ上で、可否の判断または公開を行ってください。
problem-not-approved = この原稿は承認されていません
    .detail = 公開できるのは、審査の全ての段階を通過した原稿だけです。先に審査に提出してください。
problem-approval-lapsed = 承認の効力が失われています
    .detail = この原稿を承認した人の中に、その権限を失った人か、その後この原稿の執筆者に加わった人がいます。再度審査に提出してください。
problem-already-published = この内容は既に公開されています
    .detail = 公開中の内容はこれと全く同じであるため、改めて公開するものはありません。
problem-source-not-published = 原文がまだ公開されていません
    .detail = 業務手順により、翻訳を原文より先に公開することはできません。先に原文の言語版を公開してください。
problem-not-published = この言語版は公開されていません
    .detail = 求められた操作は、公開中の言語版でのみ行えます。先に公開してください。
problem-taken-down = この言語版は公開を取りやめています
    .detail = 取り下げた、または撤回したテキストを、そのまま再び公開の手続きにかけることはできません。承認が有効であれば復元してください。そうでない場合は、新しいテキストを保存し、承認を得てから公開してください。
problem-not-taken-down = この言語版は公開を取りやめていません
    .detail = 復元できるのは、取り下げた、または撤回した言語版だけです。再読み込みして現在の状態を確認してください。
problem-not-scheduled = 待機中の予約はありません
    .detail = 予約はすでに実行されたか、取り消されたか、または設定されていません。再読み込みして結果を確認してください。
problem-in-release = この言語版は一括公開に含まれています
    .detail = ほかの言語版と同時に公開するよう予約されています。先に一括公開全体を取り消してから、この言語版だけで予約してください。
problem-last-administrator = 最後の管理者は残す必要があります
    .detail = このアカウントがなくなると、システムを管理できる人がいなくなります。先に別の管理者を任命してください。
problem-suggestion-answered = この提案には既に回答済みです
    .detail = この提案は既に採用または却下されています。提案の一覧を読み込み直してください。
problem-suggestion-outdated = この提案は現在の原稿に合いません
    .detail = 提案の対象となる段落が提案後に変更されたため、適用できません。却下するか、新しい提案をしてください。
problem-not-stale = この翻訳は古くなっていません
    .detail = 原文には確認が必要な変更がありません。翻訳がなお正しいことの確認は、原文が変更された場合にのみ行ってください。
problem-gone = 公開を終了しました
    .detail = この記事は公開されていましたが、その後公開を取りやめました。理由は公開されている説明文に記載されています。
problem-precondition-failed = 他の人が先に変更しました
    .detail = リクエストで指定されたバージョンは最新ではありません。再読み込みして、現在のバージョンに変更を加え、再度保存してください。
problem-body-too-large = リクエストが大きすぎます
    .detail = 送信内容が、この操作で受け付けられる大きさを超えています。文章を短くするかファイルを小さくして、再度送信してください。
problem-unsupported-media-type = このメディアタイプは受け付けられません
    .detail = この操作では、リクエストのContent-Typeを受け付けていません。受け付けるタイプはAPI文書に記載されています。通常はapplication/jsonです。
problem-content-encoding = 圧縮されたリクエストは受け付けられません
    .detail = 送信内容にContent-Encodingが指定されています。圧縮せずに送信してください。
problem-invalid = 一部の情報が正しくありません
    .detail = リクエストは理解できましたが、このままでは受け付けられません。エラーの一覧に、該当箇所と修正すべき点が示されています。
problem-idempotency-reuse = 重複送信防止キーは既に使用されています
    .detail = このキー（Idempotency-Key）は、以前に別のリクエストで送信されています。新しいリクエストごとに新しいキーを使用し、同じキーは同じ送信内容の場合にのみ再度使用してください。
problem-precondition-required = 変更するバージョンの指定が必要です
    .detail = 最後に受け取ったETagをIf-Matchに指定して送信してください。他の人の作業を気付かずに上書きすることを防ぐためです。
problem-too-many-requests = リクエストが多すぎます
    .detail = しばらく待ってから再度お試しください。待ち時間（秒）はRetry-Afterヘッダーに示されています。
problem-internal = システムで障害が発生しました
    .detail = システムの障害により、リクエストを完了できませんでした。時間をおいて再度お試しください。再び発生する場合は、リクエスト番号を管理者にお伝えください。
problem-unavailable = 一時的に利用できません
    .detail = 現在、システムは応答できません。いつ再試行すればよいかはRetry-Afterヘッダーに示されています。
problem-busy = 混み合っています
    .detail = 同時に処理中のリクエストが多すぎます。いつ再試行すればよいかはRetry-Afterヘッダーに示されています。

# What is wrong at one place of a request.

field-required = 必須項目です。
field-wrong-type =
    { $expected ->
        [string] 値の型が正しくありません。テキストを指定してください。
        [number] 値の型が正しくありません。数値を指定してください。
        [integer] 値の型が正しくありません。整数を指定してください。
        [boolean] 値の型が正しくありません。trueまたはfalseを指定してください。
        [array] 値の型が正しくありません。リストを指定してください。
        [object] 値の型が正しくありません。オブジェクトを指定してください。
       *[other] 値の型が正しくありません。次の型で指定してください：{ $expected }
    }
field-not-one-of = 次のいずれかの値を指定してください：{ $expected }
field-unknown-field = ここに「{ $name }」という項目はありません。
field-duplicate-key = 項目「{ $name }」が2回使われています。
field-too-deep = 内容の入れ子が{ $max }階層を超えているか、マークアップが複雑すぎます。構造を簡単にして、再度お試しください。
field-too-long = 長すぎます。{ $max }文字以内で入力してください。
field-too-large = 大きすぎます。{ $max }バイト以内にしてください。
field-too-short = 短すぎます。{ $min }文字以上で入力してください。
field-too-many = 多すぎます。{ $max }件以内にしてください。
field-too-small = 値が小さすぎます。{ $min }以上にしてください。
field-duplicate = 「{ $name }」が重複しています。
field-bad-character = { $position }文字目の文字{ $character }は、テキストに使用できません。削除してください。
field-bad-slug = 英小文字a～zと数字を使用し、単語の間は一つのハイフンで区切ってください。
field-slug-needed = この題名からは読みやすいURL名を作成できません。URL名（slug）を入力してください。
field-bad-code = コードには英小文字a～zと数字を使用し、単語の間は一つのハイフンで区切ってください。
field-bad-locale = viやzh-Hansのような、標準の表記による言語タグではありません。
field-bad-email = メールアドレスではありません。
field-bad-time = 日付、時刻、UTCとの時差を入力してください。例：2026-09-02T08:00:00+07:00
field-bad-time-zone = Asia/Ho_Chi_Minhのようなタイムゾーンの名称ではありません。
field-bad-decimal = 数値は、小数点にピリオドを用いた18桁以内のテキストで入力してください。例："1250.5"
field-out-of-range = 数値は{ $min }以上{ $max }以下にしてください。
field-bad-id = 有効な識別子ではありません。
field-bad-hash = SHA-256の値ではありません。
field-ends-before-start = 終了は開始より後にしてください。
field-unknown = 「{ $name }」は存在しません。
field-circle = 登録項目は、直接にも他の登録項目を介しても、それ自身を含むことはできません。
field-not-of-kind =
    { $kind ->
        [news] 種別「{ kind-news }」の記事には、この項目はありません。
        [feature] 種別「{ kind-feature }」の記事には、この項目はありません。
        [press_release] 種別「{ kind-press_release }」の記事には、この項目はありません。
        [statement] 種別「{ kind-statement }」の記事には、この項目はありません。
        [event] 種別「{ kind-event }」の記事には、この項目はありません。
        [investment] 種別「{ kind-investment }」の記事には、この項目はありません。
        [destination] 種別「{ kind-destination }」の記事には、この項目はありません。
       *[other] 種別「{ $kind }」の記事には、この項目はありません。
    }
field-not-of-source = この項目は翻訳の言語版だけにあり、原文の言語版にはありません。
field-wrong-password = 現在のパスワードが正しくありません。
field-weak-password = このパスワードは容易に推測されます。より長いものか、あまり使われていないものにしてください。
field-not-minor = 軽微な変更では、数値、リンク、固有名詞を変更できません（「{ $before }」が「{ $after }」に変わりました）。重要な変更として保存してください。
field-bad-placeholder = {"{1}"}や{"{/1}"}などの記号は段落の書式を表します。開始、終了の順に、それぞれ一度だけ、全て残してください。
field-unchanged = 内容が以前と同じです。
field-cannot-decide = この人はその段階で判断できません。
field-own-name = 別の人を指定してください。自分自身を代理にすることはできません。
field-not-held = 委任できるのは、自分が持っている権限だけです。
field-bad-scope = この役割の範囲を、このように限定することはできません。
field-in-past = この日時は既に過ぎています。
field-empty-body = 使用できない要素を取り除いた結果、本文に何も残りませんでした。許可されているHTMLで本文を入力してください。
field-bad-url = 呼び出せる完全なhttpまたはhttpsのアドレスではありません。ユーザー名、パスワード、#以降の部分を含めず、ポートは80、443または1024以上にしてください。
field-not-of-the-world = このアドレスは、このサーバー自身、内部ネットワークまたは予約済みの範囲を指しています。インターネット上の公開アドレスを指定してください。
field-not-encrypted = このアドレスは暗号化されていません。httpsのアドレスを指定してください。
field-no-feed = このアドレスのフィードはありません。フィードのrel="self"リンクに記載されているアドレスをそのまま指定してください。

field-bad-address = 旧アドレスは、先頭にスラッシュを一つだけ付け、空白を含まない、{ $max }文字以内のパスで指定してください。
field-own-address = 「{ $name }」はこのシステム自身のアドレスであるため、旧アドレスには使用できません。
field-address-taken = アドレス「{ $name }」は別の記事のものです。
field-slug-taken = URL名「{ $name }」は別の記事のものです。
field-in-future = この日時はまだ到来していません。
field-out-of-order = 直前の項目より前の日時です。
field-source-not-public = 原文が公開されていない間は、翻訳を公開できません。
field-row-changed = この行は以前に別の内容で取り込まれています。記事はこのシステム上で修正してください。
field-row-edited = この言語版は取り込み後に編集されたため、審査が必要です。
field-unreadable = 読み取れません：{ $detail }

# 拒否の根拠となる審査の規則。

rule-own-text = 自分が関わった原稿の可否は、執筆者の代理としてであっても判断できません。
rule-one-stage-each = 一つの審査で一人が判断するのは、本人名義でも代理でも一つの段階だけです。
rule-role-of-stage = 各段階は、その範囲で該当する役割を持つ人が判断します。
rule-stage-order = 段階は順番どおりに進みます。
rule-named-person = 特定の人に割り当てられた段階は、その人が判断します。
rule-seen-text = 判断の対象は、本人が読んだ原稿そのものに限られます。
rule-one-case = 一つの原稿について同時に進む審査は一つだけです。
rule-open-case = 判断できるのは、審査が判断を待っている間だけです。
rule-writers-submit = 原稿の提出と取り消しは、書く人が行います。
rule-holders-reassign = 段階を特定の人に割り当てられるのは、その役割を持つ人か管理者だけです。
rule-own-right = 権限を委任できるのはその権限を持つ本人だけで、委任先は別の人に限られます。
rule-approval-holds = 公開できるのは、承認が有効な原稿だけです。
