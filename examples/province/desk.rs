//! Work at the desk: of every tenth article, the source's text is mended and waits for its first stage.

use std::{error::Error, net::Ipv4Addr};

use lantoa::{
    domain::{
        access::Role,
        details::Details,
        revision::{ChangeClass, Revision},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        App, Caller, Once,
        account::{self, NewAccount, NewGrant},
        auth,
        edition::{self, BodyFormat, Condition, NewText, Save},
        review::{self, Submit},
    },
    store::{account as accounts, import::done_by_key},
    tokens::Secret,
};

/// Who writes, and who reads what was written.
const PEOPLE: [(&str, &str, Role); 2] = [
    ("viet.bai@lamhai.example", "Người viết", Role::Author),
    ("doc.duyet@lamhai.example", "Người đọc duyệt", Role::Reviewer),
];
/// One article in so many.
const EVERY: usize = 10;

/// Makes the people, with one password, and gives them work; what was begun before is left as it is.
pub(crate) async fn fill(app: &App, keys: impl Iterator<Item = String>, password: &str) -> Result<u32, Box<dyn Error>> {
    if accounts::find_by_email(&app.db.read().await?, PEOPLE[0].0).await?.is_none() {
        for (email, name, role) in PEOPLE {
            let new = NewAccount {
                email: email.to_owned(),
                name: name.to_owned(),
                locale: None,
                password: Secret::from(password),
                grants: vec![NewGrant { role, agency: None, locale: None }],
            };
            account::create_by_operator(app, new).await?;
        }
    }
    let tokens = auth::login(app, PEOPLE[0].0, Secret::from(password), Ipv4Addr::LOCALHOST.into()).await?;
    let claims = app.tokens.verify(&tokens.access, app.clock.now())?;
    let author = Caller { account: claims.account, session: claims.session };
    let mut waiting = 0;
    for key in keys.step_by(EVERY) {
        let row = done_by_key(&app.db.read().await?, &[&key]).await?.pop().ok_or("an article is missing")?;
        Box::pin(mend(app, author, row.article)).await?;
        waiting += 1;
    }
    Ok(waiting)
}

/// Adds a sentence to the source's text and submits it, unless that was done.
async fn mend(app: &App, author: Caller, id: ArticleId) -> Result<(), Box<dyn Error>> {
    let locale: LocaleTag = "vi".parse()?;
    let shown = edition::show(app, author, id, &locale).await?;
    let mut version = shown.edition.version;
    if shown.revision.number == 1 {
        let condition = Condition::Version(version);
        let saved = edition::save(app, author, (id, &locale), condition, mended(shown.revision), Once::never()).await?;
        version = saved.now().ok_or("nothing was saved")?.edition.version;
    } else if shown.case.is_some() {
        return Ok(());
    }
    review::submit(app, author, (id, &locale), version, Submit::default(), Once::never()).await?;
    Ok(())
}

fn mended(before: Revision) -> Save {
    let text = NewText {
        title: before.text.title,
        summary: before.text.summary,
        body: format!("{}<p>Chiều cùng ngày, đoàn tàu đã ra đến ngư trường.</p>", before.text.body),
        format: BodyFormat::Html,
        slug: None,
    };
    let note = "Thêm tin buổi chiều.".to_owned();
    let (details, change) = (Details::default(), ChangeClass::Major);
    Save { text, details, place: None, source_revision: None, change, change_note: note }
}
