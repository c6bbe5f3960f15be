# Why a request was refused: problem-<code> is the title, .detail says what to do about it.

problem-malformed-json = Le contenu envoyé n’est pas du JSON
    .detail = Le contenu n’a pas pu être lu comme du JSON. Vérifiez les crochets et accolades, les guillemets et les virgules, puis recommencez l’envoi.
problem-bad-encoding = Le contenu envoyé n’est pas en UTF-8
    .detail = Le contenu comporte des octets non valides en UTF-8. Enregistrez ou encodez le texte en UTF-8, puis recommencez l’envoi.
problem-duplicate-key = Un champ figure en double
    .detail = Un objet du contenu envoyé comporte plusieurs fois le même champ, si bien que la valeur à retenir est incertaine. N’en conservez qu’un.
problem-unknown-field = Champ inconnu dans le contenu envoyé
    .detail = Le contenu comporte un champ que cette opération ne connaît pas. Vérifiez-en l’orthographe dans la documentation de l’API ou supprimez-le.
problem-unknown-parameter = Paramètre inconnu dans l’adresse
    .detail = L’adresse comporte un paramètre que cette opération ne connaît pas. Vérifiez-en l’orthographe dans la documentation de l’API ou supprimez-le.
problem-bad-parameter = Un paramètre de l’adresse a une valeur non valide
    .detail = La valeur d’un paramètre de l’adresse n’est pas admise. La documentation de l’API énumère les valeurs acceptées.
problem-bad-cursor = Le curseur n’appartient pas à cette liste
    .detail = Utilisez le curseur exactement tel que la page précédente l’a fourni, avec les mêmes filtres, ou repartez de la première page sans curseur.
problem-bad-header = Un en-tête de la requête est illisible
    .detail = L’un des en-têtes de la requête est mal formé. Corrigez-le ou supprimez-le, puis envoyez de nouveau la requête.
problem-search-unavailable = La recherche n’est pas disponible
    .detail = Cette installation ne propose pas de recherche en texte intégral. Supprimez le paramètre q et filtrez par thème, type ou organisme.
problem-unauthenticated = Veuillez vous connecter
    .detail = Cette adresse n’est accessible qu’aux utilisateurs connectés. Connectez-vous, ou renouvelez le jeton d’accès s’il a expiré, puis réessayez.
problem-bad-credentials = L’adresse électronique ou le mot de passe est incorrect
    .detail = Vérifiez les deux, puis réessayez. Un administrateur peut vous aider si le mot de passe a été oublié ou si le compte a été fermé.
problem-bad-refresh-token = La session a pris fin
    .detail = Le jeton de renouvellement n’est pas valide ou a déjà été utilisé. Veuillez vous reconnecter.
problem-forbidden = Action non autorisée
    .detail = Vous pouvez consulter cet élément, mais votre compte ne permet pas l’action demandée. Adressez-vous à un administrateur si vous avez besoin de ce droit.
problem-own-text = Vous ne pouvez pas vous prononcer sur votre propre texte
    .detail = Toute personne qui a travaillé à un texte en est l’un des auteurs, et la décision revient à d’autres. Adressez-vous à un collègue qui ne l’a pas modifié.
problem-second-stage = Vous avez déjà rendu une décision sur ce dossier
    .detail = À chaque étape d’une validation, la décision revient à une personne différente. Cette étape requiert quelqu’un qui n’a pas encore rendu de décision sur ce dossier.
problem-not-found = Introuvable
    .detail = Il n’y a rien à cette adresse, ou rien que votre compte puisse consulter. Vérifiez l’adresse.
problem-method-not-allowed = Cette méthode n’est pas disponible ici
    .detail = L’adresse existe, mais n’accepte pas cette méthode. L’en-tête Allow énumère celles qu’elle accepte.
problem-not-acceptable = Aucun des formats demandés n’est disponible
    .detail = L’en-tête Accept n’admet aucun des formats dans lesquels ce contenu peut être fourni. Élargissez-le ou supprimez-le.
problem-request-timeout = La requête a mis trop de temps à arriver
    .detail = La requête n’a pas été reçue en entier dans le délai imparti. Vérifiez la liaison réseau, puis recommencez l’envoi.
problem-slug-taken = Cette adresse est déjà prise
    .detail = Une autre édition porte, ou a porté, ce slug dans la même langue, et une adresse renvoie toujours au même contenu. Choisissez un autre slug.
problem-email-taken = Cette adresse électronique est déjà utilisée
    .detail = Un autre compte a cette adresse électronique. Choisissez-en une autre ou modifiez le compte existant.
problem-code-taken = Ce code est déjà pris
    .detail = Ce code, ou ce code de langue, est déjà celui d’une autre entrée. Les codes sont définitifs ; choisissez-en un autre.
