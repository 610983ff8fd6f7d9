//! What a client needs to call the stand-in: the line that the bin prints.

use serde::{Deserialize, Serialize};

/// Address and keys of both dialects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Origin of the server.
    pub base_url: String,
    /// Guide dialect.
    pub guide: AppCredentials,
    /// Open platform dialect; its router is `{base_url}/openapi/router`.
    pub open_platform: AppCredentials,
}

/// The app's keys and a token for each shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppCredentials {
    /// 32 hex digits.
    pub app_key: String,
    /// What requests are signed with.
    pub app_secret: String,
    /// Every shop of the world.
    pub shops: Vec<ShopCredentials>,
}

/// The newest token of a shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopCredentials {
    /// The dialect's own id, as text.
    pub shop_id: String,
    /// Token for reads.
    pub access_token: String,
    /// None on the open platform.
    pub refresh_token: Option<String>,
}
