# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } – Todas las publicaciones
    .description = { $office }: todas las publicaciones en este idioma, de la más reciente a la más antigua.
feed-topic = { $office } – { $name }
    .description = { $office }: publicaciones sobre el tema «{ $name }», de la más reciente a la más antigua.
feed-kind = { $office } – { $name }
    .description = { $office }: publicaciones del tipo «{ $name }», de la más reciente a la más antigua.
feed-agency = { $name } – { $office }
    .description = { $office }: publicaciones del organismo «{ $name }», de la más reciente a la más antigua.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = Retirado: este contenido ya no está publicado
feed-notice-retract = Retractado: este contenido era erróneo; se ruega no utilizarlo
