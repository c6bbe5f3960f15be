# Vì sao yêu cầu bị từ chối: problem-<mã> là tiêu đề, .detail cho biết cần làm gì.

problem-malformed-json = Nội dung gửi lên không phải JSON
    .detail = Hệ thống không đọc được nội dung dưới dạng JSON. Vui lòng kiểm tra các dấu ngoặc, dấu nháy, dấu phẩy rồi gửi lại.
problem-bad-encoding = Nội dung gửi lên không phải UTF-8
    .detail = Nội dung có những byte không hợp lệ theo UTF-8. Vui lòng lưu hoặc mã hóa văn bản theo UTF-8 rồi gửi lại.
problem-duplicate-key = Có trường bị lặp lại
    .detail = Một đối tượng trong nội dung chứa cùng một trường nhiều lần nên không rõ giá trị nào là đúng. Vui lòng chỉ giữ lại một.
problem-unknown-field = Có trường không xác định
    .detail = Nội dung có một trường mà thao tác này không biết đến. Vui lòng đối chiếu cách viết với tài liệu API hoặc bỏ trường đó.
problem-unknown-parameter = Có tham số không xác định
    .detail = Địa chỉ có một tham số truy vấn mà thao tác này không biết đến. Vui lòng đối chiếu cách viết với tài liệu API hoặc bỏ tham số đó.
problem-bad-parameter = Giá trị của tham số không hợp lệ
    .detail = Một tham số truy vấn mang giá trị không được chấp nhận. Tài liệu API liệt kê những giá trị có thể dùng.
problem-bad-cursor = Con trỏ trang không thuộc danh sách này
    .detail = Vui lòng dùng đúng con trỏ mà trang trước đã trả về, với cùng bộ lọc, hoặc xem lại từ trang đầu mà không kèm con trỏ.
problem-bad-header = Không đọc được một tiêu đề HTTP của yêu cầu
    .detail = Một tiêu đề HTTP của yêu cầu sai định dạng. Vui lòng sửa hoặc bỏ tiêu đề đó rồi gửi lại.
problem-search-unavailable = Chưa có chức năng tìm kiếm
    .detail = Hệ thống này chưa cung cấp tìm kiếm toàn văn. Vui lòng bỏ tham số q và lọc theo chủ đề, thể loại hoặc cơ quan.
problem-unauthenticated = Vui lòng đăng nhập
    .detail = Địa chỉ này chỉ dành cho người đã đăng nhập. Vui lòng đăng nhập, hoặc gia hạn phiên nếu phiên đã hết hạn, rồi thử lại.
problem-bad-credentials = Email hoặc mật khẩu không đúng
    .detail = Vui lòng kiểm tra lại cả hai. Nếu quên mật khẩu hoặc tài khoản đã bị khóa, xin liên hệ quản trị viên.
problem-bad-refresh-token = Phiên làm việc đã kết thúc
    .detail = Mã gia hạn phiên không còn hiệu lực hoặc đã được dùng. Vui lòng đăng nhập lại.
problem-forbidden = Không có quyền thực hiện
    .detail = Tài khoản được xem nội dung này nhưng không được thực hiện thao tác vừa yêu cầu. Nếu cần quyền, xin liên hệ quản trị viên.
problem-own-text = Không được tự duyệt bài của mình
    .detail = Người đã tham gia soạn thảo được coi là tác giả, và bài phải do người khác duyệt. Vui lòng nhờ đồng nghiệp chưa từng sửa bài này.
problem-second-stage = Tài khoản này đã ra quyết định về hồ sơ
    .detail = Các bước duyệt phải do những người khác nhau quyết định. Bước này cần một người chưa từng ra quyết định về hồ sơ.
problem-not-found = Không tìm thấy
    .detail = Không có nội dung nào ở địa chỉ này, hoặc tài khoản không được xem. Vui lòng kiểm tra lại địa chỉ.
problem-method-not-allowed = Địa chỉ này không hỗ trợ phương thức vừa dùng
    .detail = Địa chỉ có tồn tại nhưng không nhận phương thức này. Tiêu đề Allow liệt kê những phương thức được hỗ trợ.
