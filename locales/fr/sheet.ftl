# La fiche d’approbation : une page à imprimer pour chaque acte de publication, qui dit qui a approuvé quel texte, et quand.

sheet-title = Fiche d’approbation
sheet-act-publish = Publication
sheet-act-update = Mise à jour
sheet-act-correct = Rectification
sheet-act-withdraw = Retrait
sheet-act-retract = Rétractation
sheet-act-restore = Rétablissement
sheet-printed = Imprimé à { $moment }
sheet-language = Langue
sheet-article = Identifiant de l’article
sheet-guid = Identifiant global
sheet-address = Adresse publique

sheet-text = Texte

sheet-writers = Rédigé par
sheet-workflow = Circuit de validation
sheet-submitted = Soumis par
sheet-decisions = Décisions
sheet-no-case = Le retrait d’un article ne demande aucune approbation ; la personne habilitée y procède aussitôt.
sheet-stage = Étape
sheet-role = Rôle
sheet-person = Décidé par
sheet-on-behalf = { $person } (au nom de { $owner })
sheet-verdict = Décision
sheet-verdict-approve = Approuvé
sheet-verdict-request_changes = Modifications demandées
sheet-when = Date et heure
sheet-comment = Commentaire du relecteur
sheet-carried = portant sur la révision { $revision }, empreinte { $hash }
sheet-changes = Modifications depuis ces décisions
sheet-changes-note = Les décisions accompagnées d’un numéro de révision portaient sur un texte antérieur. Seules les suggestions acceptées ci-dessous séparent ce texte de celui-ci ; les étapes suivantes ont approuvé le présent texte tel quel.
sheet-revision = Révision
sheet-before = Avant
sheet-after = Après
sheet-suggested-by = Proposé par
sheet-taken-by = Accepté par

sheet-made-by = Effectué par
sheet-note = Note publique
sheet-reason = Motif

sheet-approval-hash = Empreinte de l’approbation (SHA-256)
sheet-envelope-hash = Empreinte de l’enveloppe (SHA-256)
sheet-key = Clé de signature

sheet-sound = Le texte, les décisions et la signature de cette fiche concordent.
sheet-unsound = Le texte, les décisions ou la signature de cette fiche ne concordent pas. Ne vous y fiez pas et prévenez immédiatement un administrateur.

sheet-verify = Comment vérifier
sheet-verify-text = L’empreinte du contenu est le SHA-256 des octets exacts qui se trouvent à cette adresse :
sheet-verify-envelope = L’empreinte de l’enveloppe et la signature portent sur les octets exacts qui se trouvent à cette adresse :
sheet-verify-keys = La clé publique nommée sur cette fiche se trouve à cette adresse :
