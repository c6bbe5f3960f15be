# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = El contenido enviado no es JSON
    .detail = No se pudo leer el contenido como JSON. Revise los corchetes y las llaves, las comillas y las comas, y vuelva a enviarlo.
problem-bad-encoding = El contenido enviado no está en UTF-8
    .detail = El contenido incluye bytes que no son válidos en UTF-8. Guarde o codifique el texto en UTF-8 y vuelva a enviarlo.
problem-duplicate-key = Hay un campo repetido
    .detail = Un objeto del contenido enviado incluye el mismo campo más de una vez, por lo que no queda claro cuál es el valor correcto. Deje solo uno.
problem-unknown-field = Campo desconocido en el contenido enviado
    .detail = El contenido incluye un campo que esta operación no reconoce. Verifique en la documentación de la API cómo se escribe, o quítelo.
problem-unknown-parameter = Parámetro desconocido en la dirección
    .detail = La dirección incluye un parámetro que esta operación no reconoce. Verifique en la documentación de la API cómo se escribe, o quítelo.
problem-bad-parameter = Un parámetro de la dirección tiene un valor no válido
    .detail = El valor de un parámetro de la dirección no es admisible. La documentación de la API enumera los valores que se aceptan.
problem-bad-cursor = El cursor no pertenece a esta lista
    .detail = Use el cursor exactamente como lo dio la página anterior, con los mismos filtros, o empiece de nuevo en la primera página sin cursor.
problem-bad-header = No se puede leer un encabezado de la solicitud
    .detail = Uno de los encabezados de la solicitud está mal formado. Corríjalo o quítelo y vuelva a enviar la solicitud.
problem-search-unavailable = La búsqueda no está disponible
    .detail = Esta instalación no ofrece búsqueda de texto completo. Quite el parámetro q y filtre por tema, tipo u organismo.
problem-unauthenticated = Por favor, inicie sesión
    .detail = Esta dirección requiere una sesión válida. Inicie sesión, o renueve el token de acceso si ha caducado, e inténtelo de nuevo.
problem-bad-credentials = La dirección de correo electrónico o la contraseña es incorrecta
    .detail = Revise ambas e inténtelo de nuevo. Un administrador puede ayudarle si ha olvidado la contraseña o si la cuenta se ha cerrado.
problem-bad-refresh-token = La sesión ha terminado
    .detail = El token de renovación no es válido o ya se ha utilizado. Por favor, inicie sesión de nuevo.
problem-forbidden = Acción no permitida
    .detail = Puede ver este elemento, pero su cuenta no permite la acción solicitada. Si necesita el permiso, pídalo a un administrador.
problem-own-text = No puede decidir sobre su propio texto
    .detail = Toda persona que ha trabajado en un texto es uno de sus autores, y la decisión corresponde a otras. Acuda a un colega que no lo haya modificado.
problem-second-stage = Ya ha decidido sobre este expediente
    .detail = Cada etapa de una revisión la decide una persona distinta. Esta etapa requiere a alguien que no haya decidido antes sobre el expediente.
problem-not-found = No encontrado
    .detail = No hay nada en esta dirección, o nada que su cuenta pueda ver. Revise la dirección.
problem-method-not-allowed = Este método no está disponible aquí
    .detail = La dirección existe, pero no admite este método. El encabezado Allow enumera los que admite.
problem-not-acceptable = Ninguno de los formatos solicitados está disponible
    .detail = El encabezado Accept no admite ninguno de los formatos en que puede entregarse este contenido. Amplíelo o quítelo.
problem-request-timeout = La solicitud tardó demasiado en llegar
    .detail = La solicitud no se recibió completa a tiempo. Revise la conexión y vuelva a enviarla.
problem-slug-taken = Esta dirección ya está asignada
    .detail = Otra edición tiene, o tuvo, este slug en el mismo idioma, y una dirección remite siempre al mismo contenido. Elija otro slug.
problem-email-taken = Esta dirección de correo electrónico ya está en uso
    .detail = Otra cuenta tiene esta dirección de correo electrónico. Use otra o modifique la cuenta existente.
problem-code-taken = Este código ya está asignado
    .detail = Este código, o este código de idioma, ya corresponde a otra entrada. Los códigos son permanentes; elija otro.
problem-in-use = Elemento todavía en uso
    .detail = Otros datos remiten a esta entrada, por lo que no se puede eliminar. Quite primero esas referencias.
