# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = 보낸 내용이 JSON이 아닙니다
    .detail = 보낸 내용을 JSON으로 읽을 수 없습니다. 괄호, 따옴표, 쉼표를 확인한 후 다시 보내 주십시오.
problem-bad-encoding = 보낸 내용이 UTF-8이 아닙니다
    .detail = 보낸 내용에 UTF-8에 맞지 않는 바이트가 있습니다. 텍스트를 UTF-8로 저장하거나 변환한 후 다시 보내 주십시오.
problem-duplicate-key = 같은 필드가 중복되어 있습니다
    .detail = 보낸 내용의 한 객체에 같은 필드가 두 번 이상 있어 어느 값이 맞는지 알 수 없습니다. 하나만 남겨 주십시오.
problem-unknown-field = 보낸 내용에 알 수 없는 필드가 있습니다
    .detail = 보낸 내용에 이 작업에서 쓰지 않는 필드가 있습니다. API 문서에서 표기를 확인하거나 그 필드를 빼 주십시오.
problem-unknown-parameter = 알 수 없는 쿼리 매개변수가 있습니다
    .detail = 주소에 이 작업에서 쓰지 않는 쿼리 매개변수가 있습니다. API 문서에서 표기를 확인하거나 그 매개변수를 빼 주십시오.
problem-bad-parameter = 쿼리 매개변수의 값이 올바르지 않습니다
    .detail = 쿼리 매개변수에 쓸 수 없는 값이 들어 있습니다. 쓸 수 있는 값은 API 문서에 나와 있습니다.
problem-bad-cursor = 이 목록의 커서가 아닙니다
    .detail = 이전 페이지에서 받은 커서를 그대로, 같은 필터와 함께 사용하거나, 커서 없이 첫 페이지부터 다시 시작해 주십시오.
problem-bad-header = 요청 헤더를 읽을 수 없습니다
    .detail = 요청 헤더 가운데 하나의 형식이 잘못되었습니다. 해당 헤더를 고치거나 뺀 후 다시 요청해 주십시오.
problem-search-unavailable = 검색을 사용할 수 없습니다
    .detail = 이 시스템에서는 전체 텍스트 검색을 제공하지 않습니다. 매개변수 q를 빼고 주제, 유형 또는 기관으로 걸러 주십시오.
problem-unauthenticated = 로그인해 주십시오
    .detail = 이 주소를 이용하려면 유효한 로그인이 필요합니다. 로그인하거나, 접근 토큰이 만료되었으면 갱신한 후 다시 시도해 주십시오.
problem-bad-credentials = 이메일 주소 또는 비밀번호가 올바르지 않습니다
    .detail = 두 가지를 모두 확인한 후 다시 시도해 주십시오. 비밀번호를 잊었거나 계정 사용이 중지되었으면 관리자에게 문의해 주십시오.
problem-bad-refresh-token = 로그인 세션이 끝났습니다
    .detail = 갱신 토큰이 유효하지 않거나 이미 사용되었습니다. 다시 로그인해 주십시오.
problem-forbidden = 권한이 없습니다
    .detail = 이 내용을 볼 수는 있으나, 사용 중인 계정으로는 요청한 작업을 할 수 없습니다. 권한이 필요하면 관리자에게 문의해 주십시오.
problem-own-text = 본인의 원고에 대한 결정은 직접 내릴 수 없습니다
    .detail = 원고를 작성하거나 고친 사람은 모두 작성자에 해당하며, 원고에 대한 결정은 다른 사람이 내립니다. 이 원고를 고친 적이 없는 동료에게 요청해 주십시오.
problem-second-stage = 이 검토 건에 대해 이미 결정을 내렸습니다
    .detail = 검토의 각 단계는 서로 다른 사람이 결정합니다. 이 단계는 이 검토 건에 대해 아직 결정을 내리지 않은 사람이 맡아야 합니다.
problem-not-found = 찾을 수 없습니다
    .detail = 이 주소에 아무것도 없거나, 사용 중인 계정으로 볼 수 있는 것이 없습니다. 주소를 확인해 주십시오.
problem-method-not-allowed = 이 메서드는 여기에서 사용할 수 없습니다
    .detail = 주소는 있으나 이 메서드를 지원하지 않습니다. 지원하는 메서드는 Allow 헤더에 나와 있습니다.
