# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = 新闻
kind-feature = 深度报道
kind-press_release = 新闻稿
kind-statement = 情况说明
kind-event = 活动
kind-investment = 投资机会
kind-destination = 旅游目的地

state-draft = 草稿
state-in_review = 审核中
state-changes_requested = 退回修改
state-approved = 已通过审核
state-scheduled = 已安排定时发布
state-published = 已发布
state-withdrawn = 已撤回
state-retracted = 已撤稿

role-author = 作者
role-translator = 译者
role-reviewer = 审校人
role-approver = 审批人
role-publisher = 发布人
role-press_officer = 新闻专员
role-auditor = 审计员
role-admin = 管理员

takedown-withdraw = 撤回
takedown-retract = 撤稿

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = 本文因含有事实错误，已下线。
reason-wrong_figure = 本文因含有错误数据，已下线。
reason-wrong_name = 本文因名称或姓名有误，已下线。
reason-legal = 本文因法律原因，已下线。
reason-duplicate = 本文因重复发布，已下线。
reason-outdated = 本文因信息已过时，已下线。
reason-request = 本文应有关组织或个人的要求，已下线。
reason-security = 本文因信息安全原因，已下线。
reason-expired = 本文因发布期限已满，已下线。
reason-source_retracted = 本文因原文正在重新核查，暂时下线。
reason-other = 本文已下线。
