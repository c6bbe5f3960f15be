//! Makes the province: vocabularies, people, then article by article.

use futures_util::future::try_join_all;

use super::{
    desk::Desk,
    files::{Demo, Person},
    staff::{Member, Staff, sign_in},
};
use crate::{
    domain::access::Role,
    service::{
        App, Caller, Error, Once,
        account::{self, NewAccount, NewGrant, Profile},
        vocabulary,
    },
    tokens::Secret,
};

/// Makes all of it in an empty database; `progress` hears how many articles are done, and of how many.
pub(super) async fn province(
    app: &App,
    demo: &Demo,
    password: &Secret,
    progress: impl Fn(usize, usize),
) -> Result<(), Error> {
    let first = demo.people.iter().find(|person| person.grants.iter().any(|grant| grant.role == Role::Admin));
    let first = first.ok_or_else(|| Error::internal("the demonstration has no administrator"))?;
    let admin = account::create_by_operator(app, new_account(first, password)).await?;
    let caller = sign_in(app, &first.email, password).await?;
    vocabularies(app, caller, demo).await?;
    app.public.reload(app).await?;

    let mut staff = Staff::default();
    staff.join(member(&admin, caller));
    // Side by side: it is the hashing of passwords that takes the time.
    let others = demo.people.iter().filter(|person| person.email != first.email);
    for member in try_join_all(others.map(|person| employ(app, caller, person, password))).await? {
        staff.join(member);
    }
    let desk = Desk { app, staff: &staff };
    let total = demo.articles.len();
    for (turn, article) in demo.articles.iter().enumerate() {
        Box::pin(desk.carry(article, turn)).await?;
        progress(turn + 1, total);
    }
    Ok(())
}

async fn vocabularies(app: &App, admin: Caller, demo: &Demo) -> Result<(), Error> {
    for agency in &demo.agencies {
        let entry = vocabulary::Entry::Agency { code: agency.code.clone(), names: agency.names.clone() };
        vocabulary::create(app, admin, entry, Once::never()).await?;
    }
    for topic in &demo.topics {
        let (code, parent, names) = (topic.code.clone(), topic.parent.clone(), topic.names.clone());
        let entry = vocabulary::Entry::Topic { code, parent, media_topic: topic.media_topic.clone(), names };
        vocabulary::create(app, admin, entry, Once::never()).await?;
    }
    Ok(())
}

async fn employ(app: &App, admin: Caller, person: &Person, password: &Secret) -> Result<Member, Error> {
    let made = account::create(app, admin, new_account(person, password), Once::never()).await?;
    let profile = made.now().ok_or_else(|| Error::internal("an account was made before"))?;
    let caller = sign_in(app, &person.email, password).await?;
    Ok(member(&profile, caller))
}

fn member(profile: &Profile, caller: Caller) -> Member {
    Member { email: profile.account.email.clone(), caller, grants: profile.grants.clone() }
}

fn new_account(person: &Person, password: &Secret) -> NewAccount {
    let grants = person.grants.iter();
    let grants = grants
        .map(|grant| NewGrant { role: grant.role, agency: grant.agency.clone(), locale: grant.locale.clone() })
        .collect();
    NewAccount {
        email: person.email.clone(),
        name: person.name.clone(),
        locale: Some(person.locale.clone()),
        password: password.clone(),
        grants,
    }
}