problem-not-acceptable = 요청한 형식으로 제공할 수 없습니다
    .detail = 제공할 수 있는 형식 가운데 Accept 헤더가 허용하는 것이 없습니다. 허용 범위를 넓히거나 이 헤더를 빼 주십시오.
problem-request-timeout = 요청이 제시간에 도착하지 않았습니다
    .detail = 정해진 시간 안에 요청을 끝까지 받지 못했습니다. 연결 상태를 확인한 후 다시 보내 주십시오.
problem-slug-taken = 이미 사용된 주소입니다
    .detail = 같은 언어의 다른 기사가 이 주소 이름(slug)을 쓰고 있거나 쓴 적이 있으며, 한 주소가 가리키는 대상은 바뀌지 않습니다. 다른 주소 이름을 정해 주십시오.
problem-email-taken = 이미 사용 중인 이메일 주소입니다
    .detail = 다른 계정에서 이 이메일 주소를 쓰고 있습니다. 다른 주소를 쓰거나 기존 계정을 수정해 주십시오.
problem-code-taken = 이미 사용 중인 코드입니다
    .detail = 다른 항목에서 이 코드나 태그를 쓰고 있습니다. 코드는 한번 정하면 바뀌지 않으므로 다른 코드를 정해 주십시오.
problem-in-use = 아직 사용 중입니다
    .detail = 다른 자료가 이 항목을 참조하고 있어 삭제할 수 없습니다. 먼저 그 연결을 해제해 주십시오.
problem-case-open = 이미 검토 중인 원고입니다
    .detail = 이 수정본의 검토가 진행 중입니다. 결정을 기다리거나, 내용을 고치려면 검토 요청을 취소해 주십시오.
problem-no-open-case = 진행 중인 검토가 없습니다
    .detail = 여기에는 진행 중인 검토가 없습니다. 이미 결정되었거나, 검토 요청이 취소되었거나, 더 새로운 수정본으로 대체되었습니다. 다시 불러와 원고의 상태를 확인해 주십시오.
problem-not-its-turn = 이 단계의 차례가 아닙니다
    .detail = 이미 결정되었거나 아직 차례가 오지 않은 단계입니다. waiting_for 항목에서 현재 기다리는 단계와 역할을 확인해 주십시오.
problem-no-workflow = 해당하는 검토 절차가 없습니다
    .detail = 이 기사 종류와 언어, 기관에 적용되는 절차가 없습니다. 관리자에게 절차를 추가하거나 활성화해 달라고 요청해 주십시오.
problem-check-open = 통과하지 못한 점검 항목이 있습니다
    .detail = 필수 점검 항목이 통과되지 않았고 책임지고 넘기기로 한 사람도 없습니다. 원고를 고치거나, 승인자가 결정할 때 사유를 적어 넘겨야 합니다.
problem-hash-mismatch = 읽은 뒤에 내용이 변경되었습니다
    .detail = 보신 내용은 더 이상 현재 내용이 아닙니다. 새로 불러와 다시 읽은 다음 결정하거나 게시해 주십시오.
problem-not-approved = 승인되지 않은 원고입니다
    .detail = 검토의 모든 단계를 통과한 원고만 게시할 수 있습니다. 먼저 검토를 요청해 주십시오.
problem-approval-lapsed = 승인이 더 이상 유효하지 않습니다
    .detail = 이 원고를 승인한 사람 가운데 승인 권한을 잃었거나 그 뒤에 이 원고의 작성자가 된 사람이 있습니다. 다시 검토를 요청해 주십시오.
problem-already-published = 이미 게시된 원고입니다
    .detail = 현재 게시된 내용이 바로 이 원고이므로 새로 게시할 것이 없습니다.
problem-source-not-published = 원문이 아직 게시되지 않았습니다
    .detail = 업무 절차상 번역문은 원문보다 먼저 게시할 수 없습니다. 원문 언어판을 먼저 게시해 주십시오.
problem-not-published = 게시되지 않은 언어판입니다
    .detail = 요청한 작업은 게시된 언어판에 대해서만 할 수 있습니다. 먼저 게시해 주십시오.
problem-taken-down = 이 언어판은 내려진 상태입니다
    .detail = 게시가 중단되었거나 철회된 언어판은 다시 공개되지 않습니다. 원고는 계속 저장할 수 있지만 검토를 요청하거나 게시할 수는 없습니다. 같은 내용을 다시 다루려면 새 기사를 만들어 주십시오.
