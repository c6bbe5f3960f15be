# Tên và mô tả các kênh tin. $office là đơn vị phát hành, $name là tên chủ đề, thể loại hoặc cơ quan.

feed-all = { $office } – Tất cả tin, bài
    .description = Toàn bộ tin, bài do { $office } phát hành bằng ngôn ngữ này, mới nhất ở trên.
feed-topic = { $office } – { $name }
    .description = Tin, bài của { $office } về chủ đề “{ $name }”, mới nhất ở trên.
feed-kind = { $office } – { $name }
    .description = Tin, bài của { $office } thuộc thể loại “{ $name }”, mới nhất ở trên.
feed-agency = { $name } – { $office }
    .description = Tin, bài của { $name } do { $office } phát hành, mới nhất ở trên.

# Tiêu đề của mục thay cho tin đã gỡ trong kênh tin.

feed-notice-withdraw = Đã rút: tin này không còn được phát hành
feed-notice-retract = Đã thu hồi: tin này có sai sót, đề nghị không sử dụng
