# Лист утверждения: страница для печати к каждому акту публикации; говорит, кто, когда и какой текст утвердил.

sheet-title = Лист утверждения
sheet-act-publish = Публикация
sheet-act-update = Обновление
sheet-act-correct = Исправление
sheet-act-withdraw = Снятие с публикации
sheet-act-retract = Отзыв
sheet-act-restore = Восстановление
sheet-printed = Напечатано в { $moment }
sheet-language = Язык
sheet-article = Идентификатор материала
sheet-guid = Глобальный идентификатор
sheet-address = Публичный адрес

sheet-text = Текст

sheet-writers = Авторы
sheet-workflow = Порядок согласования
sheet-submitted = Отправил на согласование
sheet-decisions = Решения
sheet-no-case = Снятие материала с публикации не требует утверждения: его сразу выполняет тот, у кого есть на это право.
sheet-stage = Этап
sheet-role = Роль
sheet-person = Кто решил
sheet-on-behalf = { $person } (за { $owner })
sheet-verdict = Решение
sheet-verdict-approve = Утверждено
sheet-verdict-request_changes = Требуются правки
sheet-when = Время
sheet-comment = Комментарий
sheet-carried = по редакции { $revision }, хеш { $hash }
sheet-changes = Изменения после этих решений
sheet-changes-note = Решения с номером редакции относятся к более раннему тексту. Этот текст отличается от него только перечисленными ниже принятыми предложениями; последующие этапы утвердили этот текст целиком.
sheet-revision = Редакция
sheet-before = Было
sheet-after = Стало
sheet-suggested-by = Кто предложил
sheet-taken-by = Кто принял

sheet-made-by = Исполнитель
sheet-note = Публичное примечание
sheet-reason = Причина

sheet-approval-hash = Хеш утверждения (SHA-256)
sheet-envelope-hash = Хеш конверта (SHA-256)
sheet-key = Ключ подписи

sheet-sound = Текст, решения и подпись на этом листе соответствуют друг другу.
sheet-unsound = Текст, решения или подпись на этом листе не соответствуют друг другу. Не полагайтесь на него и немедленно сообщите администратору.

sheet-verify = Как проверить
sheet-verify-text = Хеш содержания — это SHA-256 от байтов, которые в точности находятся по этому адресу:
sheet-verify-envelope = Хеш конверта и подпись относятся к байтам, которые в точности находятся по этому адресу:
sheet-verify-keys = Открытый ключ, названный на этом листе, находится по этому адресу:
