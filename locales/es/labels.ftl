# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = Noticia
kind-feature = Reportaje
kind-press_release = Comunicado de prensa
kind-statement = Aclaración
kind-event = Evento
kind-investment = Oportunidad de inversión
kind-destination = Destino turístico

state-draft = Borrador
state-in_review = En revisión
state-changes_requested = Cambios solicitados
state-approved = Aprobado
state-scheduled = Publicación programada
state-published = Publicado
state-withdrawn = Retirado
state-retracted = Retractado

role-author = Autor
role-translator = Traductor
role-reviewer = Revisor
role-approver = Responsable de aprobación
role-publisher = Responsable de publicación
role-press_officer = Responsable de prensa
role-auditor = Responsable de auditoría
role-admin = Administrador

takedown-withdraw = Retirada del artículo
takedown-retract = Retractación del artículo

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = Se ha anulado la publicación de este artículo porque contenía un error factual.
reason-wrong_figure = Se ha anulado la publicación de este artículo porque contenía cifras incorrectas.
reason-wrong_name = Se ha anulado la publicación de este artículo porque daba un nombre equivocado.
reason-legal = Se ha anulado la publicación de este artículo por motivos legales.
reason-duplicate = Se ha anulado la publicación de este artículo porque estaba duplicado.
reason-outdated = Se ha anulado la publicación de este artículo porque su información ya no está actualizada.
reason-request = Se ha anulado la publicación de este artículo a petición de las personas u organizaciones interesadas.
reason-security = Se ha anulado la publicación de este artículo por motivos de seguridad de la información.
reason-expired = Se ha anulado la publicación de este artículo porque ha terminado su periodo de publicación.
reason-source_retracted = Se ha anulado la publicación de este artículo mientras se vuelve a examinar su versión original.
reason-other = Se ha anulado la publicación de este artículo.