problem-not-taken-down = 내려진 언어판이 아닙니다
    .detail = 게시가 중단되었거나 철회된 언어판만 복원할 수 있습니다. 새로고침하여 현재 상태를 확인해 주십시오.
problem-not-scheduled = 대기 중인 예약이 없습니다
    .detail = 예약이 이미 실행되었거나 취소되었거나 설정된 적이 없습니다. 새로고침하여 결과를 확인해 주십시오.
problem-in-release = 이 언어판은 동시 게시에 포함되어 있습니다
    .detail = 다른 언어판과 함께 게시되도록 예약되어 있습니다. 먼저 동시 게시 전체를 취소한 뒤 이 언어판만 따로 예약해 주십시오.
problem-last-administrator = 관리자가 한 명은 남아 있어야 합니다
    .detail = 이 계정이 없으면 시스템을 관리할 사람이 없습니다. 먼저 다른 관리자를 지정해 주십시오.
problem-suggestion-answered = 이미 답변한 제안입니다
    .detail = 이 제안은 이미 수락되었거나 거절되었습니다. 제안 목록을 다시 불러와 주십시오.
problem-suggestion-outdated = 이 제안은 지금의 원고에 맞지 않습니다
    .detail = 제안의 대상이 된 단락이 그 뒤에 바뀌어 적용할 수 없습니다. 제안을 거절하거나 새로 제안해 주십시오.
problem-not-stale = 이 번역본은 뒤처져 있지 않습니다
    .detail = 원문에 확인이 필요한 변경 사항이 없습니다. 원문이 바뀌었을 때에만 번역본이 여전히 맞는지 확인해 주십시오.
problem-gone = 더 이상 게시되지 않는 기사입니다
    .detail = 이 기사는 게시되었으나 그 후 내려졌습니다. 사유는 공개 안내문에 나와 있습니다.
problem-precondition-failed = 그사이 다른 사람이 내용을 변경했습니다
    .detail = 요청에 적힌 버전이 최신 버전이 아닙니다. 다시 불러와 현재 버전에 변경 사항을 반영한 후 다시 저장해 주십시오.
problem-body-too-large = 요청이 너무 큽니다
    .detail = 보낸 내용이 이 작업에서 받을 수 있는 크기를 넘습니다. 글을 줄이거나 파일 크기를 줄인 후 다시 보내 주십시오.
problem-unsupported-media-type = 받을 수 없는 데이터 형식입니다
    .detail = 이 작업은 요청의 Content-Type을 받지 않습니다. 받을 수 있는 형식은 API 문서에 나와 있으며, 대개 application/json입니다.
problem-content-encoding = 압축된 요청은 받지 않습니다
    .detail = 보낸 내용에 Content-Encoding이 지정되어 있습니다. 압축하지 않고 보내 주십시오.
problem-invalid = 일부 정보가 올바르지 않습니다
    .detail = 요청을 이해했으나 그대로 받아들일 수 없습니다. 오류 목록에 각 위치와 고칠 내용이 나와 있습니다.
problem-idempotency-reuse = 중복 방지 키(Idempotency-Key)가 이미 사용되었습니다
    .detail = 이 키는 이전에 다른 요청과 함께 전송되었습니다. 새 요청마다 새 키를 쓰고, 같은 키는 같은 내용을 다시 보낼 때만 써 주십시오.
problem-precondition-required = 변경하려는 버전을 밝혀야 합니다
    .detail = 다른 사람의 작업을 모르는 사이에 덮어쓰지 않도록, 마지막으로 받은 ETag를 If-Match에 넣어 보내 주십시오.
problem-too-many-requests = 요청이 너무 많습니다
    .detail = 잠시 기다린 후 다시 시도해 주십시오. 몇 초를 기다려야 하는지는 Retry-After 헤더에 나와 있습니다.
problem-internal = 시스템에 문제가 발생했습니다
    .detail = 시스템 오류로 요청을 처리하지 못했습니다. 잠시 후 다시 시도하고, 오류가 되풀이되면 관리자에게 요청 번호를 알려 주십시오.
problem-unavailable = 일시적으로 이용할 수 없습니다
    .detail = 지금은 시스템이 응답할 수 없습니다. 언제 다시 시도하면 되는지는 Retry-After 헤더에 나와 있습니다.
problem-busy = 시스템이 혼잡합니다
    .detail = 동시에 처리 중인 요청이 너무 많습니다. 언제 다시 시도하면 되는지는 Retry-After 헤더에 나와 있습니다.

