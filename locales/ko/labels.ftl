# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = 뉴스
kind-feature = 심층 기사
kind-press_release = 보도자료
kind-statement = 설명자료
kind-event = 행사
kind-investment = 투자 기회
kind-destination = 여행지

state-draft = 초안
state-in_review = 검토 중
state-changes_requested = 수정 요청됨
state-approved = 승인됨
state-scheduled = 게시 예약됨
state-published = 게시됨
state-withdrawn = 게시 중단됨
state-retracted = 철회됨

role-author = 작성자
role-translator = 번역자
role-reviewer = 검토자
role-approver = 승인자
role-publisher = 게시 담당자
role-press_officer = 공보 담당자
role-auditor = 감사 담당자
role-admin = 관리자

takedown-withdraw = 게시 중단
takedown-retract = 기사 철회

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = 사실과 다른 내용이 있어 이 기사를 내렸습니다.
reason-wrong_figure = 잘못된 수치가 있어 이 기사를 내렸습니다.
reason-wrong_name = 이름이 잘못 표기되어 이 기사를 내렸습니다.
reason-legal = 법적인 사유로 이 기사를 내렸습니다.
reason-duplicate = 같은 기사가 두 번 게시되어 이 기사를 내렸습니다.
reason-outdated = 더 이상 최신 정보가 아니어서 이 기사를 내렸습니다.
reason-request = 관련된 개인 또는 단체의 요청에 따라 이 기사를 내렸습니다.
reason-security = 정보 보안상의 사유로 이 기사를 내렸습니다.
reason-expired = 게시 기간이 끝나 이 기사를 내렸습니다.
reason-source_retracted = 원문을 다시 확인하는 동안 이 기사를 내렸습니다.
reason-other = 이 기사를 내렸습니다.
