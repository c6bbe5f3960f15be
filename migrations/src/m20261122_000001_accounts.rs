//! Accounts, their grants, sign-ins and refresh tokens.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, flag, index, key, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = table("account")
            .col(key(uuid("id")))
            .col(short("email"))
            .col(short("name"))
            .col(short("locale"))
            .col(text("password_hash"))
            .col(flag("disabled"))
            .col(number("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .to_owned();
        let grant = table("account_grant")
            .col(key(uuid("id")))
            .col(uuid("account_id"))
            .col(short("role"))
            .col(maybe(short("agency_code")))
            .col(maybe(short("locale")))
            .col(moment("created_at"))
            .foreign_key(&mut points("account_grant_account_fkey", ("account_grant", "account_id"), ("account", "id")))
            .to_owned();
        let session = table("session")
            .col(key(uuid("id")))
            .col(uuid("account_id"))
            .col(moment("created_at"))
            .col(moment("expires_at"))
            .col(maybe(moment("revoked_at")))
            .foreign_key(&mut points("session_account_fkey", ("session", "account_id"), ("account", "id")))
            .to_owned();
        let refresh = table("refresh_token")
            .col(key(short("token_hash")))
            .col(uuid("session_id"))
            .col(moment("created_at"))
            .col(maybe(moment("used_at")))
            .foreign_key(&mut points("refresh_token_session_fkey", ("refresh_token", "session_id"), ("session", "id")))
            .to_owned();
        create(manager, vec![account, grant, session, refresh]).await?;
        index(manager, "account_email_key", "account", &["email"], true).await?;
        index(manager, "account_grant_account_idx", "account_grant", &["account_id"], false).await?;
        index(manager, "session_account_idx", "session", &["account_id"], false).await?;
        index(manager, "refresh_token_session_idx", "refresh_token", &["session_id"], false).await
    }
}