# What is wrong at one place of a request.

field-required = 필수 입력 사항입니다.
field-wrong-type =
    { $expected ->
        [string] 값의 종류가 맞지 않습니다. 필요한 종류: 텍스트.
        [number] 값의 종류가 맞지 않습니다. 필요한 종류: 숫자.
        [integer] 값의 종류가 맞지 않습니다. 필요한 종류: 정수.
        [boolean] 값의 종류가 맞지 않습니다. 필요한 종류: true 또는 false.
        [array] 값의 종류가 맞지 않습니다. 필요한 종류: 목록.
        [object] 값의 종류가 맞지 않습니다. 필요한 종류: 객체.
       *[other] 값의 종류가 맞지 않습니다. 필요한 종류: { $expected }.
    }
field-not-one-of = 다음 값 중 하나여야 합니다: { $expected }.
field-unknown-field = 여기에는 ‘{ $name }’ 필드가 없습니다.
field-duplicate-key = ‘{ $name }’ 필드가 두 번 나옵니다.
field-too-deep = 내용이 { $max }단계를 넘게 중첩되어 있거나 마크업이 지나치게 얽혀 있습니다. 구조를 단순하게 고친 후 다시 시도해 주십시오.
field-too-long = 너무 깁니다. { $max }자까지 쓸 수 있습니다.
field-too-large = 너무 큽니다. { $max }바이트 이하여야 합니다.
field-too-short = 너무 짧습니다. { $min }자 이상 써야 합니다.
field-too-many = 너무 많습니다. { $max }개까지 넣을 수 있습니다.
field-too-small = 값이 너무 작습니다. { $min } 이상이어야 합니다.
field-duplicate = ‘{ $name }’이(가) 두 번 지정되었습니다.
field-bad-character = { $position }번째 문자({ $character })는 텍스트에 쓸 수 없습니다. 삭제해 주십시오.
field-bad-slug = 영문 소문자 a~z와 숫자를 쓰고, 단어 사이에는 붙임표(-)를 하나만 넣어 주십시오.
field-slug-needed = 이 제목으로는 읽기 쉬운 주소를 만들 수 없습니다. 주소 이름(slug)을 입력해 주십시오.
field-bad-code = 코드에는 영문 소문자 a~z와 숫자를 쓰고, 단어 사이에는 붙임표(-)를 하나만 넣어 주십시오.
field-bad-locale = 표준 표기에 맞는 언어 태그가 아닙니다(올바른 예: vi, zh-Hans).
field-bad-email = 이메일 주소가 아닙니다.
field-bad-time = 날짜, 시각, UTC와의 시차를 함께 적어 주십시오(예: 2026-09-02T08:00:00+07:00).
field-bad-time-zone = 시간대 이름이 아닙니다(올바른 예: Asia/Ho_Chi_Minh).
field-bad-decimal = 숫자를 텍스트로 적고 소수점은 마침표로 표시하며, 숫자는 18자리까지만 써 주십시오(예: "1250.5").
field-out-of-range = 숫자는 { $min } 이상 { $max } 이하여야 합니다.
field-bad-id = 올바른 식별자가 아닙니다.
field-bad-hash = SHA-256 값이 아닙니다.
field-ends-before-start = 종료 시각은 시작 시각보다 늦어야 합니다.
field-unknown = ‘{ $name }’에 해당하는 것이 없습니다.
field-circle = 항목은 직접적으로든 다른 항목을 거쳐서든 자기 자신을 포함할 수 없습니다.
field-not-of-kind =
    { $kind ->
        [news] ‘{ kind-news }’ 유형의 기사에는 이 필드가 없습니다.
        [feature] ‘{ kind-feature }’ 유형의 기사에는 이 필드가 없습니다.
        [press_release] ‘{ kind-press_release }’ 유형의 기사에는 이 필드가 없습니다.
        [statement] ‘{ kind-statement }’ 유형의 기사에는 이 필드가 없습니다.
        [event] ‘{ kind-event }’ 유형의 기사에는 이 필드가 없습니다.
        [investment] ‘{ kind-investment }’ 유형의 기사에는 이 필드가 없습니다.
        [destination] ‘{ kind-destination }’ 유형의 기사에는 이 필드가 없습니다.
       *[other] ‘{ $kind }’ 유형의 기사에는 이 필드가 없습니다.
    }
