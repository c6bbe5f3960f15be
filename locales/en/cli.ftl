# What the commands say on the terminal.

cli-demo-preparing = Preparing the demonstration province in { $folder } …
cli-demo-progress = Articles published: { $done } of { $total }
cli-demo-ready = The demonstration province is ready.
cli-demo-existing = Found the demonstration province in { $folder }; serving it as it is.
cli-demo-pages = Public pages: { $url }
cli-demo-feeds = Feeds: { $url }
cli-demo-docs = API documentation: { $url }
cli-demo-accounts = Accounts, all with the password { $password }:
cli-demo-accounts-chosen = Accounts, all with the password given in { $variable }:
cli-demo-caution = For trying out only: it answers on this machine and nowhere else.

cli-serving = Listening on { $url }
cli-stopping = Stopping; requests under way are being finished.
cli-no-administrator = There is no administrator account yet. Create one with: { $command }
cli-account-created = Created the account { $email } with the role “{ $role }”.
cli-migrated =
    { $count ->
        [0] The database is up to date; nothing needed to be migrated.
        [one] The database is up to date; one migration was applied.
       *[other] The database is up to date; { $count } migrations were applied.
    }
cli-audit-valid =
    { $entries ->
        [one] The audit chain is intact: one entry, head { $head }.
       *[other] The audit chain is intact: { $entries } entries, head { $head }.
    }
cli-audit-broken = The audit chain is broken at entry { $entry }: { $reason }
cli-bad-configuration = Bad configuration: { $name }: { $reason }
