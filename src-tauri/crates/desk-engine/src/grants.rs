//! Storing what a consent brought: tokens into the vault, shops into the database.

use desk_model::{Authorization, GatewayApp, MallType, Shop, ShopId, Tag, TokenState, UnixSeconds};
use desk_temu::{Grant, Platform};

use crate::{credentials::TokenSet, engine::Engine, error::Error};

impl Engine {
    /// Stores the shops of a consent. One that cannot be stored does not cost the others; an error only when none was.
    pub(crate) async fn store_grants(
        &self,
        app: &GatewayApp,
        grants: Vec<Grant>,
        expected: Option<&ShopId>,
    ) -> Result<Vec<ShopId>, Error> {
        check_grants(app, &grants, expected)?;
        let platform = self.platform(app).await?;
        let mut shops = Vec::with_capacity(grants.len());
        let mut first_error = None;
        for grant in grants {
            match self.store_grant(app, &platform, grant).await {
                Ok(shop_id) => shops.push(shop_id),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        self.announce(None, &[Tag::Shops]);
        match first_error {
            Some(error) if shops.is_empty() => Err(error),
            Some(error) => {
                tracing::warn!(code = ?error.code(), "one shop of the consent was not stored");
                Ok(shops)
            }
            None => Ok(shops),
        }
    }

    /// The vault first, then the row, then the old token's item goes.
    async fn store_grant(
        &self,
        app: &GatewayApp,
        platform: &Platform,
        grant: Grant,
    ) -> Result<ShopId, Error> {
        let shop_id = ShopId::from_parts(app.gateway, &grant.authorization.remote_id);
        let gate = self.credentials_gate(&shop_id);
        let _turn = gate.lock().await;
        self.finish_removal_before_return(&shop_id).await?;
        let before = self.parts.store.shop(&shop_id).await?;
        let version = before
            .as_ref()
            .map_or(1, |shop| shop.credentials_version + 1);
        let now = platform.server_now();
        let tokens = TokenSet {
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            received_at: now,
        };
        self.credentials()
            .set_tokens(&shop_id, version, &tokens)
            .await?;
        let shop = shop_row(
            app,
            &shop_id,
            grant.authorization,
            version,
            before.as_ref(),
            now,
        );
        self.parts.store.save_shop(&shop).await?;
        if let Some(before) = before {
            self.forget_tokens(&shop_id, before.credentials_version)
                .await;
        }
        Ok(shop_id)
    }
}

fn shop_row(
    app: &GatewayApp,
    shop_id: &ShopId,
    authorization: Authorization,
    version: i64,
    before: Option<&Shop>,
    now: UnixSeconds,
) -> Shop {
    let name = match before {
        Some(shop) => shop.name.clone(),
        None => authorization
            .name
            .unwrap_or_else(|| shop_id.remote_id().to_owned()),
    };
    Shop {
        shop_id: shop_id.clone(),
        app: app.id,
        name,
        region: authorization.region,
        mall_type: authorization.mall_type,
        scopes: authorization.scopes,
        expires_at: authorization.expires_at,
        refresh_expires_at: authorization.refresh_expires_at,
        token_state: TokenState::Valid,
        credentials_version: version,
        authorized_at: now,
    }
}

/// Refuses full-managed shops, and a consent that does not bring the shop to authorize again.
fn check_grants(
    app: &GatewayApp,
    grants: &[Grant],
    expected: Option<&ShopId>,
) -> Result<(), Error> {
    if grants
        .iter()
        .any(|grant| grant.authorization.mall_type == MallType::FullManaged)
    {
        return Err(Error::FullManaged);
    }
    let Some(expected) = expected else {
        return Ok(());
    };
    let is_expected = |grant: &Grant| {
        ShopId::from_parts(app.gateway, &grant.authorization.remote_id) == *expected
    };
    if grants.iter().any(is_expected) {
        return Ok(());
    }
    let found: Vec<&str> = grants
        .iter()
        .map(|grant| grant.authorization.remote_id.as_str())
        .collect();
    Err(Error::ShopMismatch {
        expected: expected.remote_id().to_owned(),
        found: found.join(", "),
    })
}
