# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = { DATETIME($at, dateStyle: "long") }, { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = Publicado el { $moment }
page-updated-at = Actualizado el { $moment }
page-version = Versión { $version }

page-agency = Organismo
page-topics = Temas
page-other-languages = En otros idiomas
page-stale = El original ha cambiado desde que se hizo esta traducción. Es posible que algunas partes del texto que sigue no estén actualizadas.

page-corrections = Correcciones
page-correction = Corrección n.º { $number }, { $moment }

page-notice-withdraw = Este artículo ha sido retirado
page-notice-retract = Este artículo ha sido retractado
page-taken-down-at = Publicación anulada el { $moment }

page-preview = Vista previa, sin publicar
    .detail = Este texto no se ha publicado y se muestra solo para su revisión. Le rogamos que no lo cite ni lo difunda. El enlace caduca el { $moment }.

page-verify = Verificar la autenticidad de este artículo
    .detail = El texto lleva una huella de su contenido y una firma digital con las que cualquiera puede comprobar que es exactamente el que se publicó.
page-content-hash = Huella del contenido (SHA-256)
page-signature = Firma digital

page-feeds = Canales de noticias
    .detail = { $office }: siga las publicaciones en el lector de noticias que prefiera.
page-home = Inicio
page-older = Publicaciones anteriores
page-empty = Aquí todavía no se ha publicado nada.