problem-not-acceptable = Không có định dạng phù hợp
    .detail = Tiêu đề Accept không chấp nhận định dạng nào mà hệ thống cung cấp được. Vui lòng nới rộng hoặc bỏ tiêu đề này.
problem-request-timeout = Yêu cầu gửi đến quá chậm
    .detail = Hệ thống không nhận đủ yêu cầu trong thời gian cho phép. Vui lòng kiểm tra đường truyền rồi gửi lại.
problem-slug-taken = Đường dẫn đã được sử dụng
    .detail = Một bài khác trong cùng ngôn ngữ đang hoặc đã từng dùng đường dẫn này, mà đường dẫn đã công bố thì không bao giờ đổi nghĩa. Vui lòng chọn đường dẫn khác.
problem-email-taken = Địa chỉ email đã được sử dụng
    .detail = Một tài khoản khác đang dùng địa chỉ email này. Vui lòng dùng địa chỉ khác hoặc sửa tài khoản đã có.
problem-code-taken = Mã đã được sử dụng
    .detail = Một mục khác đang dùng mã hoặc mã ngôn ngữ này. Mã được giữ vĩnh viễn, vì vậy vui lòng chọn mã khác.
problem-in-use = Vẫn đang được sử dụng
    .detail = Còn dữ liệu khác tham chiếu đến mục này nên chưa thể xóa. Vui lòng gỡ các tham chiếu đó trước.
problem-case-open = Bài đang được duyệt
    .detail = Lần sửa này đang có một hồ sơ duyệt chưa kết thúc. Vui lòng chờ kết quả, hoặc rút hồ sơ về để sửa tiếp.
problem-no-open-case = Không có hồ sơ duyệt đang mở
    .detail = Hồ sơ đã được quyết định, đã rút về, hoặc đã được thay bằng lần sửa mới hơn. Vui lòng tải lại để xem tình trạng của bài.
problem-not-its-turn = Chưa đến lượt bước này
    .detail = Bước này đã được quyết định hoặc chưa đến lượt. Mục waiting_for cho biết hồ sơ đang chờ bước nào và vai trò nào.
problem-no-workflow = Không có quy trình duyệt phù hợp
    .detail = Chưa có quy trình nào đang áp dụng cho loại bài, ngôn ngữ và cơ quan này. Vui lòng báo quản trị viên để bổ sung hoặc kích hoạt một quy trình.
problem-check-open = Còn điểm kiểm tra chưa đạt
    .detail = Có điểm kiểm tra bắt buộc chưa đạt và chưa ai nhận trách nhiệm cho qua. Vui lòng sửa bài, hoặc để người duyệt ghi rõ lý do cho qua khi quyết định.
problem-hash-mismatch = Nội dung đã thay đổi sau khi được đọc
    .detail = Nội dung vừa xem không còn là nội dung hiện tại. Vui lòng tải lại, đọc lại rồi mới quyết định hoặc xuất bản.
problem-not-approved = Bài chưa được duyệt
    .detail = Chỉ có thể xuất bản bài đã qua đủ các bước duyệt. Vui lòng trình duyệt trước.
problem-approval-lapsed = Kết quả duyệt không còn hiệu lực
    .detail = Một người đã duyệt bài nay không còn quyền duyệt, hoặc đã trở thành tác giả của bài. Vui lòng trình duyệt lại.
problem-already-published = Nội dung này đã được xuất bản
    .detail = Bản đang công bố chính là bản này nên không có gì để xuất bản thêm.
problem-source-not-published = Bản gốc chưa được xuất bản
    .detail = Theo quy trình, bản dịch không được xuất bản trước bản gốc. Vui lòng xuất bản bản gốc trước.
problem-not-published = Bài chưa được xuất bản
    .detail = Thao tác này chỉ áp dụng cho bài đang công bố. Vui lòng xuất bản bài trước.
problem-taken-down = Bài đã được gỡ
    .detail = Bài đã rút hoặc đã thu hồi không được xuất bản lại với đúng nội dung đã gỡ. Vui lòng khôi phục bài nếu kết quả duyệt còn hiệu lực, hoặc lưu nội dung mới rồi trình duyệt và xuất bản.