field-not-of-source = 원문 언어판에는 이 필드가 없으며 번역 언어판에만 있습니다.
field-wrong-password = 현재 비밀번호가 올바르지 않습니다.
field-weak-password = 추측하기 쉬운 비밀번호입니다. 더 길거나 덜 흔한 비밀번호를 정해 주십시오.
field-not-minor = 경미한 수정으로는 수치, 링크, 고유 명사를 바꿀 수 없습니다(변경 전 “{ $before }”, 변경 후 “{ $after }”). 주요 수정으로 저장해 주십시오.
field-bad-placeholder = {"{1}"}, {"{/1}"} 같은 표시는 단락의 서식을 나타냅니다. 여는 표시를 닫는 표시보다 앞에 두고, 각각 한 번씩 모두 남겨 주십시오.
field-unchanged = 내용이 이전과 같습니다.
field-cannot-decide = 이 사람은 해당 단계에서 결정할 수 없습니다.
field-own-name = 다른 사람을 지정해 주십시오. 자기 자신에게 위임할 수 없습니다.
field-not-held = 본인이 가진 권한만 위임할 수 있습니다.
field-bad-scope = 이 역할의 범위는 이와 같이 제한할 수 없습니다.
field-in-past = 이미 지난 시각입니다.
field-empty-body = 허용되지 않는 요소를 정리하고 나니 남은 본문이 없습니다. 허용된 HTML로 본문을 입력해 주십시오.
field-bad-url = 호출할 수 있는 완전한 http 또는 https 주소가 아닙니다. 사용자 이름, 비밀번호, # 뒤의 부분이 없어야 하고 포트는 80, 443 또는 1024 이상이어야 합니다.
field-not-of-the-world = 이 주소는 이 서버나 내부 네트워크, 예약된 대역을 가리킵니다. 인터넷의 공개 주소를 입력해 주십시오.
field-not-encrypted = 이 주소는 암호화되지 않습니다. https 주소를 입력해 주십시오.
field-no-feed = 이 주소를 쓰는 피드가 없습니다. 피드의 rel="self" 링크에 적힌 주소를 그대로 입력해 주십시오.

field-bad-address = 이전 주소는 빗금(/) 하나로 시작하고 공백이 없으며 { $max }자를 넘지 않는 경로여야 합니다.
field-own-address = ‘{ $name }’은(는) 이 시스템 자체의 주소이므로 이전 주소로 쓸 수 없습니다.
field-address-taken = ‘{ $name }’ 주소는 다른 기사의 것입니다.
field-slug-taken = ‘{ $name }’ 주소 이름은 다른 기사의 것입니다.
field-in-future = 아직 오지 않은 시각입니다.
field-out-of-order = 바로 앞 항목보다 이른 시각입니다.
field-source-not-public = 원문이 공개되지 않은 동안에는 번역문을 공개할 수 없습니다.
field-row-changed = 이 행은 이전에 다른 내용으로 가져온 적이 있습니다. 기사는 이 시스템에서 고쳐 주십시오.
field-row-edited = 가져온 뒤에 편집된 언어판이므로 검토를 거쳐야 합니다.
field-unreadable = 읽을 수 없습니다: { $detail }

# 거절의 근거가 되는 검토 규칙.

rule-own-text = 누구도 본인의 원고를 결정할 수 없으며, 작성자를 대신하여 결정할 수도 없습니다.
rule-one-stage-each = 본인 명의든 대리든 한 사람은 한 건에서 한 단계만 결정합니다.
rule-role-of-stage = 각 단계는 해당 범위에서 그 역할을 맡은 사람이 결정합니다.
rule-stage-order = 단계는 순서대로 진행됩니다.
rule-named-person = 특정인에게 맡긴 단계는 그 사람이 결정합니다.
rule-seen-text = 결정은 본인이 읽은 바로 그 원고에 대해서만 내립니다.
rule-one-case = 한 원고에는 한 번에 하나의 검토 건만 있습니다.
rule-open-case = 결정을 기다리는 검토 건이 있어야 결정할 수 있습니다.
rule-writers-submit = 원고의 검토 요청과 취소는 작성하는 사람이 합니다.
rule-holders-reassign = 그 단계의 역할을 맡은 사람이나 관리자만 단계를 다른 사람에게 맡길 수 있습니다.
rule-own-right = 권한은 그 권한을 가진 사람만, 다른 사람에게 위임할 수 있습니다.
rule-approval-holds = 승인이 유효한 원고만 게시합니다.
