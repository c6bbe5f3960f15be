//! One value of a query being read into a type.

use serde::{
    Deserializer,
    de::{Error as _, IntoDeserializer as _, Unexpected, Visitor},
    forward_to_deserialize_any,
};

use super::fault::Fault;

/// One value: a text that may be written for a number, a flag or one of some names.
pub(super) struct Scalar(pub(super) String);

macro_rules! written {
    ($($method:ident, $type:ty, $visit:ident;)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self.0.parse::<$type>() {
                // One value has one spelling: no `+5`, no `007`, no `1e3`.
                Ok(value) if value.to_string() == self.0 => visitor.$visit(value),
                _ => Err(Fault::invalid_type(Unexpected::Str(&self.0), &visitor)),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for Scalar {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    written! {
        deserialize_bool, bool, visit_bool;
        deserialize_i8, i8, visit_i8;
        deserialize_i16, i16, visit_i16;
        deserialize_i32, i32, visit_i32;
        deserialize_i64, i64, visit_i64;
        deserialize_u8, u8, visit_u8;
        deserialize_u16, u16, visit_u16;
        deserialize_u32, u32, visit_u32;
        deserialize_u64, u64, visit_u64;
        deserialize_f64, f64, visit_f64;
    }

    forward_to_deserialize_any! {
        i128 u128 f32 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