problem-in-use = Élément encore utilisé
    .detail = D’autres données renvoient à cette entrée, qui ne peut donc pas être supprimée. Supprimez d’abord ces renvois.
problem-case-open = Ce texte est déjà en cours de validation
    .detail = La validation de cette révision est en cours. Attendez la décision ou annulez la soumission pour modifier le texte.
problem-no-open-case = Aucune validation n’est en cours
    .detail = Aucune validation n’est ouverte ici : la décision a été rendue, la soumission a été annulée ou une révision plus récente l’a remplacée. Actualisez l’affichage pour connaître l’état du texte.
problem-not-its-turn = Ce n’est pas le tour de cette étape
    .detail = Cette étape a déjà fait l’objet d’une décision, ou son tour n’est pas venu. Le champ waiting_for indique l’étape et le rôle dont la décision est attendue.
problem-no-workflow = Aucun circuit de validation ne convient
    .detail = Aucun circuit actif ne couvre ce type d’article, cette langue et cet organisme. Demandez à un administrateur d’en ajouter ou d’en activer un.
problem-check-open = Un contrôle bloque encore ce texte
    .detail = Un contrôle bloquant n’est pas satisfait et personne n’a pris la responsabilité de passer outre. Corrigez le texte, ou demandez à l’approbateur de passer outre en motivant sa décision.
problem-hash-mismatch = Le texte a changé depuis votre lecture
    .detail = Ce que vous avez lu n’est plus le texte actuel. Actualisez l’affichage, relisez le texte, puis décidez ou publiez.
problem-not-approved = Ce texte n’a pas été approuvé
    .detail = Seul un texte qui a franchi toutes les étapes de sa validation peut être publié. Soumettez-le d’abord à validation.
problem-approval-lapsed = L’approbation n’est plus valable
    .detail = Une personne qui a approuvé ce texte n’en a plus le droit, ou est devenue depuis l’un de ses auteurs. Soumettez de nouveau le texte à validation.
problem-already-published = Ce texte est déjà public
    .detail = Le texte en ligne est exactement celui-ci ; il n’y a donc rien à publier.
problem-source-not-published = L’original n’a pas encore été publié
    .detail = La procédure ne permet pas de publier une traduction avant son original. Publiez d’abord l’édition originale.
problem-not-published = Cette édition n’est pas publique
    .detail = L’action demandée n’est possible que pour une édition publiée. Publiez-la d’abord.
problem-taken-down = Cette édition a été mise hors ligne
    .detail = Le texte retiré ou rétracté ne peut pas être publié une seconde fois. Rétablissez l’édition si son approbation est toujours valable, ou enregistrez un nouveau texte, faites-le approuver, puis publiez-le.
problem-not-taken-down = Cette édition n’a pas été mise hors ligne
    .detail = Seule une édition retirée ou rétractée peut être rétablie. Rechargez-la pour connaître son état actuel.
problem-not-scheduled = Aucune publication programmée n’est en attente
    .detail = L’ordre a été exécuté ou annulé, ou n’a jamais été donné. Rechargez l’édition pour savoir ce qu’il est devenu.
problem-in-release = Cette édition fait partie d’une publication groupée
    .detail = Sa publication est programmée avec celle d’autres éditions. Annulez d’abord toute la publication groupée, puis programmez cette édition séparément.
problem-last-administrator = Le dernier administrateur doit être maintenu
    .detail = Sans ce compte, plus personne ne pourrait administrer le système. Désignez d’abord un autre administrateur.
problem-suggestion-answered = Cette suggestion a déjà reçu une réponse
    .detail = Elle a été acceptée ou refusée auparavant. Rechargez la liste des suggestions.
problem-suggestion-outdated = Cette suggestion ne correspond plus au texte
    .detail = Le segment concerné a changé depuis que la suggestion a été faite ; elle ne peut plus être appliquée. Refusez-la ou faites-en une nouvelle.
problem-not-stale = Cette traduction est à jour
    .detail = Rien n’a changé dans le texte source qui demande une confirmation. N’attestez qu’une traduction reste juste que lorsque sa source a changé.
problem-gone = Cet article n’est plus publié
    .detail = Cet article a été publié, puis mis hors ligne. La note publique en indique la raison.
problem-precondition-failed = Une autre personne a modifié cet élément entre-temps
    .detail = La version indiquée dans la requête n’est pas la plus récente. Actualisez l’affichage, reportez votre modification sur la version actuelle et enregistrez de nouveau.
problem-body-too-large = La requête est trop volumineuse
    .detail = Le contenu envoyé dépasse la taille que cette opération accepte. Abrégez le texte ou réduisez le fichier, puis recommencez l’envoi.
