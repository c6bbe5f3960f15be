//! How much is worked on at the same time: what would only wait in a longer and longer line is told to come again.

use std::sync::Arc;

use actix_web::{HttpMessage as _, HttpRequest};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::service::{Code, Error};

/// Seconds after which to come again.
const SOON: u64 = 2;

/// The places at which requests are worked on, of all workers together.
///
/// A request takes one when all of it is here, so that a slow sender takes none from others. A public answer that
/// is ready needs none.
#[derive(Clone, Debug)]
pub struct Work(Arc<Semaphore>);

/// The place of a request.
struct Place(#[expect(dead_code, reason = "held until the request is over")] OwnedSemaphorePermit);

impl Work {
    /// So many places.
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))))
    }

    /// Places at which nobody works now.
    pub fn free(&self) -> usize {
        self.0.available_permits()
    }

    /// A place for a request until it is let go of, unless all are taken.
    pub fn begin(req: &HttpRequest) -> Result<Option<OwnedSemaphorePermit>, Error> {
        let Some(Self(places)) = req.app_data::<Self>() else { return Ok(None) };
        let taken = Arc::clone(places).try_acquire_owned();
        taken.map(Some).map_err(|_| Error::new(Code::Busy).retry_after(SOON))
    }

    /// The same until the request is over; one that has its place already keeps it.
    pub fn begin_whole(req: &HttpRequest) -> Result<(), Error> {
        if !req.extensions().contains::<Place>() {
            let place = Self::begin(req)?;
            if let Some(place) = place {
                req.extensions_mut().insert(Place(place));
            }
        }
        Ok(())
    }
}