problem-case-open = Este texto ya está en revisión
    .detail = Hay una revisión abierta de esta redacción del texto. Espere la decisión o anule el envío para hacer cambios.
problem-no-open-case = No hay ninguna revisión abierta
    .detail = Aquí no hay ninguna revisión abierta: ya se decidió, se anuló el envío o la reemplazó una redacción más reciente del texto. Actualice la vista para conocer el estado del texto.
problem-not-its-turn = No es el turno de esta etapa
    .detail = La etapa ya se ha decidido o aún no le ha llegado el turno. El campo waiting_for indica la etapa y el rol de quien se espera la decisión.
problem-no-workflow = Ningún flujo de revisión corresponde a este texto
    .detail = Ningún flujo activo abarca este tipo de artículo, este idioma y este organismo. Pida a un administrador que añada o active uno.
problem-check-open = Un control sigue bloqueando este texto
    .detail = Hay un control obligatorio sin superar y nadie ha asumido la responsabilidad de omitirlo. Corrija el texto o haga que quien aprueba lo omita indicando el motivo al decidir.
problem-hash-mismatch = El texto ha cambiado desde que lo leyó
    .detail = Lo que vio ya no es el texto actual. Actualice la vista, léalo de nuevo y después decida o publique.
problem-not-approved = Este texto no se ha aprobado
    .detail = Solo puede publicarse un texto que haya superado todas las etapas de su revisión. Envíelo primero a revisión.
problem-approval-lapsed = La aprobación ya no es válida
    .detail = Alguien que aprobó este texto ya no tiene ese derecho o ha pasado a ser uno de sus autores. Envíe el texto de nuevo a revisión.
problem-already-published = Este texto ya es público
    .detail = El texto publicado es exactamente este, por lo que no hay nada que publicar.
problem-source-not-published = El original todavía no se ha publicado
    .detail = El procedimiento no permite que una traducción aparezca antes que su original. Publique primero la edición original.
problem-not-published = Esta edición no es pública
    .detail = Lo solicitado solo es posible con una edición publicada. Publíquela primero.
problem-taken-down = La publicación de esta edición se ha anulado
    .detail = El texto retirado o retractado no puede publicarse por segunda vez. Restaure la edición si su aprobación sigue siendo válida, o guarde un texto nuevo, obtenga su aprobación y publíquelo.
problem-not-taken-down = La publicación de esta edición no se ha anulado
    .detail = Solo puede restaurarse una edición retirada o retractada. Vuelva a cargarla para ver su estado actual.
problem-not-scheduled = No hay nada programado en espera
    .detail = La orden ya se ejecutó, se canceló o nunca se dio. Vuelva a cargar la edición para ver el resultado.
problem-in-release = Esta edición forma parte de una publicación conjunta
    .detail = Su publicación está programada junto con otras. Cancele primero toda la publicación conjunta y programe después esta edición por separado.
problem-last-administrator = Debe quedar al menos un administrador
    .detail = Sin esta cuenta nadie podría administrar el sistema. Designe primero a otro administrador.
problem-suggestion-answered = Esta sugerencia ya tiene respuesta
    .detail = Ya se aceptó o se rechazó antes. Vuelva a cargar la lista de sugerencias.
problem-suggestion-outdated = Esta sugerencia ya no corresponde al texto
    .detail = El segmento al que se refiere ha cambiado desde que se hizo la sugerencia, por lo que no se puede aplicar. Rechácela o haga una nueva.
problem-not-stale = Esta traducción no está desactualizada
    .detail = No hay en el texto original ningún cambio que confirmar. Confirme que una traducción sigue siendo correcta solo cuando su original haya cambiado.
problem-gone = Este artículo ya no está publicado
    .detail = Este artículo se publicó y después se anuló su publicación. La nota pública indica el motivo.
problem-precondition-failed = Otra persona ha modificado este elemento entretanto
    .detail = La versión indicada en la solicitud no es la más reciente. Actualice la vista, aplique su cambio a la versión actual y guarde de nuevo.
problem-body-too-large = La solicitud es demasiado grande
    .detail = El contenido enviado supera el tamaño que acepta esta operación. Acorte el texto o reduzca el archivo y vuelva a enviarlo.
problem-unsupported-media-type = Este formato de datos no se acepta
    .detail = La operación no acepta el Content-Type de la solicitud. La documentación de la API indica los formatos que admite, por lo general application/json.