problem-unsupported-media-type = Ce format de données n’est pas accepté
    .detail = L’opération n’accepte pas le Content-Type de la requête. La documentation de l’API indique les formats admis, le plus souvent application/json.
problem-content-encoding = Les requêtes compressées ne sont pas acceptées
    .detail = Le contenu envoyé porte un Content-Encoding. Envoyez-le sans compression.
problem-invalid = Certaines informations ne sont pas valides
    .detail = La requête a été comprise, mais ne peut pas être acceptée en l’état. La liste des erreurs indique chaque endroit concerné et ce qu’il faut y corriger.
problem-idempotency-reuse = La clé Idempotency-Key a déjà été utilisée
    .detail = Cette clé a déjà été envoyée avec une autre requête. Utilisez une nouvelle clé pour chaque nouvelle requête et ne répétez une clé qu’avec le même contenu.
problem-precondition-required = La version que vous modifiez doit être indiquée
    .detail = Envoyez If-Match avec le dernier ETag reçu, afin que le travail d’une autre personne ne soit pas écrasé par mégarde.
problem-too-many-requests = Trop de requêtes
    .detail = Veuillez patienter avant de réessayer. L’en-tête Retry-After indique le nombre de secondes à attendre.
problem-internal = Une erreur est survenue de notre côté
    .detail = La requête n’a pas pu aboutir en raison d’une défaillance du système. Réessayez plus tard ; si l’erreur se reproduit, communiquez le numéro de la requête à l’administrateur.
problem-unavailable = Service temporairement indisponible
    .detail = Le système ne peut pas répondre pour le moment. L’en-tête Retry-After indique quand réessayer.
problem-busy = Système occupé
    .detail = Trop de requêtes sont en cours de traitement. L’en-tête Retry-After indique quand réessayer.

# What is wrong at one place of a request.

field-required = Ce champ est obligatoire.
field-wrong-type =
    { $expected ->
        [string] La valeur n’est pas du bon type ; attendu : un texte.
        [number] La valeur n’est pas du bon type ; attendu : un nombre.
        [integer] La valeur n’est pas du bon type ; attendu : un nombre entier.
        [boolean] La valeur n’est pas du bon type ; attendu : true ou false.
        [array] La valeur n’est pas du bon type ; attendu : une liste.
        [object] La valeur n’est pas du bon type ; attendu : un objet.
       *[other] La valeur n’est pas du bon type ; attendu : { $expected }.
    }
field-not-one-of = La valeur doit être l’une des suivantes : { $expected }.
field-unknown-field = Le champ « { $name } » n’existe pas ici.
field-duplicate-key = Le champ « { $name } » figure deux fois.
field-too-deep = Le contenu comporte plus de { $max } niveaux d’imbrication, ou son balisage est trop enchevêtré. Veuillez en simplifier la structure, puis réessayez.
field-too-long =
    { $max ->
        [one] Trop long : { $max } caractère au maximum.
        [many] Trop long : { $max } de caractères au maximum.
       *[other] Trop long : { $max } caractères au maximum.
    }
field-too-large = Trop volumineux : { $max } octets au maximum.
field-too-short =
    { $min ->
        [one] Trop court : { $min } caractère au minimum.
        [many] Trop court : { $min } de caractères au minimum.
       *[other] Trop court : { $min } caractères au minimum.
    }
field-too-many = Trop d’éléments : { $max } au maximum.
field-too-small = Trop petit : { $min } au minimum.
field-duplicate = « { $name } » est indiqué deux fois.
field-bad-character = Le caractère { $character } en position { $position } ne peut pas figurer dans un texte. Supprimez-le.
field-bad-slug = Utilisez des lettres minuscules sans accent (a–z) et des chiffres, avec un seul trait d’union entre les mots.
field-slug-needed = Aucune adresse lisible ne peut être formée à partir de ce titre. Saisissez un slug.
field-bad-code = Le code se compose de lettres minuscules sans accent (a–z) et de chiffres, avec un seul trait d’union entre les mots.
field-bad-locale = Il ne s’agit pas d’un code de langue sous sa forme usuelle, telle que vi ou zh-Hans.
field-bad-email = Il ne s’agit pas d’une adresse électronique.
field-bad-time = Indiquez la date, l’heure et le décalage horaire, par exemple 2026-09-02T08:00:00+07:00.
field-bad-time-zone = Il ne s’agit pas d’un nom de fuseau horaire tel que Asia/Ho_Chi_Minh.
field-bad-decimal = Écrivez le nombre sous forme de texte avec un point décimal et 18 chiffres au maximum, par exemple "1250.5".
field-out-of-range = Le nombre doit être compris entre { $min } et { $max }.
field-bad-id = Cet identifiant n’est pas valide.
field-bad-hash = Il ne s’agit pas d’une valeur SHA-256.
field-ends-before-start = La fin doit être postérieure au début.
field-unknown = « { $name } » n’existe pas.
field-circle = Une entrée ne peut pas se contenir elle-même, ni directement ni par l’intermédiaire d’autres entrées.
field-not-of-kind =
    { $kind ->
        [news] Un article de type « { kind-news } » n’a pas ce champ.
        [feature] Un article de type « { kind-feature } » n’a pas ce champ.
        [press_release] Un article de type « { kind-press_release } » n’a pas ce champ.
        [statement] Un article de type « { kind-statement } » n’a pas ce champ.
        [event] Un article de type « { kind-event } » n’a pas ce champ.
        [investment] Un article de type « { kind-investment } » n’a pas ce champ.
        [destination] Un article de type « { kind-destination } » n’a pas ce champ.
       *[other] Un article de type « { $kind } » n’a pas ce champ.
    }
