//! Lan Tỏa: the publishing backend with which a province tells the world about itself.
//!
//! The floors, lowest first: [`kernel`], [`domain`] (beside it [`i18n`] and [`syndication`]),
//! [`store`] (beside it [`tokens`] and [`outbound`]), [`service`], [`http`] and [`jobs`], [`boot`].

pub mod boot;
pub mod domain;
pub mod http;
pub mod i18n;
pub mod jobs;
pub mod kernel;
pub mod outbound;
pub mod service;
pub mod store;
pub mod syndication;
pub mod tokens;
