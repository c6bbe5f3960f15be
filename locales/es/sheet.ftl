# La hoja de aprobación: una página para imprimir por cada acto de publicación, que dice quién aprobó qué texto y cuándo.

sheet-title = Hoja de aprobación
sheet-act-publish = Publicación
sheet-act-update = Actualización
sheet-act-correct = Corrección
sheet-act-withdraw = Retirada
sheet-act-retract = Retractación
sheet-act-restore = Restablecimiento
sheet-printed = Impreso a las { $moment }
sheet-language = Idioma
sheet-article = Identificador del artículo
sheet-guid = Identificador global
sheet-address = Dirección pública

sheet-text = Texto

sheet-writers = Redactado por
sheet-workflow = Flujo de revisión
sheet-submitted = Enviado por
sheet-decisions = Decisiones
sheet-no-case = Retirar un artículo no requiere aprobación; lo hace de inmediato quien tiene el permiso.
sheet-stage = Etapa
sheet-role = Función
sheet-person = Decidido por
sheet-on-behalf = { $person } (en nombre de { $owner })
sheet-verdict = Decisión
sheet-verdict-approve = Aprobado
sheet-verdict-request_changes = Cambios solicitados
sheet-when = Fecha y hora
sheet-comment = Comentario del revisor
sheet-carried = sobre la revisión { $revision }, huella { $hash }
sheet-changes = Cambios desde esas decisiones
sheet-changes-note = Las decisiones que llevan un número de revisión se tomaron sobre un texto anterior. Entre aquel texto y este solo median las sugerencias aceptadas que figuran a continuación; las etapas posteriores aprobaron este texto tal como está.
sheet-revision = Revisión
sheet-before = Antes
sheet-after = Después
sheet-suggested-by = Sugerido por
sheet-taken-by = Aceptado por

sheet-made-by = Realizado por
sheet-note = Nota pública
sheet-reason = Motivo

sheet-approval-hash = Huella de la aprobación (SHA-256)
sheet-envelope-hash = Huella del sobre (SHA-256)
sheet-key = Clave de firma

sheet-sound = El texto, las decisiones y la firma de esta hoja concuerdan.
sheet-unsound = El texto, las decisiones o la firma de esta hoja no concuerdan. No confíe en ella y avise de inmediato a un administrador.

sheet-verify = Cómo comprobarlo
sheet-verify-text = La huella del contenido es el SHA-256 de los bytes exactos que hay en esta dirección:
sheet-verify-envelope = La huella del sobre y la firma se refieren a los bytes exactos que hay en esta dirección:
sheet-verify-keys = La clave pública que se nombra en esta hoja está en esta dirección:
