# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = 请求内容不是JSON格式
    .detail = 无法按JSON格式读取请求内容。请检查括号、引号和逗号，然后重新发送。
problem-bad-encoding = 请求内容不是UTF-8编码
    .detail = 请求内容中有不符合UTF-8编码的字节。请将文本保存或编码为UTF-8，然后重新发送。
problem-duplicate-key = 有字段重复出现
    .detail = 请求内容的某个对象中，同一字段出现多次，无法确定以哪个值为准。请只保留一个。
problem-unknown-field = 请求内容中有未知字段
    .detail = 请求内容中有此操作无法识别的字段。请对照API文档检查其拼写，或去掉该字段。
problem-unknown-parameter = 有未知的查询参数
    .detail = 网址中有此操作无法识别的查询参数。请对照API文档检查其拼写，或去掉该参数。
problem-bad-parameter = 查询参数的值无效
    .detail = 某个查询参数的值不在允许范围内。可用的值见API文档。
problem-bad-cursor = 分页游标不属于此列表
    .detail = 请原样使用上一页返回的游标，并保持筛选条件不变；或者不带游标，从第一页重新开始。
problem-bad-header = 无法读取某个请求头
    .detail = 某个HTTP请求头格式有误。请更正或去掉该请求头，然后重新发送请求。
problem-search-unavailable = 检索功能不可用
    .detail = 本系统未提供全文检索。请去掉参数q，改按主题、类型或机构筛选。
problem-unauthenticated = 请登录
    .detail = 此地址仅限已登录用户访问。请登录；如访问令牌已过期，请刷新令牌后重试。
problem-bad-credentials = 电子邮箱或密码有误
    .detail = 请核对电子邮箱和密码后重试。如忘记密码或账号已停用，请联系管理员。
problem-bad-refresh-token = 登录会话已结束
    .detail = 刷新令牌无效或已被使用。请重新登录。
problem-forbidden = 无权进行此操作
    .detail = 您可以查看此内容，但您的账号无权进行所请求的操作。如需此权限，请联系管理员。
problem-own-text = 不得审核自己的稿件
    .detail = 凡参与过稿件撰写或修改的人员均视为作者，稿件须由他人审核。请交由未编辑过此稿件的同事审核。
problem-second-stage = 您已对此次审核作出过决定
    .detail = 审核的各个环节须由不同人员作出决定。本环节须由此前未对此次审核作出过决定的人员处理。
problem-not-found = 未找到
    .detail = 此地址没有内容，或者您的账号无权查看。请核对地址。
problem-method-not-allowed = 此地址不支持所用的请求方法
    .detail = 此地址存在，但不支持该请求方法。响应头Allow列出了所支持的方法。
problem-not-acceptable = 没有符合要求的格式
    .detail = 请求头Accept所接受的格式，系统均无法提供。请放宽范围或去掉该请求头。
problem-request-timeout = 接收请求超时
    .detail = 系统未能在规定时间内收到完整的请求。请检查网络连接，然后重新发送。
problem-slug-taken = 此网址名称已被占用
    .detail = 同一语言的另一篇稿件正在使用或曾经使用此网址名称（slug），而网址一经公布，便始终指向同一篇稿件。请另选一个网址名称。
problem-email-taken = 此电子邮箱已被使用
    .detail = 另一个账号已使用此电子邮箱。请换用其他邮箱，或修改已有的账号。
problem-code-taken = 此代码已被占用
    .detail = 另一个条目已使用此代码或语言标签。代码一经设定即永久保留，请另选一个。
problem-in-use = 仍在使用中
    .detail = 尚有其他数据引用此条目，无法删除。请先解除引用。
problem-case-open = 此稿件已在审核中
    .detail = 此修订稿的审核尚未结束。请等待审核结果；如需修改，请先取消送审。
problem-no-open-case = 没有进行中的审核
    .detail = 此处没有进行中的审核：审核已有结果、送审已取消，或者已有更新的修订稿取而代之。请重新加载，查看稿件的当前状态。
problem-not-its-turn = 尚未轮到此环节
    .detail = 此环节已作出决定，或尚未轮到。waiting_for 字段说明当前等待的环节和角色。
problem-no-workflow = 没有适用的审核流程
    .detail = 目前没有适用于此类稿件、语言和单位的流程。请联系管理员新增或启用流程。
problem-check-open = 仍有检查项未通过
    .detail = 有一个必查项未通过，且无人承担放行责任。请修改稿件，或由审批人在作出决定时写明放行理由。
problem-hash-mismatch = 您阅读之后，稿件内容已有变动
    .detail = 您看到的已不是当前内容。请重新加载并再次阅读，然后作出决定或发布。
problem-not-approved = 此稿件尚未通过审核
    .detail = 稿件须通过全部审核环节方可发布。请先送审。
