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
cli-public-address = Public address: { $url }
cli-authority-of-nobody = Guids will be minted under { $authority }, which belongs to nobody; set LANTOA_AUTHORITY or LANTOA_BASE_URL before the first article is begun.
cli-authority-of-nobody-for-ever = Guids are minted under { $authority }, which belongs to nobody; as articles exist, that cannot change any more.
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

cli-demo-accounts-kept = Accounts, all with the password of the first start:

cli-audit-missing = the entry is gone.
cli-audit-altered = the entry is not what it was.
cli-audit-cut-short = the entries from here on were cut off.

# Why a command could not do its work.

cli-locked = Another server is using the data folder { $folder }.
cli-file-failed = Cannot use { $path }: { $cause }
cli-database-failed = The database failed: { $cause }
cli-database-unreachable = The database at { $host } ({ $name }) cannot be used: { $cause }
cli-listen-failed = Cannot listen on { $address }: { $cause }
cli-not-a-demo = The folder { $folder } holds other data; the demonstration needs a folder of its own, set with LANTOA_DATA_DIR.
cli-only-a-demo = The folder { $folder } holds the demonstration, which is served on this machine only.
cli-no-database = There is no database in { $folder }.
cli-no-database-file = There is no database { $path }.
cli-password-empty = The password is empty.
cli-password-stdin = Pipe the password into standard input; it is not typed on the screen.
cli-failed = That did not work: { $cause }

# What is wrong with a value of the configuration.

cli-bad-unknown = there is no such key; perhaps { $nearest } was meant
cli-bad-not-text = the value is not UTF-8
cli-bad-wrong-type = the value has to be text or a whole number
cli-bad-number = has to be a whole number from { $least } to { $most }
cli-bad-listen = has to be an IP address and a port, such as 127.0.0.1:8080
cli-bad-networks = has to be IP addresses or networks between commas, such as 127.0.0.1, 10.0.0.0/8
cli-bad-url = has to be an http or https address of a host, without a path
cli-bad-template = has to be an http or https address with {"{"}locale{"}"} and {"{"}slug{"}"}, each once
cli-bad-authority = has to be a domain name in lower case, such as thongtin.lamhai.example
cli-bad-frozen = guids were minted under { $frozen }, which cannot change
cli-bad-folder = cannot be the data folder ({ $detail })
cli-bad-database = has to be sqlite:PATH or postgres://…
cli-bad-only-postgres = has a meaning only where LANTOA_DATABASE_URL leads to PostgreSQL
cli-bad-needed-with-postgres = is needed with PostgreSQL, since all nodes have to share it
cli-bad-locale = is not a BCP 47 language tag
cli-bad-length = has to have from 1 to { $most } characters
cli-bad-filter = is not a log filter such as info or warn,lantoa=debug
cli-bad-one-of = has to be one of: { $words }
cli-bad-unreadable = the file cannot be read ({ $detail })
cli-bad-toml = is not TOML ({ $detail })
cli-bad-secret = the secret is not safe ({ $detail })
cli-bad-keys = the keys cannot be used ({ $detail })
cli-bad-loopback = the demonstration answers on this machine only, such as on 127.0.0.1:8080
cli-bad-own-database = the demonstration keeps a database of its own in the data folder
cli-bad-password = the password is not safe ({ $detail })

# Bringing articles in and writing them down.

cli-import-reading = Reading { $path } …
cli-import-drafts =
    { $rows ->
        [one] Bringing in 1 row as drafts (SHA-256 { $hash }, decision { $import }).
       *[other] Bringing in { $rows } rows as drafts (SHA-256 { $hash }, decision { $import }).
    }
cli-import-public =
    { $rows ->
        [one] Bringing in 1 row and making public what was public, by decision { $import }, which stands in the audit chain now (SHA-256 { $hash }).
       *[other] Bringing in { $rows } rows and making public what was public, by decision { $import }, which stands in the audit chain now (SHA-256 { $hash }).
    }
cli-import-refused = { $place } refused: { $reason }
cli-import-stripped = { $place }: { $pointer }: stripped { $what }
cli-import-done =
    Brought in { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    } ({ $drafts ->
        [one] 1 draft
       *[other] { $drafts } drafts
    }, { $published ->
        [one] 1 public edition
       *[other] { $published } public editions
    }); { $before ->
        [one] 1 was there before
       *[other] { $before } were there before
    }; { $refused ->
        [one] 1 was refused
       *[other] { $refused } were refused
    }.
cli-import-under-nobody = Nothing can be made public yet: its identifiers would belong to nobody. Please set { $name } to the office’s own domain name, as the server has it.
cli-import-other-rows = The file has changed since the decision was recorded. Please run the command again.
cli-export-done =
    { $articles ->
        [one] Wrote 1 article to { $path }.
       *[other] Wrote { $articles } articles to { $path }.
    }
cli-exists = { $path } is there already; this command overwrites nothing.
cli-transfer-progress =
    { $rows ->
        [one] { $percent }%, 1 row
       *[other] { $percent }%, { $rows } rows
    }

# What the doctor finds.

cli-found-nothing =
    { $count ->
        [one] One edition and all accounts were compared: everything is as it should be.
       *[other] { $count } editions and all accounts were compared: everything is as it should be.
    }
cli-found-withheld = WITHHELD: article { $article } ({ $locale }) “{ $title }”: { $what }
cli-found-at-desk = WARNING: article { $article } ({ $locale }) “{ $title }”: { $what }
cli-found-rights = WARNING: the rights of { $name } ({ $id }) are not those that the account was given through the system.
cli-found-signature = the signature of an act of publication does not verify.
cli-found-chain = the acts of publication are no longer one chain.
cli-found-audit = the audit chain knows another last act of publication.
cli-found-text = the public text is not the one that was signed.
cli-found-live = the public store holds something else, or lacks something.
cli-found-stranger = it is public and never was published.
cli-found-approval = the case that the public text rests on was altered or removed.
cli-found-revision = a text at the desk was altered, inserted or removed behind the system’s back.
cli-found-case = a review case was altered, inserted or removed behind the system’s back.
cli-found-decision = a decision was altered, inserted or removed behind the system’s back.
cli-feed-clean = { $feed }: read as it was written, { $at }
cli-feed-unclean = NOT CLEAN: { $feed }: { $fault }. Last read as it was written: { $at }
cli-feed-never-clean = NOT CLEAN: { $feed }: { $fault }. It was never found to be read as it was written.
cli-feeds-clean =
    { $count ->
        [one] One feed was read by independent readers: everything is as it was written.
       *[other] { $count } feeds were read by independent readers: everything is as it was written.
    }
cli-feeds-unclean =
    { $bad ->
        [one] One of { $count } feeds is not read as it was written.
       *[other] { $bad } of { $count } feeds are not read as they were written.
    }
cli-head-unsigned = { $path } holds no head of the audit chain that this system signed.
