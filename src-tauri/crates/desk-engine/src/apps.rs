//! Gateway apps: what the seller enters once per gateway.

use desk_model::{Dialect, Gateway, GatewayApp, GatewayAppId, Secret, Tag, normalize_base_url};

use crate::{engine::Engine, error::Error};

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
            proxy: filled(&self.proxy),
        })
    }
}

impl Engine {
    /// Stores a gateway app: its secret in the vault first, then the row.
    pub async fn save_app(&self, input: &AppInput) -> Result<GatewayApp, Error> {
        let app = input.to_app()?;
        match &input.app_secret {
            Some(secret) if !secret.expose().trim().is_empty() => {
                let secret = Secret::new(secret.expose().trim());
                self.credentials().set_app_secret(&app, &secret).await?;
            }
            _ if self.credentials().app_secret(&app).await?.is_some() => {}
            _ => {
                return Err(Error::AppSecretMissing {
                    app_key: app.app_key,
                });
            }
        }
        let app = self.parts.store.save_gateway_app(&app).await?;
        self.forget_platform(app.id);
        self.announce(None, &[Tag::Shops]);
        Ok(app)
    }

    pub(crate) async fn stored_app(&self, id: GatewayAppId) -> Result<GatewayApp, Error> {
        let app = self.parts.store.gateway_app(id).await?;
        app.ok_or_else(|| Error::InvalidInput(format!("no gateway app {}", id.0)))
    }
}