problem-approval-lapsed = 审核通过的结果已失效
    .detail = 批准过此稿件的人员中，有人现已不再具有相应权限，或者此后已成为此稿件的作者之一。请重新送审。
problem-already-published = 此内容已经公开
    .detail = 当前公开的正是此内容，无需再次发布。
problem-source-not-published = 原文稿尚未发布
    .detail = 按照工作流程，译稿不得先于原文稿发布。请先发布原文稿。
problem-not-published = 此语种稿件尚未公开
    .detail = 所请求的操作只适用于已发布的语种稿件。请先发布。
problem-taken-down = 此语种稿件已下线
    .detail = 已撤回或已撤稿的内容不能原样再次发布。如审核通过的结果仍然有效，请恢复此语种稿件；否则请保存新内容，重新送审后发布。
problem-not-taken-down = 此语种稿件并未下线
    .detail = 只有已撤回或已撤稿的语种稿件才能恢复。请重新加载，查看其当前状态。
problem-not-scheduled = 没有待执行的定时安排
    .detail = 该安排已经执行、已经取消，或者从未设定。请重新加载，查看结果。
problem-in-release = 此语种稿件属于一次联合发布
    .detail = 它已安排与其他稿件同时发布。请先取消整个联合发布，再单独安排此稿件。
problem-last-administrator = 必须保留最后一名管理员
    .detail = 没有此账号，将无人能够管理系统。请先指定另一名管理员。
problem-suggestion-answered = 此修改建议已有答复
    .detail = 该建议此前已被采纳或拒绝。请重新加载建议列表。
problem-suggestion-outdated = 此修改建议已与稿件不符
    .detail = 建议所针对的段落在提出建议后已有改动，因此无法采用。请拒绝该建议，或重新提出建议。
problem-not-stale = 此译文并未过时
    .detail = 原文没有需要确认的改动。只有在原文有改动时，才需确认译文仍然准确。
problem-gone = 已不再发布
    .detail = 本文曾经发布，现已下线。原因见公开说明。
problem-precondition-failed = 他人已在此期间作出更改
    .detail = 请求所指的版本不是最新版本。请重新加载，在当前版本上进行修改，然后再次保存。
problem-body-too-large = 请求过大
    .detail = 请求内容超出此操作可接受的大小。请缩短文本或减小文件，然后重新发送。
problem-unsupported-media-type = 不接受此内容类型
    .detail = 此操作不接受请求的Content-Type。API文档列出了可接受的类型，通常为application/json。
problem-content-encoding = 不接受压缩的请求
    .detail = 请求内容带有Content-Encoding。请以未压缩的形式发送。
problem-invalid = 部分信息无效
    .detail = 系统已理解请求，但无法照此接受。错误列表逐一指明有误之处和应更正的内容。
problem-idempotency-reuse = 防重复提交标识已被使用
    .detail = 此标识（Idempotency-Key）此前已用于另一个请求。每个新请求请使用新标识；只有请求内容相同时，才可重复使用同一标识。
problem-precondition-required = 须指明所修改的版本
    .detail = 请发送If-Match，其值为最近一次收到的ETag，以免在不知情的情况下覆盖他人的工作。
problem-too-many-requests = 请求过于频繁
    .detail = 请稍候再试。响应头Retry-After给出了需要等待的秒数。
problem-internal = 系统发生故障
    .detail = 由于系统故障，未能完成请求。请稍后重试；如再次出现，请将请求编号告知管理员。
problem-unavailable = 系统暂时不可用
    .detail = 系统目前无法响应。响应头Retry-After给出了可以重试的时间。
problem-busy = 系统繁忙
    .detail = 正在处理的请求过多。响应头Retry-After给出了可以重试的时间。

# What is wrong at one place of a request.

field-required = 此项必填。
field-wrong-type =
    { $expected ->
        [string] 值的类型不正确，应为：文本。
        [number] 值的类型不正确，应为：数字。
        [integer] 值的类型不正确，应为：整数。
        [boolean] 值的类型不正确，应为：true或false。
        [array] 值的类型不正确，应为：列表。
        [object] 值的类型不正确，应为：对象。
       *[other] 值的类型不正确，应为：{ $expected }。
    }