problem-not-taken-down = Bài chưa bị gỡ
    .detail = Chỉ có thể khôi phục bài đã rút hoặc đã thu hồi. Vui lòng tải lại để xem tình trạng hiện tại của bài.
problem-not-scheduled = Không có lịch hẹn nào đang chờ
    .detail = Lịch hẹn đã được thực hiện, đã bị hủy hoặc chưa từng được đặt. Vui lòng tải lại để xem kết quả.
problem-in-release = Bài nằm trong một đợt phát hành
    .detail = Bài này đã hẹn giờ đăng cùng các bài khác trong một đợt phát hành. Vui lòng hủy cả đợt phát hành trước, rồi hẹn lại riêng cho bài này.
problem-last-administrator = Phải còn ít nhất một quản trị viên
    .detail = Nếu thiếu tài khoản này thì không còn ai quản trị hệ thống. Vui lòng chỉ định một quản trị viên khác trước.
problem-suggestion-answered = Đề xuất này đã được trả lời
    .detail = Đề xuất này đã được chấp nhận hoặc bị từ chối trước đó. Vui lòng tải lại danh sách đề xuất.
problem-suggestion-outdated = Đề xuất này không còn phù hợp với nội dung
    .detail = Đoạn được đề xuất sửa đã thay đổi từ khi đề xuất được gửi, nên không thể áp dụng nữa. Vui lòng từ chối đề xuất này hoặc gửi đề xuất mới.
problem-not-stale = Bản dịch này không lạc hậu so với bản gốc
    .detail = Bản gốc chưa có thay đổi nào cần xác nhận. Chỉ xác nhận “bản này vẫn đúng” khi bản gốc đã thay đổi.
problem-gone = Bài không còn được phát hành
    .detail = Bài này từng được xuất bản và nay đã được gỡ. Lý do được nêu trong ghi chú công khai.
problem-precondition-failed = Người khác vừa thay đổi nội dung này
    .detail = Phiên bản nêu trong yêu cầu không phải là phiên bản mới nhất. Vui lòng tải lại, đưa thay đổi vào phiên bản hiện tại rồi lưu lại.
problem-body-too-large = Yêu cầu quá lớn
    .detail = Nội dung vượt quá dung lượng mà thao tác này tiếp nhận. Vui lòng rút gọn văn bản hoặc giảm kích thước tệp rồi gửi lại.
problem-unsupported-media-type = Kiểu dữ liệu không được tiếp nhận
    .detail = Thao tác này không nhận Content-Type của yêu cầu. Tài liệu API nêu rõ các kiểu được nhận, thường là application/json.
problem-content-encoding = Không tiếp nhận yêu cầu đã nén
    .detail = Nội dung gửi lên có Content-Encoding. Vui lòng gửi ở dạng không nén.
problem-invalid = Một số thông tin chưa hợp lệ
    .detail = Hệ thống hiểu yêu cầu nhưng chưa thể chấp nhận. Danh sách lỗi chỉ rõ từng vị trí và điều cần sửa.
problem-idempotency-reuse = Khóa chống gửi trùng đã được dùng
    .detail = Khóa này đã đi kèm một yêu cầu khác. Vui lòng dùng khóa mới cho mỗi yêu cầu mới và chỉ lặp lại khóa cũ với đúng nội dung cũ.
problem-precondition-required = Cần nêu phiên bản đang sửa
    .detail = Vui lòng gửi If-Match kèm ETag nhận được gần nhất, để không ai vô tình ghi đè phần việc của người khác.
problem-too-many-requests = Quá nhiều yêu cầu
    .detail = Vui lòng chờ trước khi gửi yêu cầu tiếp theo. Tiêu đề Retry-After cho biết số giây cần chờ.
problem-internal = Hệ thống gặp lỗi
    .detail = Yêu cầu chưa thực hiện được do lỗi của hệ thống. Vui lòng thử lại sau; nếu lỗi lặp lại, xin gửi mã yêu cầu cho quản trị viên.
problem-unavailable = Hệ thống tạm thời không phục vụ được
    .detail = Hiện chưa thể trả lời yêu cầu. Tiêu đề Retry-After cho biết khi nào nên thử lại.