field-not-of-source = L’édition originale n’a pas ce champ ; il n’existe que dans une traduction.
field-wrong-password = Le mot de passe actuel est incorrect.
field-weak-password = Ce mot de passe est facile à deviner. Choisissez-en un plus long ou moins courant.
field-not-minor = Une modification mineure ne doit toucher ni aux chiffres, ni aux liens, ni aux noms propres (« { $before } » est devenu « { $after } »). Enregistrez-la comme modification majeure.
field-bad-placeholder = Les repères comme {"{1}"} et {"{/1}"} tiennent lieu de la mise en forme du segment : gardez-les tous, chacun une seule fois, l’ouvrant avant le fermant.
field-unchanged = Le texte est le même qu’avant.
field-cannot-decide = Cette personne ne peut pas se prononcer à cette étape.
field-own-name = Indiquez quelqu’un d’autre : nul ne peut être son propre suppléant.
field-not-held = Vous ne pouvez déléguer qu’un droit que vous détenez vous-même.
field-bad-scope = Ce rôle ne peut pas être limité de cette façon.
field-in-past = Cette date et cette heure sont déjà passées.
field-empty-body = Il ne reste rien du texte après nettoyage. Saisissez un texte avec les balises HTML autorisées.
field-bad-url = Ce n’est pas une adresse http ou https complète qui puisse être appelée : sans nom d’utilisateur, mot de passe ni partie après #, sur le port 80, 443 ou à partir de 1024.
field-not-of-the-world = Cette adresse mène à ce serveur, à son réseau ou à une plage réservée. Indiquez une adresse publique d’Internet.
field-not-encrypted = Cette adresse n’est pas chiffrée. Indiquez une adresse https.
field-no-feed = Aucun de nos flux n’a cette adresse. Indiquez exactement celle que le flux donne dans son lien rel="self".

field-bad-address = Une ancienne adresse est un chemin qui commence par une seule barre oblique, sans espace, de { $max } caractères au plus.
field-own-address = « { $name } » est une adresse de ce système et ne peut pas servir d’ancienne adresse.
field-address-taken = L’adresse « { $name } » appartient à un autre article.
field-slug-taken = L’adresse « { $name } » appartient à un autre article.
field-in-future = Ce moment n’est pas encore venu.
field-out-of-order = Ce moment est antérieur à celui qui le précède dans la liste.
field-source-not-public = Une traduction ne peut pas être publique tant que l’original ne l’est pas.
field-row-changed = Cette ligne a déjà été importée avec un autre contenu. Veuillez plutôt modifier l’article directement dans le système.
field-row-edited = Cette édition a été modifiée après son importation ; elle doit donc passer par la validation.
field-unreadable = Lecture impossible : { $detail }

# La règle de validation qu’un refus invoque.

rule-own-text = Nul ne se prononce sur son propre texte, ni au nom d’une personne qui l’a rédigé.
rule-one-stage-each = Chaque personne ne se prononce qu’à une seule étape d’un dossier, en son nom ou au nom d’autrui.
rule-role-of-stage = La décision d’une étape revient à ceux qui en détiennent le rôle dans ce périmètre.
rule-stage-order = Les étapes se suivent dans l’ordre.
rule-named-person = Une étape confiée à une personne relève de sa seule décision.
rule-seen-text = Une décision porte sur le texte même que la personne a lu.
rule-one-case = Un texte n’a qu’un seul dossier ouvert à la fois.
rule-open-case = Une décision suppose un dossier en attente.
rule-writers-submit = Ceux qui rédigent un texte le soumettent et annulent la soumission.
rule-holders-reassign = Seuls les détenteurs du rôle de l’étape ou un administrateur peuvent confier celle-ci à quelqu’un.
rule-own-right = Seul le détenteur d’un droit peut le déléguer, et à une autre personne.
rule-approval-holds = Seul un texte approuvé est publié, tant que l’approbation reste valable.
