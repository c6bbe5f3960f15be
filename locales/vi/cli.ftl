# Thông báo của các lệnh trên cửa sổ dòng lệnh.

cli-demo-preparing = Đang chuẩn bị tỉnh minh họa trong { $folder } …
cli-demo-progress = Đã xuất bản { $done }/{ $total } bài
cli-demo-ready = Tỉnh minh họa đã sẵn sàng.
cli-demo-existing = Đã có tỉnh minh họa trong { $folder }; hệ thống dùng lại dữ liệu này.
cli-demo-pages = Trang công khai: { $url }
cli-demo-feeds = Kênh tin: { $url }
cli-demo-docs = Tài liệu API: { $url }
cli-demo-accounts = Các tài khoản, cùng dùng mật khẩu { $password }:
cli-demo-accounts-chosen = Các tài khoản, cùng dùng mật khẩu đặt trong { $variable }:
cli-demo-caution = Chỉ để dùng thử: chỉ truy cập được từ chính máy này.

cli-serving = Đang phục vụ tại { $url }
cli-public-address = Địa chỉ công khai: { $url }
cli-authority-of-nobody = Mã định danh sẽ được cấp dưới tên miền { $authority }, vốn không thuộc về ai; hãy đặt LANTOA_AUTHORITY hoặc LANTOA_BASE_URL trước khi soạn bài đầu tiên.
cli-authority-of-nobody-for-ever = Mã định danh được cấp dưới tên miền { $authority }, vốn không thuộc về ai; đã có bài viết nên không thể đổi nữa.
cli-stopping = Đang dừng; các yêu cầu dở dang sẽ được hoàn tất.
cli-no-administrator = Chưa có tài khoản quản trị. Vui lòng tạo bằng lệnh: { $command }
cli-account-created = Đã tạo tài khoản { $email } với vai trò “{ $role }”.
cli-migrated =
    { $count ->
        [0] Cơ sở dữ liệu đã ở phiên bản mới nhất, không cần nâng cấp.
       *[other] Cơ sở dữ liệu đã ở phiên bản mới nhất sau { $count } bước nâng cấp.
    }
cli-audit-valid = Chuỗi nhật ký còn nguyên vẹn: { $entries } mục, mã băm của mục cuối { $head }.
cli-audit-broken = Chuỗi nhật ký bị đứt tại mục { $entry }: { $reason }
cli-bad-configuration = Cấu hình không hợp lệ: { $name }: { $reason }

cli-demo-accounts-kept = Các tài khoản, cùng dùng mật khẩu của lần chạy đầu tiên:

cli-audit-missing = mục này không còn.
cli-audit-altered = nội dung mục này đã bị thay đổi.
cli-audit-cut-short = các mục từ đây trở đi đã bị cắt mất.

# Vì sao một lệnh không chạy được.

cli-locked = Một máy chủ khác đang dùng thư mục dữ liệu { $folder }.
cli-file-failed = Không dùng được { $path }: { $cause }
cli-database-failed = Cơ sở dữ liệu báo lỗi: { $cause }
cli-database-unreachable = Không dùng được cơ sở dữ liệu tại { $host } ({ $name }): { $cause }
cli-listen-failed = Không mở được địa chỉ { $address }: { $cause }
cli-not-a-demo = Thư mục { $folder } đang chứa dữ liệu khác; tỉnh minh họa cần một thư mục riêng, đặt bằng LANTOA_DATA_DIR.
cli-only-a-demo = Thư mục { $folder } chứa tỉnh minh họa nên chỉ được phục vụ trên chính máy này.
cli-no-database = Không có cơ sở dữ liệu trong { $folder }.
cli-no-database-file = Không có cơ sở dữ liệu { $path }.
cli-password-empty = Mật khẩu để trống.
cli-password-stdin = Vui lòng đưa mật khẩu qua đầu vào chuẩn, không gõ trên màn hình.
cli-failed = Không thực hiện được: { $cause }

# Vì sao một giá trị cấu hình không hợp lệ.

