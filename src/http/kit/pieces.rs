//! Long answers are given out piece by piece: what a slow client has not taken yet is kept once for all, not copied
//! for each.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use bytes::Bytes;

/// Bytes of a piece.
const PIECE: usize = 65_536;

/// The body in pieces, if it is a long one that is all here.
pub(in crate::http) fn in_pieces(body: BoxBody) -> BoxBody {
    match body.size() {
        BodySize::Sized(size) if size > PIECE as u64 => {
            body.try_into_bytes().map_or_else(|body| body, |rest| BoxBody::new(Pieces(rest)))
        }
        _ => body,
    }
}

/// What is left of a body.
struct Pieces(Bytes);

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    async fn pieces(bytes: &Bytes) -> Vec<Bytes> {
        let mut body = in_pieces(BoxBody::new(bytes.clone()));
        assert_eq!(body.size(), BodySize::Sized(bytes.len() as u64));
        let mut pieces = Vec::new();
        while let Some(piece) = poll_fn(|cx| body.as_pin_mut().poll_next(cx)).await {
            pieces.push(piece.map_err(|_| ()).unwrap());
        }
        pieces
    }

    #[actix_web::test]
    async fn a_long_body_comes_whole_in_pieces_of_the_same_memory() {
        let long: Bytes = (0..200_000_u32).map(|n| n.to_be_bytes()[3]).collect();
        let pieces = pieces(&long).await;
        assert_eq!((pieces.len(), pieces.concat()), (4, long.to_vec()));
        assert_eq!(pieces[1].as_ptr(), long[PIECE..].as_ptr());
    }

    #[actix_web::test]
    async fn a_short_body_is_left_as_it_is() {
        let short = Bytes::from(vec![7; PIECE]);
        assert_eq!(pieces(&short).await, [short]);
    }
}
