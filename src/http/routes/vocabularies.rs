//! Agencies, topics and locales: read by all who sign in, edited by administrators.

mod agencies;
mod locales;
mod topics;

use utoipa_actix_web::service_config::ServiceConfig;

use agencies::AgencyView;
use locales::LocaleView;
use topics::TopicView;

use crate::{
    http::wire::{answer, located, tagged},
    service::{Answer, vocabulary::Put},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.configure(agencies::configure).configure(topics::configure).configure(locales::configure);
}

/// An entry as it was written, with its version.
fn written(status: u16, put: &Put) -> Answer {
    match put {
        Put::Agency(one) => tagged(answer(status, &AgencyView::from(one.clone())), one.version),
        Put::Topic(one) => tagged(answer(status, &TopicView::from(one.clone())), one.version),
        Put::Locale(one) => tagged(answer(status, &LocaleView::from(one.clone())), one.version),
    }
}

/// The same for one that is new, with its address.
fn made(put: &Put) -> Answer {
    let path = match put {
        Put::Agency(one) => format!("/api/v1/agencies/{}", one.code),
        Put::Topic(one) => format!("/api/v1/topics/{}", one.code),
        Put::Locale(one) => format!("/api/v1/locales/{}", one.tag),
    };
    located(written(201, put), path)
}

fn rewritten(put: &Put) -> Answer {
    written(200, put)
}
