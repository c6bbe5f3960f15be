# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = Actualité
kind-feature = Article de fond
kind-press_release = Communiqué de presse
kind-statement = Mise au point
kind-event = Événement
kind-investment = Opportunité d’investissement
kind-destination = Destination touristique

state-draft = Brouillon
state-in_review = En cours de validation
state-changes_requested = Modifications demandées
state-approved = Approuvé
state-scheduled = Publication programmée
state-published = Publié
state-withdrawn = Retiré
state-retracted = Rétracté

role-author = Auteur
role-translator = Traducteur
role-reviewer = Relecteur
role-approver = Approbateur
role-publisher = Responsable de la publication
role-press_officer = Attaché de presse
role-auditor = Auditeur
role-admin = Administrateur

takedown-withdraw = Retrait
takedown-retract = Rétractation

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = Cet article a été mis hors ligne parce qu’il contenait une erreur factuelle.
reason-wrong_figure = Cet article a été mis hors ligne parce qu’il contenait des chiffres inexacts.
reason-wrong_name = Cet article a été mis hors ligne parce qu’il donnait un nom erroné.
reason-legal = Cet article a été mis hors ligne pour des raisons juridiques.
reason-duplicate = Cet article a été mis hors ligne parce qu’il avait été publié deux fois.
reason-outdated = Cet article a été mis hors ligne parce que ses informations ne sont plus à jour.
reason-request = Cet article a été mis hors ligne à la demande des personnes ou des organisations concernées.
reason-security = Cet article a été mis hors ligne pour des raisons de sécurité de l’information.
reason-expired = Cet article a été mis hors ligne parce que sa période de publication est terminée.
reason-source_retracted = Cet article a été mis hors ligne pendant le réexamen de sa version originale.
reason-other = Cet article a été mis hors ligne.