problem-content-encoding = No se aceptan solicitudes comprimidas
    .detail = El contenido enviado lleva un Content-Encoding. Envíelo sin comprimir.
problem-invalid = Algunos datos no son válidos
    .detail = La solicitud se ha entendido, pero no puede aceptarse tal como está. La lista de errores indica cada lugar y lo que hay que corregir.
problem-idempotency-reuse = La clave Idempotency-Key ya se ha utilizado
    .detail = Esta clave ya se envió con una solicitud distinta. Use una clave nueva para cada solicitud nueva y repita una clave solo con el mismo contenido.
problem-precondition-required = Debe indicarse la versión que se modifica
    .detail = Envíe If-Match con el último ETag recibido, para que no se sobrescriba por descuido el trabajo de otra persona.
problem-too-many-requests = Demasiadas solicitudes
    .detail = Por favor, espere antes de volver a intentarlo. El encabezado Retry-After indica cuántos segundos hay que esperar.
problem-internal = Se ha producido un error de nuestra parte
    .detail = No se pudo completar la solicitud debido a un error del sistema. Inténtelo más tarde y, si vuelve a ocurrir, comunique al administrador el número de la solicitud.
problem-unavailable = Servicio no disponible temporalmente
    .detail = El sistema no puede responder en este momento. El encabezado Retry-After indica cuándo volver a intentarlo.
problem-busy = Sistema ocupado
    .detail = Se están procesando demasiadas solicitudes a la vez. El encabezado Retry-After indica cuándo volver a intentarlo.

# What is wrong at one place of a request.

field-required = Este campo es obligatorio.
field-wrong-type =
    { $expected ->
        [string] El valor no es del tipo correcto; se espera: texto.
        [number] El valor no es del tipo correcto; se espera: un número.
        [integer] El valor no es del tipo correcto; se espera: un número entero.
        [boolean] El valor no es del tipo correcto; se espera: true o false.
        [array] El valor no es del tipo correcto; se espera: una lista.
        [object] El valor no es del tipo correcto; se espera: un objeto.
       *[other] El valor no es del tipo correcto; se espera: { $expected }.
    }
field-not-one-of = El valor debe ser uno de los siguientes: { $expected }.
field-unknown-field = Aquí no existe el campo «{ $name }».
field-duplicate-key = El campo «{ $name }» aparece dos veces.
field-too-deep = El contenido tiene más de { $max } niveles de anidamiento o su marcado está demasiado enredado. Por favor, simplifique la estructura e inténtelo de nuevo.
field-too-long =
    { $max ->
        [one] Demasiado largo: un carácter como máximo.
        [many] Demasiado largo: { $max } de caracteres como máximo.
       *[other] Demasiado largo: { $max } caracteres como máximo.
    }
field-too-large = Demasiado grande: { $max } bytes como máximo.
field-too-short =
    { $min ->
        [one] Demasiado corto: un carácter como mínimo.
        [many] Demasiado corto: { $min } de caracteres como mínimo.
       *[other] Demasiado corto: { $min } caracteres como mínimo.
    }
field-too-many =
    { $max ->
        [one] Demasiados elementos: uno como máximo.
       *[other] Demasiados elementos: { $max } como máximo.
    }
field-too-small = Demasiado pequeño: como mínimo { $min }.
field-duplicate = «{ $name }» aparece dos veces.
field-bad-character = El carácter { $character } de la posición { $position } no puede usarse en un texto. Elimínelo.
field-bad-slug = Use letras minúsculas sin tilde (a–z) y cifras, con un solo guion entre palabras.
field-slug-needed = No se puede formar una dirección legible a partir de este título. Indique un slug.
field-bad-code = El código se compone de letras minúsculas sin tilde (a–z) y cifras, con un solo guion entre palabras.
field-bad-locale = No es un código de idioma en su forma habitual, como vi o zh-Hans.
field-bad-email = No es una dirección de correo electrónico.
field-bad-time = Indique la fecha, la hora y la diferencia horaria, por ejemplo 2026-09-02T08:00:00+07:00.
field-bad-time-zone = No es un nombre de zona horaria como Asia/Ho_Chi_Minh.
field-bad-decimal = Escriba el número como texto con punto decimal y 18 cifras como máximo, por ejemplo "1250.5".
field-out-of-range = El número debe estar entre { $min } y { $max }.
field-bad-id = No es un identificador válido.
field-bad-hash = No es un valor SHA-256.
field-ends-before-start = El final debe ser posterior al comienzo.
field-unknown = «{ $name }» no existe.
field-circle = Una entrada no puede contenerse a sí misma, ni directamente ni a través de otras.
field-not-of-kind =
    { $kind ->
        [news] Un artículo del tipo «{ kind-news }» no tiene este campo.
        [feature] Un artículo del tipo «{ kind-feature }» no tiene este campo.
        [press_release] Un artículo del tipo «{ kind-press_release }» no tiene este campo.
        [statement] Un artículo del tipo «{ kind-statement }» no tiene este campo.
        [event] Un artículo del tipo «{ kind-event }» no tiene este campo.
        [investment] Un artículo del tipo «{ kind-investment }» no tiene este campo.
        [destination] Un artículo del tipo «{ kind-destination }» no tiene este campo.
       *[other] Un artículo del tipo «{ $kind }» no tiene este campo.
    }
