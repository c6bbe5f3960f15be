//! Publications: the acts by which an edition becomes, stays or ceases to be public.

use super::article::text_enum;

text_enum! {
    /// How an edition was taken down.
    TakeDown {
        /// Set aside; nothing was wrong with it.
        Withdraw = "withdraw",
        /// It was wrong.
        Retract = "retract",
    }
}
