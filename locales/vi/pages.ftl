# Các từ ngữ trên trang công khai đơn giản. $moment là thời điểm viết theo page-moment.

page-moment = { DATETIME($at, timeStyle: "short") } ngày { DATETIME($at, dateStyle: "short") } ({ $zone })
page-published-at = Đăng lúc { $moment }
page-updated-at = Cập nhật lúc { $moment }
page-version = Phiên bản { $version }

page-agency = Cơ quan
page-topics = Chủ đề
page-other-languages = Bản bằng ngôn ngữ khác
page-stale = Bản gốc đã thay đổi sau khi bản dịch này được thực hiện. Một số nội dung dưới đây có thể chưa được cập nhật.

page-corrections = Đính chính
page-correction = Đính chính lần { $number }, { $moment }

page-notice-withdraw = Bài viết này đã được rút
page-notice-retract = Bài viết này đã bị thu hồi
page-taken-down-at = Gỡ lúc { $moment }

page-preview = Bản xem trước, chưa được xuất bản
    .detail = Nội dung này chưa được xuất bản và chỉ dùng để xem trước; đề nghị không trích dẫn, không phổ biến. Liên kết hết hiệu lực lúc { $moment }.

page-verify = Kiểm tra tính xác thực của bài viết
    .detail = Bài viết có mã băm nội dung và chữ ký số, nhờ đó bất kỳ ai cũng có thể kiểm tra rằng đây đúng là nội dung đã được phát hành.
page-content-hash = Mã băm nội dung (SHA-256)
page-signature = Chữ ký số

page-feeds = Kênh tin
    .detail = Theo dõi tin, bài của { $office } bằng trình đọc tin RSS quen dùng.
page-home = Trang chủ
page-older = Tin cũ hơn
page-empty = Chưa có tin, bài nào được đăng ở đây.