field-not-of-source = La edición original no tiene este campo; solo lo tiene una traducción.
field-wrong-password = La contraseña actual no es correcta.
field-weak-password = Esta contraseña es fácil de adivinar. Elija una más larga o menos común.
field-not-minor = Un cambio menor no puede afectar a cifras, enlaces ni nombres propios («{ $before }» pasó a ser «{ $after }»). Guárdelo como cambio mayor.
field-bad-placeholder = Las marcas como {"{1}"} y {"{/1}"} representan el formato del segmento: consérvelas todas, cada una una sola vez, la de apertura antes que la de cierre.
field-unchanged = El texto es igual que antes.
field-cannot-decide = Esta persona no puede decidir en esa etapa.
field-own-name = Indique a otra persona: nadie puede sustituirse a sí mismo.
field-not-held = Solo puede delegar un derecho que usted mismo tenga.
field-bad-scope = Este rol no puede limitarse de esta manera.
field-in-past = Esta fecha y esta hora ya han pasado.
field-empty-body = Tras la limpieza no queda nada del texto. Escriba un texto con las etiquetas HTML permitidas.
field-bad-url = No es una dirección http o https completa a la que se pueda llamar: sin nombre de usuario, contraseña ni parte tras #, en el puerto 80, 443 o a partir del 1024.
field-not-of-the-world = Esta dirección lleva a este servidor, a su red o a un rango reservado. Indique una dirección pública de Internet.
field-not-encrypted = Esta dirección no está cifrada. Indique una dirección https.
field-no-feed = Ninguno de nuestros canales tiene esta dirección. Indique exactamente la que el canal da en su enlace rel="self".

field-bad-address = Una dirección antigua es una ruta que empieza con una sola barra, sin espacios y con { $max } caracteres como máximo.
field-own-address = «{ $name }» es una dirección de este mismo sistema y no puede ser una dirección antigua.
field-address-taken = La dirección «{ $name }» pertenece a otro artículo.
field-slug-taken = La dirección «{ $name }» pertenece a otro artículo.
field-in-future = Este momento todavía no ha llegado.
field-out-of-order = Es anterior a lo que figura justo antes.
field-source-not-public = Una traducción no puede ser pública mientras no lo sea su original.
field-row-changed = Esta fila ya se importó con otro contenido. En su lugar, modifique el artículo directamente en el sistema.
field-row-edited = Esta edición se modificó después de importarse, por lo que debe pasar por revisión.
field-unreadable = No se puede leer: { $detail }

# La regla de revisión que invoca un rechazo.

rule-own-text = Nadie decide sobre su propio texto ni en nombre de quien lo escribió.
rule-one-stage-each = Cada persona decide una sola etapa de un expediente, en su nombre o en el de otra.
rule-role-of-stage = Cada etapa la deciden quienes tienen su rol en ese ámbito.
rule-stage-order = Las etapas se suceden en su orden.
rule-named-person = Una etapa asignada a una persona la decide esa persona.
rule-seen-text = Una decisión se refiere al mismo texto que la persona ha leído.
rule-one-case = Un texto solo tiene un expediente abierto a la vez.
rule-open-case = Para decidir hace falta un expediente que esté a la espera.
rule-writers-submit = Quienes escriben un texto lo envían a revisión y anulan el envío.
rule-holders-reassign = Solo quienes tienen el rol de la etapa o un administrador pueden asignarla a alguien.
rule-own-right = Un derecho solo lo delega quien lo tiene, y en otra persona.
rule-approval-holds = Solo se publica lo aprobado, mientras la aprobación siga vigente.
