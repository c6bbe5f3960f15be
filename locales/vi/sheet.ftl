# Phiếu duyệt: trang in cho từng lần công bố, cho biết ai đã duyệt nội dung nào, vào lúc nào.

sheet-title = Phiếu duyệt
sheet-act-publish = Đăng
sheet-act-update = Cập nhật
sheet-act-correct = Đính chính
sheet-act-withdraw = Rút bài
sheet-act-retract = Thu hồi bài
sheet-act-restore = Khôi phục
sheet-printed = In lúc { $moment }
sheet-language = Ngôn ngữ
sheet-article = Mã bài viết
sheet-guid = Định danh toàn cục
sheet-address = Địa chỉ công khai

sheet-text = Nội dung

sheet-writers = Người soạn
sheet-workflow = Quy trình duyệt
sheet-submitted = Người trình
sheet-decisions = Ý kiến duyệt
sheet-no-case = Việc gỡ bài không cần duyệt; người có thẩm quyền thực hiện ngay.
sheet-stage = Bước
sheet-role = Vai trò
sheet-person = Người duyệt
sheet-on-behalf = { $person } (thay mặt { $owner })
sheet-verdict = Ý kiến
sheet-verdict-approve = Đồng ý
sheet-verdict-request_changes = Yêu cầu chỉnh sửa
sheet-when = Thời điểm
sheet-comment = Ghi chú của người duyệt
sheet-carried = cho bản thảo số { $revision }, mã băm { $hash }
sheet-changes = Thay đổi sau các ý kiến đó
sheet-changes-note = Các ý kiến ghi kèm số bản thảo là ý kiến cho bản trước. Bản đó chỉ khác bản này ở những đề xuất đã được chấp nhận dưới đây; các bước sau đã duyệt toàn văn bản này.
sheet-revision = Bản thảo số
sheet-before = Trước
sheet-after = Sau
sheet-suggested-by = Người đề xuất
sheet-taken-by = Người chấp nhận

sheet-made-by = Người thực hiện
sheet-note = Ghi chú công khai
sheet-reason = Lý do

sheet-approval-hash = Mã băm phê duyệt (SHA-256)
sheet-envelope-hash = Mã băm phong bì (SHA-256)
sheet-key = Khóa ký

sheet-sound = Nội dung, ý kiến duyệt và chữ ký trên phiếu này khớp với nhau.
sheet-unsound = Nội dung, ý kiến duyệt hoặc chữ ký trên phiếu này không khớp với nhau. Không sử dụng phiếu này; vui lòng báo ngay cho quản trị viên.

sheet-verify = Cách kiểm tra
sheet-verify-text = Mã băm nội dung là SHA-256 của đúng các byte tại địa chỉ này:
sheet-verify-envelope = Mã băm phong bì và chữ ký số được tính trên đúng các byte tại địa chỉ này:
sheet-verify-keys = Khóa công khai mang tên ghi trên phiếu có tại địa chỉ này:
