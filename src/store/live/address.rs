//! Addresses that public editions had on a system before this one.

use sea_orm::ActiveValue::Set;

use crate::{
    domain::address::Address,
    kernel::EditionId,
    store::{Fault, WriteTx, bulk::insert_all, change::PUBLIC, entity::live_address},
};

/// An address that is to lead to an edition.
#[derive(Clone, Debug)]
pub struct NewAddress {
    /// The address.
    pub address: Address,
    /// The edition.
    pub edition: EditionId,
    /// The signature that says so.
    pub signature: String,
}

/// Lets addresses lead to editions.
pub async fn put_addresses(tx: &WriteTx, all: &[NewAddress]) -> Result<(), Fault> {
    let row = |one: &NewAddress| live_address::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        path: Set(one.address.to_string()),
        edition_id: Set(one.edition.0),
        signature: Set(one.signature.clone()),
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    insert_all(tx, rows).await
}