problem-busy = Hệ thống đang bận
    .detail = Đang có quá nhiều yêu cầu được xử lý cùng lúc. Tiêu đề Retry-After cho biết khi nào nên thử lại.

# Điều chưa đúng tại một vị trí của yêu cầu.

field-required = Trường này là bắt buộc.
field-wrong-type =
    { $expected ->
        [string] Giá trị không đúng kiểu; cần: văn bản.
        [number] Giá trị không đúng kiểu; cần: số.
        [integer] Giá trị không đúng kiểu; cần: số nguyên.
        [boolean] Giá trị không đúng kiểu; cần: true hoặc false.
        [array] Giá trị không đúng kiểu; cần: danh sách.
        [object] Giá trị không đúng kiểu; cần: đối tượng.
       *[other] Giá trị không đúng kiểu; cần: { $expected }.
    }
field-not-one-of = Giá trị phải là một trong các giá trị sau: { $expected }.
field-unknown-field = Ở đây không có trường “{ $name }”.
field-duplicate-key = Trường “{ $name }” xuất hiện hai lần.
field-too-deep = Nội dung lồng quá { $max } cấp hoặc mã đánh dấu quá rối. Vui lòng làm gọn bố cục rồi thử lại.
field-too-long = Quá dài: tối đa { $max } ký tự.
field-too-large = Quá lớn: tối đa { $max } byte.
field-too-short = Quá ngắn: tối thiểu { $min } ký tự.
field-too-many = Quá nhiều: tối đa { $max }.
field-too-small = Quá nhỏ: tối thiểu { $min }.
field-duplicate = “{ $name }” được nêu hai lần.
field-bad-character = Ký tự { $character } ở vị trí { $position } không dùng được trong văn bản. Vui lòng bỏ ký tự này.
field-bad-slug = Chỉ dùng chữ thường a–z không dấu và chữ số, giữa các từ có một dấu gạch nối.
field-slug-needed = Không thể tạo đường dẫn dễ đọc từ tiêu đề này. Vui lòng tự nhập đường dẫn.
field-bad-code = Mã chỉ gồm chữ thường a–z không dấu và chữ số, giữa các từ có một dấu gạch nối.
field-bad-locale = Mã ngôn ngữ này viết không đúng chuẩn; ví dụ cách viết đúng: vi, zh-Hans.
field-bad-email = Đây không phải là địa chỉ email.
field-bad-time = Cần ghi đủ ngày, giờ và múi giờ, ví dụ 2026-09-02T08:00:00+07:00.
field-bad-time-zone = Đây không phải là tên múi giờ; ví dụ tên đúng: Asia/Ho_Chi_Minh.
field-bad-decimal = Số phải viết dưới dạng văn bản với dấu chấm thập phân và có tối đa 18 chữ số, ví dụ "1250.5".
field-out-of-range = Số phải nằm trong khoảng từ { $min } đến { $max }.
field-bad-id = Mã định danh không hợp lệ.
field-bad-hash = Đây không phải là giá trị SHA-256.
field-ends-before-start = Thời điểm kết thúc phải sau thời điểm bắt đầu.
field-unknown = Không có “{ $name }”.
field-circle = Một mục không thể chứa chính nó, dù trực tiếp hay qua mục khác.
field-not-of-kind =
    { $kind ->
        [news] Bài thuộc thể loại “{ kind-news }” không có trường này.
        [feature] Bài thuộc thể loại “{ kind-feature }” không có trường này.
        [press_release] Bài thuộc thể loại “{ kind-press_release }” không có trường này.
        [statement] Bài thuộc thể loại “{ kind-statement }” không có trường này.
        [event] Bài thuộc thể loại “{ kind-event }” không có trường này.
        [investment] Bài thuộc thể loại “{ kind-investment }” không có trường này.
        [destination] Bài thuộc thể loại “{ kind-destination }” không có trường này.
       *[other] Bài thuộc thể loại “{ $kind }” không có trường này.
    }
