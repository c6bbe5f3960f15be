# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment =
    { DATETIME($at, day: "numeric") ->
        [1] 1er
       *[other] { DATETIME($at, day: "numeric") }
    } { DATETIME($at, month: "long") } { DATETIME($at, year: "numeric") } à { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = Publié le { $moment }
page-updated-at = Mis à jour le { $moment }
page-version = Version nº { $version }

page-agency = Organisme
page-topics = Thèmes
page-other-languages = Dans d’autres langues
page-stale = L’original a changé depuis que cette traduction a été faite. Certaines parties du texte ci-dessous peuvent ne plus être à jour.

page-corrections = Rectificatifs
page-correction = Rectificatif nº { $number }, { $moment }

page-notice-withdraw = Cet article a été retiré
page-notice-retract = Cet article a été rétracté
page-taken-down-at = Mis hors ligne le { $moment }

page-preview = Aperçu, non publié
    .detail = Ce texte n’a pas été publié et n’est montré que pour relecture. Merci de ne pas le citer ni le diffuser. Le lien expire le { $moment }.

page-verify = Vérifier l’authenticité de cet article
    .detail = Le texte est accompagné d’une empreinte de son contenu et d’une signature numérique, qui permettent à chacun de vérifier qu’il est exactement celui qui a été publié.
page-content-hash = Empreinte du contenu (SHA-256)
page-signature = Signature numérique

page-feeds = Flux d’actualité
    .detail = { $office } : suivez les publications dans le lecteur de flux de votre choix.
page-home = Accueil
page-older = Publications plus anciennes
page-empty = Rien n’a encore été publié ici.
