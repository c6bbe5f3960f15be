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
cli-stopping = Đang dừng; các yêu cầu dở dang sẽ được hoàn tất.
cli-no-administrator = Chưa có tài khoản quản trị. Vui lòng tạo bằng lệnh: { $command }
cli-account-created = Đã tạo tài khoản { $email } với vai trò “{ $role }”.
cli-migrated =
    { $count ->
        [0] Cơ sở dữ liệu đã ở phiên bản mới nhất, không cần nâng cấp.
       *[other] Cơ sở dữ liệu đã ở phiên bản mới nhất sau { $count } bước nâng cấp.
    }
cli-audit-valid = Chuỗi nhật ký còn nguyên vẹn: { $entries } mục, mục cuối { $head }.
cli-audit-broken = Chuỗi nhật ký bị đứt tại mục { $entry }: { $reason }
cli-bad-configuration = Cấu hình không hợp lệ: { $name }: { $reason }
