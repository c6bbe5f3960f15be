# 审批单：每次发布行为均可打印的页面，载明何人于何时批准了何种内容。

sheet-title = 审批单
sheet-act-publish = 发布
sheet-act-update = 更新
sheet-act-correct = 更正
sheet-act-withdraw = 撤下
sheet-act-retract = 撤回
sheet-act-restore = 恢复
sheet-printed = 打印时间：{ $moment }
sheet-language = 语言
sheet-article = 文章编号
sheet-guid = 全局标识符
sheet-address = 公开网址

sheet-text = 内容

sheet-writers = 撰稿人
sheet-workflow = 审核流程
sheet-submitted = 送审人
sheet-decisions = 审核意见
sheet-no-case = 撤下文章无须审批，有权限者可立即执行。
sheet-stage = 环节
sheet-role = 角色
sheet-person = 审核人
sheet-on-behalf = { $person }（代{ $owner }）
sheet-verdict = 意见
sheet-verdict-approve = 同意
sheet-verdict-request_changes = 要求修改
sheet-when = 时间
sheet-comment = 审核人备注
sheet-carried = 针对第 { $revision } 次修订，哈希值 { $hash }
sheet-changes = 上述意见之后的改动
sheet-changes-note = 标有修订号的意见针对的是较早的文本。该文本与本文之间仅有下列已采纳的建议；后续环节审核的是本文全文。
sheet-revision = 修订
sheet-before = 原文
sheet-after = 改为
sheet-suggested-by = 建议人
sheet-taken-by = 采纳人

sheet-made-by = 执行人
sheet-note = 公开说明
sheet-reason = 原因

sheet-approval-hash = 审批哈希值（SHA-256）
sheet-envelope-hash = 信封哈希值（SHA-256）
sheet-key = 签名密钥

sheet-sound = 本审批单所载内容、审核意见与签名相互一致。
sheet-unsound = 本审批单所载内容、审核意见或签名不一致。请勿采信，并立即告知管理员。

sheet-verify = 核验方法
sheet-verify-text = 内容哈希值是以下网址所提供字节的 SHA-256：
sheet-verify-envelope = 信封哈希值和数字签名针对以下网址所提供的字节：
sheet-verify-keys = 本审批单所列名称的公钥见以下网址：
