# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") } { DATETIME($at, timeStyle: "short") }({ $zone })
page-published-at = 게시 { $moment }
page-updated-at = 수정 { $moment }
page-version = 버전 { $version }

page-agency = 기관
page-topics = 주제
page-other-languages = 다른 언어로 보기
page-stale = 이 번역문이 작성된 뒤 원문이 변경되었습니다. 아래 내용의 일부는 최신 정보가 아닐 수 있습니다.

page-corrections = 정정
page-correction = { $number }차 정정, { $moment }

page-notice-withdraw = 이 기사는 게시가 중단되었습니다
page-notice-retract = 이 기사는 철회되었습니다
page-taken-down-at = 내린 일시 { $moment }

page-preview = 미리 보기 (게시되지 않음)
    .detail = 이 글은 게시되지 않았으며 검토용으로만 표시됩니다. 인용하거나 전달하지 마십시오. 링크는 { $moment }에 만료됩니다.

page-verify = 이 기사의 진위 확인
    .detail = 이 기사에는 내용 해시와 전자서명이 있어, 게시된 내용 그대로인지 누구나 확인할 수 있습니다.
page-content-hash = 내용 해시(SHA-256)
page-signature = 전자서명

page-feeds = 피드
    .detail = { $office }의 기사를 원하는 피드 리더로 받아 볼 수 있습니다.
page-home = 홈
page-older = 이전 기사
page-empty = 아직 게시된 기사가 없습니다.
