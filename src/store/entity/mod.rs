//! Rows as the database has them; they never leave this floor.

macro_rules! entity {
    ($(#[$doc:meta])* $module:ident = $table:literal { $( $(#[$attr:meta])* $field:ident: $kind:ty, )+ }) => {
        $(#[$doc])*
        pub(in crate::store) mod $module {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $( $(#[$attr])* pub $field: $kind, )+
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

mod live;
mod outbound;
mod texts;
mod work;

pub(in crate::store) use live::*;
pub(in crate::store) use outbound::*;
pub(in crate::store) use texts::*;
pub(in crate::store) use work::*;