cli-bad-unknown = không có khóa này; có lẽ ý là { $nearest }
cli-bad-not-text = giá trị không phải UTF-8
cli-bad-wrong-type = giá trị phải là chuỗi hoặc số nguyên
cli-bad-number = phải là số nguyên từ { $least } đến { $most }
cli-bad-listen = phải là địa chỉ IP và cổng, ví dụ 127.0.0.1:8080
cli-bad-networks = phải là các địa chỉ IP hoặc dải mạng, cách nhau bằng dấu phẩy, ví dụ 127.0.0.1, 10.0.0.0/8
cli-bad-url = phải là địa chỉ http hoặc https chỉ gồm tên máy chủ, không có đường dẫn
cli-bad-template = phải là địa chỉ http hoặc https có {"{"}locale{"}"} và {"{"}slug{"}"}, mỗi phần một lần
cli-bad-authority = phải là tên miền viết thường, ví dụ thongtin.lamhai.example
cli-bad-frozen = mã định danh đã được cấp dưới tên miền { $frozen } và không thể đổi
cli-bad-folder = không thể dùng làm thư mục dữ liệu ({ $detail })
cli-bad-database = phải là sqlite:ĐƯỜNG-DẪN hoặc postgres://…
cli-bad-only-postgres = chỉ dùng được khi LANTOA_DATABASE_URL trỏ tới PostgreSQL
cli-bad-needed-with-postgres = bắt buộc khi dùng PostgreSQL, vì các nút phải dùng chung một giá trị
cli-bad-locale = không phải mã ngôn ngữ BCP 47
cli-bad-length = không được để trống hoặc dài quá { $most } ký tự
cli-bad-filter = không phải bộ lọc nhật ký; ví dụ đúng: info hoặc warn,lantoa=debug
cli-bad-one-of = phải là một trong các từ: { $words }
cli-bad-unreadable = không đọc được tệp ({ $detail })
cli-bad-toml = không phải TOML ({ $detail })
cli-bad-secret = chuỗi bí mật không đủ an toàn ({ $detail })
cli-bad-keys = không dùng được khóa ({ $detail })
cli-bad-loopback = tỉnh minh họa chỉ chạy trên chính máy này, ví dụ 127.0.0.1:8080
cli-bad-own-database = tỉnh minh họa luôn dùng cơ sở dữ liệu riêng trong thư mục dữ liệu
cli-bad-password = mật khẩu không đủ an toàn ({ $detail })

# Nhập và xuất bài viết.

cli-import-reading = Đang đọc { $path } …
cli-import-drafts = Nhập { $rows } dòng thành bản nháp (SHA-256 { $hash }, quyết định { $import }).
cli-import-public = Nhập { $rows } dòng và công khai những bản đã từng công khai, theo quyết định { $import } đã ghi vào chuỗi nhật ký (SHA-256 { $hash }).
cli-import-refused = { $place } bị từ chối: { $reason }
cli-import-stripped = { $place }: { $pointer }: đã bỏ { $what }
cli-import-done = Đã nhập { $rows } dòng ({ $drafts } bản nháp, { $published } bản công khai); { $before } dòng đã có từ trước; { $refused } dòng bị từ chối.
cli-import-under-nobody = Chưa thể công khai: mã định danh sẽ không thuộc về ai. Vui lòng đặt { $name } là tên miền của cơ quan, như cấu hình của máy chủ.
cli-import-other-rows = Tệp đã thay đổi sau khi quyết định được ghi nhận. Vui lòng chạy lại lệnh.
cli-export-done = Đã ghi { $articles } bài vào { $path }.
cli-exists = Đã có { $path }; lệnh này không ghi đè.
cli-transfer-progress = { $percent }%, { $rows } dòng

# Những gì lệnh doctor tìm thấy.

cli-found-nothing = Đã đối chiếu { $count } bản ngữ và mọi tài khoản: không có gì sai lệch.
cli-found-withheld = ĐÃ CHẶN: bài { $article } ({ $locale }) “{ $title }”: { $what }
cli-found-at-desk = CẢNH BÁO: bài { $article } ({ $locale }) “{ $title }”: { $what }
cli-found-rights = CẢNH BÁO: quyền của tài khoản { $name } ({ $id }) không phải là quyền đã được cấp qua hệ thống.
cli-found-signature = chữ ký của một lần xuất bản không khớp.
cli-found-chain = các lần xuất bản không còn nối thành một chuỗi.
cli-found-audit = nhật ký ghi nhận một lần xuất bản cuối cùng khác.
cli-found-text = nội dung đang công bố không phải là nội dung đã ký.
cli-found-live = kho công khai chứa nội dung khác hoặc bị thiếu.
cli-found-stranger = xuất hiện công khai dù chưa từng được xuất bản.
cli-found-approval = hồ sơ duyệt của nội dung đang công bố đã bị sửa hoặc bị xóa.
cli-found-revision = một bản thảo đã bị sửa, bị thêm hoặc bị xóa ngoài hệ thống.
cli-found-case = một hồ sơ duyệt đã bị sửa, bị thêm hoặc bị xóa ngoài hệ thống.
cli-found-decision = một quyết định duyệt đã bị sửa, bị thêm hoặc bị xóa ngoài hệ thống.
cli-feed-clean = { $feed }: đọc đúng như đã ghi, { $at }
cli-feed-unclean = CHƯA ĐẠT: { $feed }: { $fault }. Lần gần nhất đọc đúng như đã ghi: { $at }
cli-feed-never-clean = CHƯA ĐẠT: { $feed }: { $fault }. Chưa lần nào đọc đúng như đã ghi.
cli-feeds-clean = Các bộ đọc độc lập đã đọc { $count } nguồn tin: tất cả đúng như đã ghi.
cli-feeds-unclean = { $bad } trong số { $count } nguồn tin không được đọc đúng như đã ghi.
cli-head-unsigned = { $path } không chứa mục cuối của nhật ký do hệ thống này ký.
