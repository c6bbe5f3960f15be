# Tên thể loại, trạng thái, vai trò và hình thức gỡ bài, dùng trong danh sách và trên trang.

kind-news = Tin tức
kind-feature = Bài chuyên sâu
kind-press_release = Thông cáo báo chí
kind-statement = Thông tin làm rõ
kind-event = Sự kiện
kind-investment = Cơ hội đầu tư
kind-destination = Điểm đến

state-draft = Bản nháp
state-in_review = Đang duyệt
state-changes_requested = Yêu cầu chỉnh sửa
state-approved = Đã duyệt
state-scheduled = Đã hẹn giờ xuất bản
state-published = Đã xuất bản
state-withdrawn = Đã rút
state-retracted = Đã thu hồi

role-author = Tác giả
role-translator = Biên dịch viên
role-reviewer = Người hiệu đính
role-approver = Lãnh đạo duyệt
role-publisher = Phụ trách xuất bản
role-press_officer = Cán bộ báo chí
role-auditor = Giám sát viên
role-admin = Quản trị viên

takedown-withdraw = Rút bài
takedown-retract = Thu hồi bài

# Câu công khai khi không có ghi chú riêng; câu nào cũng dùng được cho cả rút bài lẫn thu hồi bài.

reason-factual_error = Bài viết này đã được gỡ vì có thông tin không chính xác.
reason-wrong_figure = Bài viết này đã được gỡ vì có số liệu không chính xác.
reason-wrong_name = Bài viết này đã được gỡ vì nêu sai tên.
reason-legal = Bài viết này đã được gỡ vì lý do pháp lý.
reason-duplicate = Bài viết này đã được gỡ vì đăng trùng với một bài khác.
reason-outdated = Bài viết này đã được gỡ vì thông tin không còn phù hợp với thời điểm hiện tại.
reason-request = Bài viết này đã được gỡ theo đề nghị của tổ chức, cá nhân liên quan.
reason-security = Bài viết này đã được gỡ vì lý do an toàn thông tin.
reason-expired = Bài viết này đã được gỡ vì đã hết thời hạn công bố.
reason-source_retracted = Bài viết này đã được gỡ trong thời gian bản gốc được xem xét lại.
reason-other = Bài viết này đã được gỡ.