field-not-one-of = 值必须是下列之一：{ $expected }。
field-unknown-field = 此处没有名为“{ $name }”的字段。
field-duplicate-key = 字段“{ $name }”出现了两次。
field-too-deep = 内容嵌套超过{ $max }层，或者标记过于杂乱。请简化结构后重试。
field-too-long = 过长：最多{ $max }个字符。
field-too-large = 过大：最多{ $max }字节。
field-too-short = 过短：最少{ $min }个字符。
field-too-many = 过多：最多{ $max }项。
field-too-small = 数值过小：最小为{ $min }。
field-duplicate = “{ $name }”重复出现。
field-bad-character = 第{ $position }位的字符{ $character }不能用于文本。请将其删除。
field-bad-slug = 只能使用小写字母a–z和数字，词与词之间用一个连字符（-）连接。
field-slug-needed = 无法根据此标题生成易读的网址名称。请填写网址名称（slug）。
field-bad-code = 代码只能使用小写字母a–z和数字，词与词之间用一个连字符（-）连接。
field-bad-locale = 这不是按规范书写的语言标签，规范写法如vi、zh-Hans。
field-bad-email = 这不是电子邮箱地址。
field-bad-time = 请填写日期、时间和与UTC的时差，例如2026-09-02T08:00:00+07:00。
field-bad-time-zone = 这不是时区名称，正确的名称如Asia/Ho_Chi_Minh。
field-bad-decimal = 请以文本形式填写数字，使用小数点，最多18位数字，例如"1250.5"。
field-out-of-range = 数值必须在{ $min }到{ $max }之间。
field-bad-id = 这不是有效的标识符。
field-bad-hash = 这不是SHA-256值。
field-ends-before-start = 结束时间必须晚于开始时间。
field-unknown = “{ $name }”不存在。
field-circle = 条目不能直接或通过其他条目包含自身。
field-not-of-kind =
    { $kind ->
        [news] “{ kind-news }”类型的稿件没有此项。
        [feature] “{ kind-feature }”类型的稿件没有此项。
        [press_release] “{ kind-press_release }”类型的稿件没有此项。
        [statement] “{ kind-statement }”类型的稿件没有此项。
        [event] “{ kind-event }”类型的稿件没有此项。
        [investment] “{ kind-investment }”类型的稿件没有此项。
        [destination] “{ kind-destination }”类型的稿件没有此项。
       *[other] “{ $kind }”类型的稿件没有此项。
    }
field-not-of-source = 原文稿没有此项，只有译稿才有。
field-wrong-password = 当前密码不正确。
field-weak-password = 此密码容易被猜中。请改用更长或更不常见的密码。
field-not-minor = 细微修改不得涉及数字、链接或专有名词（“{ $before }”改成了“{ $after }”）。请保存为重大修改。
field-bad-placeholder = {"{1}"}、{"{/1}"} 等标记代表段落中的格式：须全部保留，每个只出现一次，先开后闭。
field-unchanged = 内容与之前相同。
field-cannot-decide = 此人不能在该环节作出决定。
field-own-name = 请指定他人：任何人不得委托自己。
field-not-held = 只能委托本人持有的权限。
field-bad-scope = 此角色不能按这种方式限定范围。
field-in-past = 此时间已过。
field-empty-body = 清理后正文已无内容。请使用允许的HTML标记填写正文。
field-bad-url = 这不是可以调用的完整 http 或 https 地址：不得含用户名、密码或 # 之后的部分，端口须为 80、443 或 1024 以上。
field-not-of-the-world = 该地址指向本机、内部网络或保留地址段。请填写互联网上的公开地址。
field-not-encrypted = 该地址未加密。请填写 https 地址。
field-no-feed = 我们没有使用该地址的订阅源。请填写订阅源在 rel="self" 链接中标明的地址，须完全一致。

field-bad-address = 旧地址必须是以单个斜杠开头的路径，不含空白字符，最多{ $max }个字符。
field-own-address = “{ $name }”是本系统自身的地址，不能用作旧地址。
field-address-taken = 地址“{ $name }”已属于另一篇稿件。
field-slug-taken = 网址名称“{ $name }”已属于另一篇稿件。
field-in-future = 此时间尚未到来。
field-out-of-order = 该时间早于其前一项。
field-source-not-public = 原文稿未公开时，译稿不得公开。
field-row-changed = 此行此前已导入过，但内容与这次不同。请直接在本系统中修改稿件。
field-row-edited = 该语种稿件在导入后已被编辑，必须经过审核。
field-unreadable = 无法读取：{ $detail }

# 拒绝时所依据的审核规则。

rule-own-text = 任何人不得审核自己的稿件，也不得代替撰稿人审核。
rule-one-stage-each = 无论以本人名义还是代他人，每人在一次审核中只能决定一个环节。
rule-role-of-stage = 各环节由在该范围内持有相应角色的人员决定。
rule-stage-order = 各环节依次进行。
rule-named-person = 已指定专人的环节由该人决定。
rule-seen-text = 决定只针对本人读过的那份文本。
rule-one-case = 一份稿件同一时间只有一次审核。
rule-open-case = 只有审核处于等待状态时才能作出决定。
rule-writers-submit = 稿件由撰写者送审和取消送审。
rule-holders-reassign = 只有持有该环节角色的人员或管理员才能指定该环节的负责人。
rule-own-right = 权限只能由持有者委托，且须委托他人。
rule-approval-holds = 只发布已通过审核且审核仍然有效的内容。
