//! Gateway apps: what the seller enters once per gateway.

use std::sync::Arc;

use desk_model::{Dialect, Gateway, GatewayApp, GatewayAppId, Secret, Tag, normalize_base_url};

use desk_vault::Vault;
use url::Url;

use crate::{credentials::Credentials, engine::Engine, error::Error};

/// A gateway app as it is entered.
#[derive(Clone, Debug)]
pub struct AppInput {
    /// The preset.
    pub gateway: Gateway,
    /// Needed for `custom`; the presets speak the open platform's.
    pub dialect: Option<Dialect>,
    /// Needed for `custom`; elsewhere it replaces the preset's, for a relay.
    pub base_url: Option<String>,
    /// The public half.
    pub app_key: String,
    /// The secret half; `None` keeps the one in the vault.
    pub app_secret: Option<Secret>,
    /// The redirect address registered for the app.
    pub redirect_uri: Option<String>,
    /// A proxy for this gateway.
    pub proxy: Option<String>,
}

impl AppInput {
    /// Checks the input and brings it to its one form. The id is 0 until it is stored.
    pub(crate) fn to_app(&self) -> Result<GatewayApp, Error> {
        let app_key = self.app_key.trim();
        if app_key.is_empty()
            || app_key
                .chars()
                .any(|character| character.is_whitespace() || character.is_control())
        {
            return Err(Error::InvalidInput(
                "app_key is empty or contains spaces".to_owned(),
            ));
        }
        let dialect = match (self.gateway, self.dialect) {
            (Gateway::Custom, None) => {
                return Err(Error::InvalidInput(
                    "a custom gateway needs a dialect".to_owned(),
                ));
            }
            (Gateway::Custom, Some(dialect)) => dialect,
            (_, None | Some(Dialect::OpenPlatform)) => Dialect::OpenPlatform,
            (gateway, Some(Dialect::Guide)) => {
                return Err(Error::InvalidInput(format!(
                    "gateway {} speaks the open platform's dialect, not the guide's",
                    gateway.as_str()
                )));
            }
        };
        let base_url = match (
            self.base_url
                .as_deref()
                .filter(|url| !url.trim().is_empty()),
            self.gateway.base_url(),
        ) {
            (Some(base_url), _) => normalize_base_url(base_url)?,
            (None, Some(preset)) => preset.to_owned(),
            (None, None) => {
                return Err(Error::InvalidInput(
                    "a custom gateway needs a base URL".to_owned(),
                ));
            }
        };
        let filled = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        Ok(GatewayApp {
            id: GatewayAppId(0),
            gateway: self.gateway,
            dialect,
            base_url,
            app_key: app_key.to_owned(),
            redirect_uri: filled(&self.redirect_uri),
            proxy: filled(&self.proxy).map(check_proxy).transpose()?,
        })
    }
}

/// A password in it would stand in the database in the clear.
fn check_proxy(address: String) -> Result<String, Error> {
    let refuse = |reason: &str| Err(Error::InvalidInput(format!("the proxy {reason}")));
    match Url::parse(&address) {
        Ok(url) if !matches!(url.scheme(), "http" | "https" | "socks5") || !url.has_host() => {
            refuse("is no http://, https:// or socks5:// address")
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            refuse("must not contain a user name or password")
        }
        Ok(_) => Ok(address),
        Err(_) => refuse("is no address"),
    }
}

impl Engine {
    /// Stores a gateway app: its secret in the vault first, then the row. A new secret for an app that is in use must work first.
    pub async fn save_app(&self, input: &AppInput) -> Result<GatewayApp, Error> {
        let app = input.to_app()?;
        let entered = input
            .app_secret
            .as_ref()
            .map(|secret| Secret::new(secret.expose().trim()));
        let kept = self.credentials().app_secret(&app).await?;
        match (entered.filter(|secret| !secret.expose().is_empty()), kept) {
            (None, Some(_)) => {}
            (None, None) => {
                return Err(Error::AppSecretMissing {
                    app_key: app.app_key,
                });
            }
            (Some(entered), Some(kept)) if entered == kept => {}
            (Some(entered), kept) => {
                if kept.is_some() {
                    self.provisional_platform(&app, entered.clone())?
                        .test_app()
                        .await?;
                }
                self.credentials().set_app_secret(&app, &entered).await?;
            }
        }
        let app = self.parts.store.save_gateway_app(&app).await?;
        self.forget_platform(app.id);
        self.announce(None, &[Tag::Shops]);
        Ok(app)
    }

    /// Moves the app secrets of an earlier vault into the one in use; what cannot be read is entered again by the seller.
    pub async fn carry_app_secrets(&self, from: Arc<dyn Vault>) {
        let (from, to) = (Credentials::new(from), self.credentials());
        let moved = async {
            for app in self.parts.store.gateway_apps().await? {
                if let Some(secret) = from.app_secret(&app).await? {
                    to.set_app_secret(&app, &secret).await?;
                    from.delete_app_secret(&app).await?;
                }
            }
            Ok::<(), Error>(())
        };
        if let Err(error) = moved.await {
            tracing::warn!(code = ?error.code(), "app secrets stay in the earlier vault");
        }
    }

    pub(crate) async fn stored_app(&self, id: GatewayAppId) -> Result<GatewayApp, Error> {
        let app = self.parts.store.gateway_app(id).await?;
        app.ok_or_else(|| Error::InvalidInput(format!("no gateway app {}", id.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_an_address_without_a_password() {
        for address in [
            "http://127.0.0.1:3128",
            "https://proxy.example",
            "socks5://10.0.0.1:1080",
        ] {
            assert_eq!(check_proxy(address.to_owned()).unwrap(), address);
        }
        for address in [
            "socks5://seller:made-up@10.0.0.1:1080",
            "http://seller@proxy.example",
            "ftp://proxy.example",
            "proxy.example:3128",
            "http://",
        ] {
            let error = check_proxy(address.to_owned()).unwrap_err();
            assert!(matches!(error, Error::InvalidInput(_)), "{address}");
            assert!(!error.to_string().contains("made-up"));
        }
    }
}
