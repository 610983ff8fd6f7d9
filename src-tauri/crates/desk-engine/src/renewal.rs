//! Replacing a shop's tokens: one writer per shop at a time, and no step that leaves the shop without any.

use std::{sync::Arc, time::Duration};

use desk_model::{Authorization, Secret, Shop, ShopId, Tag};
use desk_store::CredentialsUpdate;
use desk_temu::{ErrorKind, Grant, Platform};

use crate::{
    credentials::TokenSet,
    engine::{Engine, lock},
    error::Error,
};

/// How often a new pair is offered to a vault that does not take it: without it the shop has none.
const MOST_TRIES: u32 = 3;
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
/// How long a quitting app waits for a renewal.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// How many versions ahead of the row a token set may be: a database from a backup is days behind the vault.
const FARTHEST_AHEAD: i64 = 32;

impl Engine {
    /// Held by whoever replaces or removes a shop's tokens.
    pub(crate) fn credentials_gate(&self, shop_id: &ShopId) -> Arc<tokio::sync::Mutex<()>> {
        lock(&self.parts.credentials_gates)
            .entry(shop_id.clone())
            .or_default()
            .clone()
    }

    /// Waits for renewals under way, but not for ever.
    pub(crate) async fn wait_for_renewals(&self) {
        let gates: Vec<_> = lock(&self.parts.credentials_gates)
            .values()
            .cloned()
            .collect();
        tokio::select! {
            biased;
            _ = futures_util::future::join_all(gates.iter().map(|gate| gate.lock())) => {}
            () = self.parts.clock.sleep(LONGEST_WAIT) => tracing::warn!("a token is still being renewed"),
        }
    }

    /// The shop as it is now, with the tokens that its row points to.
    pub(crate) async fn stored_tokens(&self, shop_id: &ShopId) -> Result<(Shop, TokenSet), Error> {
        let mut shop = self.known_shop(shop_id).await?;
        loop {
            let version = shop.credentials_version;
            if let Some(tokens) = self.credentials().tokens(shop_id, version).await? {
                return Ok((shop, tokens));
            }
            // Somebody may have replaced them between the two looks.
            shop = self.known_shop(shop_id).await?;
            if shop.credentials_version == version {
                return Err(Error::ShopUnauthorized(shop_id.clone()));
            }
        }
    }

    /// For a shop whose row points to no tokens: newer ones that the vault has.
    pub(crate) async fn adopted_tokens(
        &self,
        platform: &Platform,
        shop_id: &ShopId,
    ) -> Result<(Shop, TokenSet), Error> {
        let gate = self.credentials_gate(shop_id);
        let _turn = gate.lock().await;
        match self.stored_tokens(shop_id).await {
            Err(Error::ShopUnauthorized(_)) => {}
            found => return found,
        }
        let shop = self.known_shop(shop_id).await?;
        match self.adopt(platform, &shop).await? {
            Some(_) => self.stored_tokens(shop_id).await,
            None => Err(Error::ShopUnauthorized(shop_id.clone())),
        }
    }

    /// Replaces `used` by a new token; who comes second finds it already there.
    pub(crate) async fn renew(
        &self,
        platform: &Platform,
        shop_id: &ShopId,
        used: &Secret,
    ) -> Result<Secret, Error> {
        let gate = self.credentials_gate(shop_id);
        let _turn = gate.lock().await;
        let (shop, tokens) = self.stored_tokens(shop_id).await?;
        if tokens.access_token != *used {
            return Ok(tokens.access_token);
        }
        let Some(refresh_token) = &tokens.refresh_token else {
            return Err(Error::ShopUnauthorized(shop.shop_id));
        };
        match platform.refresh(refresh_token).await {
            Ok(grant) => {
                self.keep(platform, &shop, shop.credentials_version + 1, grant)
                    .await
            }
            Err(error) if is_refused(error.kind) => {
                let expired = desk_temu::Error {
                    kind: ErrorKind::TokenExpired,
                    ..error
                };
                let adopted = self.adopt(platform, &shop).await?;
                adopted.ok_or(Error::Platform(expired))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The new version in the vault, then the row's pointer, then the old version goes.
    async fn keep(
        &self,
        platform: &Platform,
        shop: &Shop,
        version: i64,
        grant: Grant,
    ) -> Result<Secret, Error> {
        let tokens = TokenSet {
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            received_at: platform.server_now(),
        };
        self.put(&shop.shop_id, version, &tokens).await?;
        self.point_to(shop, version, grant.authorization).await?;
        Ok(tokens.access_token)
    }

    async fn put(&self, shop_id: &ShopId, version: i64, tokens: &TokenSet) -> Result<(), Error> {
        for _ in 1..MOST_TRIES {
            match self
                .credentials()
                .set_tokens(shop_id, version, tokens)
                .await
            {
                Ok(()) => return Ok(()),
                Err(error) => {
                    tracing::warn!(code = ?error.code(), "the vault did not take a new token")
                }
            }
            self.parts.clock.sleep(BETWEEN_TRIES).await;
        }
        self.credentials()
            .set_tokens(shop_id, version, tokens)
            .await
    }

    async fn point_to(
        &self,
        shop: &Shop,
        version: i64,
        authorization: Authorization,
    ) -> Result<(), Error> {
        let (shop_id, before) = (&shop.shop_id, shop.credentials_version);
        let update = CredentialsUpdate {
            version,
            expires_at: authorization.expires_at,
            refresh_expires_at: authorization.refresh_expires_at,
            scopes: authorization.scopes,
        };
        let store = &self.parts.store;
        if !store.update_credentials(shop_id, before, &update).await? {
            return Err(Error::UnknownShop(shop_id.to_string()));
        }
        self.forget_tokens(shop_id, before).await;
        self.announce(Some(shop_id), &[Tag::Shops]);
        Ok(())
    }

    /// Takes up the newest tokens that work among those which the vault has and the row does not know: they were stored just before a
    /// crash, or after the backup that the database came from.
    async fn adopt(&self, platform: &Platform, shop: &Shop) -> Result<Option<Secret>, Error> {
        let known = shop.credentials_version;
        for version in (known + 1..=known + FARTHEST_AHEAD).rev() {
            let Some(tokens) = self.credentials().tokens(&shop.shop_id, version).await? else {
                continue;
            };
            match platform.token_info(&tokens.access_token).await {
                Ok(authorization) => {
                    self.point_to(shop, version, authorization).await?;
                    return Ok(Some(tokens.access_token));
                }
                Err(error) if !is_refused(error.kind) => return Err(error.into()),
                Err(_) => {}
            }
            let Some(refresh_token) = &tokens.refresh_token else {
                continue;
            };
            match platform.refresh(refresh_token).await {
                Ok(grant) => {
                    let token = self.keep(platform, shop, version + 1, grant).await?;
                    self.forget_tokens(&shop.shop_id, version).await;
                    return Ok(Some(token));
                }
                Err(error) if !is_refused(error.kind) => return Err(error.into()),
                Err(_) => {}
            }
        }
        Ok(None)
    }

    /// Deletes an item that no row points to any more; where the vault fails, what stays is a dead token.
    pub(crate) async fn forget_tokens(&self, shop_id: &ShopId, version: i64) {
        if let Err(error) = self.credentials().delete_tokens(shop_id, version).await {
            tracing::warn!(shop = %shop_id, code = ?error.code(), "an old token stays in the vault");
        }
    }
}

fn is_refused(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TokenExpired | ErrorKind::TokenRevoked | ErrorKind::CodeRejected
    )
}
