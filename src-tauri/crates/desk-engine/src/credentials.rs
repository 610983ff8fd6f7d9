//! What the vault holds, under which keys. The only place that knows their form.

use std::sync::Arc;

use desk_model::{GatewayApp, Secret, ShopId, UnixSeconds};
use desk_vault::Vault;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// A shop's token set.
#[derive(Clone, Debug)]
pub(crate) struct TokenSet {
    pub(crate) access_token: Secret,
    pub(crate) refresh_token: Option<Secret>,
    /// Server time when it was received: with the expiry it gives the lifetime.
    pub(crate) received_at: UnixSeconds,
}

/// Async access to the vault, whose calls block.
pub(crate) struct Credentials(Arc<dyn Vault>);

#[derive(Serialize, Deserialize)]
struct StoredTokenSet {
    access_token: String,
    refresh_token: Option<String>,
    received_at: UnixSeconds,
}

impl Credentials {
    pub(crate) fn new(vault: Arc<dyn Vault>) -> Self {
        Self(vault)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Vault) -> Result<T, desk_vault::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let vault = self.0.clone();
        tokio::task::spawn_blocking(move || work(vault.as_ref()))
            .await
            .map_err(|error| desk_vault::Error::Other(error.to_string()))?
            .map_err(Error::from)
    }

    /// Whether the vault can be read at all.
    pub(crate) async fn probe(&self) -> Result<(), Error> {
        self.blocking(|vault| vault.get("probe").map(|_| ())).await
    }

    pub(crate) async fn app_secret(&self, app: &GatewayApp) -> Result<Option<Secret>, Error> {
        let key = app_key(app);
        self.blocking(move |vault| vault.get(&key)).await
    }

    pub(crate) async fn set_app_secret(
        &self,
        app: &GatewayApp,
        secret: &Secret,
    ) -> Result<(), Error> {
        let (key, secret) = (app_key(app), secret.clone());
        self.blocking(move |vault| vault.set(&key, &secret)).await
    }

    pub(crate) async fn delete_app_secret(&self, app: &GatewayApp) -> Result<(), Error> {
        let key = app_key(app);
        self.blocking(move |vault| vault.delete(&key)).await
    }

    pub(crate) async fn tokens(
        &self,
        shop: &ShopId,
        version: i64,
    ) -> Result<Option<TokenSet>, Error> {
        let key = shop_key(shop, version);
        let Some(text) = self.blocking(move |vault| vault.get(&key)).await? else {
            return Ok(None);
        };
        let stored: StoredTokenSet = serde_json::from_str(text.expose()).map_err(|_| {
            desk_vault::Error::Other("the shop's item in the vault has an unknown form".to_owned())
        })?;
        Ok(Some(TokenSet {
            access_token: Secret::new(stored.access_token),
            refresh_token: stored.refresh_token.map(Secret::new),
            received_at: stored.received_at,
        }))
    }

    pub(crate) async fn set_tokens(
        &self,
        shop: &ShopId,
        version: i64,
        tokens: &TokenSet,
    ) -> Result<(), Error> {
        let stored = StoredTokenSet {
            access_token: tokens.access_token.expose().to_owned(),
            refresh_token: tokens
                .refresh_token
                .as_ref()
                .map(|token| token.expose().to_owned()),
            received_at: tokens.received_at,
        };
        let text = serde_json::to_string(&stored)
            .map_err(|error| desk_vault::Error::Other(error.to_string()))?;
        let (key, text) = (shop_key(shop, version), Secret::new(text));
        self.blocking(move |vault| vault.set(&key, &text)).await
    }

    pub(crate) async fn delete_tokens(&self, shop: &ShopId, version: i64) -> Result<(), Error> {
        let key = shop_key(shop, version);
        self.blocking(move |vault| vault.delete(&key)).await
    }

    /// Keeps the PKCE verifier of an authorization under way.
    pub(crate) async fn set_verifier(
        &self,
        authorization_id: &str,
        verifier: &Secret,
    ) -> Result<(), Error> {
        let (key, verifier) = (verifier_key(authorization_id), verifier.clone());
        self.blocking(move |vault| vault.set(&key, &verifier)).await
    }

    /// Reads the PKCE verifier.
    pub(crate) async fn verifier(&self, authorization_id: &str) -> Result<Option<Secret>, Error> {
        let key = verifier_key(authorization_id);
        self.blocking(move |vault| vault.get(&key)).await
    }

    /// Reads the PKCE verifier and deletes it: it serves one exchange.
    pub(crate) async fn take_verifier(
        &self,
        authorization_id: &str,
    ) -> Result<Option<Secret>, Error> {
        let key = verifier_key(authorization_id);
        self.blocking(move |vault| {
            let verifier = vault.get(&key)?;
            vault.delete(&key)?;
            Ok(verifier)
        })
        .await
    }
}

/// By the app's natural key, so that the secret can be written before the row that needs it.
fn app_key(app: &GatewayApp) -> String {
    let identity = [
        app.gateway.as_str(),
        app.dialect.as_str(),
        &app.base_url,
        &app.app_key,
    ]
    .join("\n");
    format!("app.{}", &hex::encode(Sha256::digest(identity))[..24])
}

fn shop_key(shop: &ShopId, version: i64) -> String {
    format!("shop.{shop}.{version}")
}

fn verifier_key(authorization_id: &str) -> String {
    format!("verifier.{authorization_id}")
}
