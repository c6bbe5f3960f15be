# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") } в { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = Опубликовано { $moment }
page-updated-at = Обновлено { $moment }
page-version = Версия { $version }

page-agency = Учреждение
page-topics = Темы
page-other-languages = На других языках
page-stale = После подготовки этого перевода оригинал изменился. Некоторые сведения ниже могли устареть.

page-corrections = Исправления
page-correction = Исправление № { $number }, { $moment }

page-notice-withdraw = Этот материал отозван
page-notice-retract = Этот материал аннулирован
page-taken-down-at = Снято с публикации { $moment }

page-preview = Предварительный просмотр, не опубликовано
    .detail = Этот текст не опубликован и показан только для ознакомления. Просим не цитировать и не распространять его. Срок действия ссылки: { $moment }.

page-verify = Проверить подлинность материала
    .detail = Текст снабжён хешем содержимого и цифровой подписью, по которым любой может проверить, что он в точности совпадает с опубликованным.
page-content-hash = Хеш содержимого (SHA-256)
page-signature = Цифровая подпись

page-feeds = Новостные ленты
    .detail = { $office }: за публикациями можно следить в любой удобной программе для чтения новостных лент.
page-home = Главная
page-older = Более ранние материалы
page-empty = Здесь пока ничего не опубликовано.