field-not-of-source = Bản gốc không có trường này, chỉ bản dịch mới có.
field-wrong-password = Mật khẩu hiện tại không đúng.
field-weak-password = Mật khẩu này dễ đoán. Vui lòng chọn mật khẩu dài hơn hoặc ít phổ biến hơn.
field-not-minor = Sửa nhỏ không được chạm đến số liệu, liên kết hoặc tên riêng (“{ $before }” đã thành “{ $after }”). Vui lòng lưu dưới dạng sửa lớn.
field-bad-placeholder = Các ký hiệu như {"{1}"} và {"{/1}"} thay cho định dạng của đoạn: phải giữ đủ, mỗi ký hiệu đúng một lần, mở trước đóng sau.
field-unchanged = Nội dung không khác gì trước.
field-cannot-decide = Người này không thể quyết định ở bước đó.
field-own-name = Vui lòng chọn người khác: không ai tự ủy quyền cho chính mình.
field-not-held = Chỉ có thể ủy quyền quyền hạn mà bản thân đang có.
field-bad-scope = Vai trò này không thể giới hạn theo phạm vi đó.
field-in-past = Thời điểm này đã qua.
field-empty-body = Sau khi làm sạch, văn bản không còn nội dung. Vui lòng nhập văn bản với các thẻ HTML được phép.
field-bad-url = Đây không phải là một địa chỉ http hoặc https đầy đủ có thể gọi được: không có tên người dùng, mật khẩu hay phần sau dấu #, và cổng phải là 80, 443 hoặc từ 1024 trở lên.
field-not-of-the-world = Địa chỉ này dẫn tới chính máy chủ, mạng nội bộ hoặc một vùng địa chỉ dành riêng. Hãy dùng một địa chỉ công khai trên Internet.
field-not-encrypted = Địa chỉ này không được mã hóa. Hãy dùng địa chỉ https.
field-no-feed = Không có nguồn tin nào của chúng tôi mang địa chỉ này. Hãy dùng đúng địa chỉ ghi ở liên kết rel="self" của nguồn tin.

field-bad-address = Địa chỉ cũ phải là đường dẫn bắt đầu bằng đúng một dấu gạch chéo, không có khoảng trắng, dài tối đa { $max } ký tự.
field-own-address = “{ $name }” là địa chỉ của chính hệ thống này nên không thể dùng làm địa chỉ cũ.
field-address-taken = Địa chỉ “{ $name }” đã thuộc về một bài khác.
field-slug-taken = Đường dẫn “{ $name }” đã thuộc về một bài khác.
field-in-future = Thời điểm này chưa tới.
field-out-of-order = Thời điểm này sớm hơn mục đứng trước nó.
field-source-not-public = Bản dịch không thể công khai khi bản gốc chưa công khai.
field-row-changed = Dòng này đã được nhập trước đây với nội dung khác. Vui lòng sửa bài ngay trong hệ thống.
field-row-edited = Bản này đã được biên tập sau khi nhập nên phải qua quy trình duyệt.
field-unreadable = Không đọc được: { $detail }

# Quy tắc của việc duyệt mà một lần từ chối nêu ra.

rule-own-text = Không ai được duyệt bài của mình, kể cả khi duyệt thay người đã soạn bài.
rule-one-stage-each = Mỗi người chỉ quyết định một bước của hồ sơ, dù đứng tên mình hay thay mặt người khác.
rule-role-of-stage = Mỗi bước do người giữ đúng vai trò trong phạm vi đó quyết định.
rule-stage-order = Các bước duyệt diễn ra theo thứ tự.
rule-named-person = Bước đã giao đích danh cho ai thì do người đó quyết định.
rule-seen-text = Chỉ được quyết định về đúng nội dung đã đọc.
rule-one-case = Mỗi văn bản chỉ có một hồ sơ duyệt tại một thời điểm.
rule-open-case = Chỉ quyết định được khi hồ sơ đang chờ.
rule-writers-submit = Người soạn văn bản là người trình duyệt và rút hồ sơ.
rule-holders-reassign = Người giữ vai trò của bước hoặc quản trị viên mới được giao bước đó cho người khác.
rule-own-right = Chỉ người đang giữ quyền mới ủy quyền được, và phải ủy quyền cho người khác.
rule-approval-holds = Chỉ xuất bản nội dung đã được duyệt và kết quả duyệt còn hiệu lực.
