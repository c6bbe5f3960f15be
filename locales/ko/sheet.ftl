# 승인서: 게시 행위마다 인쇄하는 문서로, 누가 언제 어떤 원고를 승인했는지 밝힌다.

sheet-title = 승인서
sheet-act-publish = 게시
sheet-act-update = 업데이트
sheet-act-correct = 정정
sheet-act-withdraw = 내림
sheet-act-retract = 철회
sheet-act-restore = 복원
sheet-printed = 인쇄 시각: { $moment }
sheet-language = 언어
sheet-article = 기사 ID
sheet-guid = 전역 식별자
sheet-address = 공개 주소

sheet-text = 내용

sheet-writers = 작성자
sheet-workflow = 검토 절차
sheet-submitted = 검토 요청자
sheet-decisions = 결정
sheet-no-case = 기사를 내리는 데에는 승인이 필요하지 않으며, 권한이 있는 사람이 즉시 처리합니다.
sheet-stage = 단계
sheet-role = 역할
sheet-person = 결정자
sheet-on-behalf = { $person }({ $owner } 대행)
sheet-verdict = 결정 내용
sheet-verdict-approve = 승인
sheet-verdict-request_changes = 수정 요청
sheet-when = 시각
sheet-comment = 검토 의견
sheet-carried = { $revision }차 수정본에 대한 결정, 해시 { $hash }
sheet-changes = 이후 변경 사항
sheet-changes-note = 수정본 번호가 표시된 결정은 이전 원고에 대한 것입니다. 그 원고와 이 원고의 차이는 아래에 적힌 채택된 제안뿐이며, 이후 단계에서는 이 원고 전체를 승인했습니다.
sheet-revision = 수정본
sheet-before = 변경 전
sheet-after = 변경 후
sheet-suggested-by = 제안자
sheet-taken-by = 채택자

sheet-made-by = 처리자
sheet-note = 공개 안내
sheet-reason = 사유

sheet-approval-hash = 승인 해시(SHA-256)
sheet-envelope-hash = 봉투 해시(SHA-256)
sheet-key = 서명 키

sheet-sound = 이 승인서의 내용, 결정, 전자서명은 서로 일치합니다.
sheet-unsound = 이 승인서의 내용, 결정, 전자서명 중 일치하지 않는 것이 있습니다. 이 문서를 믿지 말고 즉시 관리자에게 알려 주십시오.

sheet-verify = 확인 방법
sheet-verify-text = 내용 해시는 다음 주소에 있는 바이트 그대로의 SHA-256입니다.
sheet-verify-envelope = 봉투 해시와 전자서명은 다음 주소에 있는 바이트 그대로를 대상으로 합니다.
sheet-verify-keys = 이 승인서에 적힌 이름의 공개 키는 다음 주소에 있습니다.
