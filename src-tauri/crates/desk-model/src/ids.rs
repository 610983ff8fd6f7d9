//! Ids are text: the platform's numbers pass 2^53 and some APIs send strings.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Gateway;

macro_rules! text_id {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// Wraps the id as the platform wrote it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// `{gateway}:{remote id}`, for example `us:635500000000001`.
    ShopId
}
text_id! {
    /// The (parent) order number, for example `PO-211-00000000000000001`.
    OrderSn
}
text_id! {
    /// A product (goods) id.
    ProductId
}
text_id! {
    /// A SKU id.
    SkuId
}
text_id! {
    /// An activity (promotion) id.
    ActivityId
}

impl ShopId {
    /// Builds the id from its two parts.
    pub fn from_parts(gateway: Gateway, remote_id: &str) -> Self {
        Self(format!("{}:{remote_id}", gateway.as_str()))
    }

    /// The platform's own id of the shop: what follows the first colon.
    pub fn remote_id(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, remote)| remote)
    }
}
