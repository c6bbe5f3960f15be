# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = Новости
kind-feature = Очерки
kind-press_release = Пресс-релизы
kind-statement = Разъяснения
kind-event = Мероприятия
kind-investment = Инвестиционные возможности
kind-destination = Туристические направления

state-draft = Черновик
state-in_review = На согласовании
state-changes_requested = Требуется доработка
state-approved = Утверждено
state-scheduled = Запланировано
state-published = Опубликовано
state-withdrawn = Отозвано
state-retracted = Аннулировано

role-author = Автор
role-translator = Переводчик
role-reviewer = Согласующий
role-approver = Утверждающий
role-publisher = Ответственный за публикацию
role-press_officer = Сотрудник пресс-службы
role-auditor = Аудитор
role-admin = Администратор

takedown-withdraw = Отзыв материала
takedown-retract = Аннулирование материала

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = Этот материал снят с публикации, так как содержал фактическую ошибку.
reason-wrong_figure = Этот материал снят с публикации, так как содержал неверные цифры.
reason-wrong_name = Этот материал снят с публикации, так как в нём было указано неверное имя или название.
reason-legal = Этот материал снят с публикации по юридическим причинам.
reason-duplicate = Этот материал снят с публикации, так как был опубликован дважды.
reason-outdated = Этот материал снят с публикации, так как содержащиеся в нём сведения устарели.
reason-request = Этот материал снят с публикации по просьбе лиц или организаций, которых он касается.
reason-security = Этот материал снят с публикации по соображениям информационной безопасности.
reason-expired = Этот материал снят с публикации, так как срок его размещения истёк.
reason-source_retracted = Этот материал снят с публикации на время повторной проверки оригинала.
reason-other = Этот материал снят с публикации.
