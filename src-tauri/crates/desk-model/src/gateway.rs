//! Where a shop's platform is reached, and in which dialect.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The preset that a shop belongs to; the first part of its `ShopId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Gateway {
    /// Open platform, United States.
    Us,
    /// Open platform, Europe.
    Eu,
    /// Open platform, all other countries.
    Global,
    /// A base URL of the seller's own: the guide's platform, a relay, a sandbox.
    Custom,
}

impl Gateway {
    /// The word used in ids and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Global => "global",
            Self::Custom => "custom",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Us, Self::Eu, Self::Global, Self::Custom]
            .into_iter()
            .find(|gateway| gateway.as_str() == word)
    }

    /// The preset's origin (open platform § 1.1); `custom` has none.
    pub fn base_url(self) -> Option<&'static str> {
        match self {
            Self::Us => Some("https://openapi-b-us.temu.com"),
            Self::Eu => Some("https://openapi-b-eu.temu.com"),
            Self::Global => Some("https://openapi-b-global.temu.com"),
            Self::Custom => None,
        }
    }

    /// The Seller Center origin that shows the consent page (open platform § 3.2); `custom` uses its own base URL.
    pub fn seller_center(self) -> Option<&'static str> {
        match self {
            Self::Us => Some("https://seller.temu.com"),
            Self::Eu => Some("https://seller-eu.temu.com"),
            Self::Global => Some("https://agentseller.temu.com"),
            Self::Custom => None,
        }
    }
}

/// Which wire the gateway speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// The integration guide: HMAC-SHA256, refresh tokens.
    Guide,
    /// The live open platform: MD5, no refresh.
    OpenPlatform,
}

impl Dialect {
    /// The word used on the command line and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::OpenPlatform => "open-platform",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Guide, Self::OpenPlatform]
            .into_iter()
            .find(|dialect| dialect.as_str() == word)
    }
}

/// The row id of a gateway app in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct GatewayAppId(pub i64);

/// One registered app at one gateway: what is entered once and serves many shops. Its app secret lives in the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GatewayApp {
    /// Row id; apps are unique by gateway, dialect, base URL and app key.
    pub id: GatewayAppId,
    /// The preset.
    pub gateway: Gateway,
    /// The wire it speaks.
    pub dialect: Dialect,
    /// Origin with an optional prefix, without a trailing slash.
    pub base_url: String,
    /// The public half of the app's credentials.
    pub app_key: String,
    /// The redirect address that the app registered, if any: the custom scheme, or loopback on a fixed port. `None` = paste only on
    /// the open platform; the guide always takes the custom scheme.
    pub redirect_uri: Option<String>,
    /// `http://`, `https://` or `socks5://` proxy for this gateway; `None` = the system's.
    pub proxy: Option<String>,
}

impl GatewayApp {
    /// Whether both name the same registered app, whatever their ways to it.
    pub fn is_same_app(&self, other: &Self) -> bool {
        (self.gateway, self.dialect, &self.base_url, &self.app_key)
            == (
                other.gateway,
                other.dialect,
                &other.base_url,
                &other.app_key,
            )
    }
}

/// A base URL that must not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Not an http(s) URL with a host, or it has a user, query or fragment.
    #[error("`{0}` is not an http(s) address")]
    Malformed(String),
    /// Plain http to another machine would show tokens to the network.
    #[error("`{0}` is plain http and not on this computer")]
    Insecure(String),
}

/// Checks a base URL and brings it to its one spelling: no trailing slash, `/openapi/router` removed. http only on loopback.
pub fn normalize_base_url(text: &str) -> Result<String, BaseUrlError> {
    let malformed = || BaseUrlError::Malformed(text.to_owned());
    let url = url::Url::parse(text.trim()).map_err(|_| malformed())?;
    let host = url.host().ok_or_else(malformed)?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let loopback = match host {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    };
    match url.scheme() {
        "https" if plain => {}
        "http" if plain && loopback => {}
        "http" if plain => return Err(BaseUrlError::Insecure(text.to_owned())),
        _ => return Err(malformed()),
    }
    let text = url.as_str().trim_end_matches('/');
    let text = text.strip_suffix("/openapi/router").unwrap_or(text);
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_have_one_spelling() {
        assert_eq!(
            normalize_base_url("https://Relay.example/temu/openapi/router/").unwrap(),
            "https://relay.example/temu"
        );
        assert_eq!(
            normalize_base_url("http://127.0.0.1:8080/").unwrap(),
            "http://127.0.0.1:8080"
        );
        assert_eq!(
            normalize_base_url("http://[::1]:1").unwrap(),
            "http://[::1]:1"
        );
    }

    #[test]
    fn tokens_never_travel_in_the_clear() {
        assert!(matches!(
            normalize_base_url("http://relay.example"),
            Err(BaseUrlError::Insecure(_))
        ));
        assert!(matches!(
            normalize_base_url("http://127.0.0.1.example"),
            Err(BaseUrlError::Insecure(_))
        ));
        for text in [
            "ftp://a",
            "https://user:made-up@a",
            "https://a?x=1",
            "relay.example",
            "",
        ] {
            assert!(
                matches!(normalize_base_url(text), Err(BaseUrlError::Malformed(_))),
                "{text}"
            );
        }
    }
}
