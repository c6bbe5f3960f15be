# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } – Toutes les publications
    .description = { $office } : toutes les publications dans cette langue, les plus récentes en premier.
feed-topic = { $office } – { $name }
    .description = { $office } : publications sur le thème « { $name } », les plus récentes en premier.
feed-kind = { $office } – { $name }
    .description = { $office } : publications de type « { $name } », les plus récentes en premier.
feed-agency = { $name } – { $office }
    .description = { $office } : publications de l’organisme « { $name } », les plus récentes en premier.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = Retiré : ce contenu n’est plus publié
feed-notice-retract = Rétracté : ce contenu était erroné, prière de ne pas l’utiliser
