//! Shops: add by token, test, rename, and one order read anew.

use desk_model::{GatewayAppId, OrderSn, Secret, Shop, ShopId, Tag, UnixSeconds};
use desk_store::{OrderRecord, PageCommit};
use desk_temu::{Grant, Priority};

use crate::{
    apps::AppInput, credentials::TokenSet, engine::Engine, error::Error, session::Session,
};

/// A token set as it is entered.
#[derive(Clone, Debug)]
pub struct TokenInput {
    /// The access token.
    pub access_token: Secret,
    /// The guide's refresh token.
    pub refresh_token: Option<Secret>,
    /// Its end, where the platform does not tell.
    pub expires_at: Option<UnixSeconds>,
}

/// What a connection test found: that it works, since a failure is an error.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// Server time minus local time, in seconds.
    pub clock_offset_seconds: i64,
}

impl Engine {
    /// Verifies a token and stores app, token and shop; nothing is stored before the platform has accepted it.
    pub async fn add_shop(&self, input: &AppInput, token: TokenInput) -> Result<Shop, Error> {
        let input = &self.with_stored_ways(input).await?;
        let app = input.to_app()?;
        let secret = match &input.app_secret {
            Some(secret) => secret.clone(),
            None => self.credentials().app_secret(&app).await?.ok_or_else(|| {
                Error::AppSecretMissing {
                    app_key: app.app_key.clone(),
                }
            })?,
        };
        let platform = self.provisional_platform(&app, secret)?;
        let mut authorization = platform.token_info(&token.access_token).await?;
        authorization.expires_at = authorization.expires_at.or(token.expires_at);
        let app = self.save_app(input).await?;
        let grant = Grant {
            access_token: token.access_token,
            refresh_token: token.refresh_token,
            authorization,
        };
        let shops = self.store_grants(&app, vec![grant], None).await?;
        match shops.first() {
            Some(shop_id) => self.known_shop(shop_id).await,
            None => Err(Error::InvalidInput("the token opens no shop".to_owned())),
        }
    }

    /// Redirect address and proxy of a known app stay as they are where the input leaves them out.
    async fn with_stored_ways(&self, input: &AppInput) -> Result<AppInput, Error> {
        let app = input.to_app()?;
        let apps = self.parts.store.gateway_apps().await?;
        let known = apps.into_iter().find(|known| known.is_same_app(&app));
        let (redirect_uri, proxy) = known.map_or((None, None), |app| (app.redirect_uri, app.proxy));
        Ok(AppInput {
            redirect_uri: input.redirect_uri.clone().or(redirect_uri),
            proxy: input.proxy.clone().or(proxy),
            ..input.clone()
        })
    }

    /// Puts a known shop's credentials into a vault that does not keep them, for this process. The token must be that shop's; it is
    /// never refreshed, since the new one would die with the process.
    pub async fn lend_credentials(
        &self,
        shop_id: &ShopId,
        app_secret: Option<Secret>,
        token: TokenInput,
    ) -> Result<(), Error> {
        let shop = self.known_shop(shop_id).await?;
        let app = self.stored_app(shop.app).await?;
        let credentials = self.credentials();
        if let Some(secret) = app_secret {
            credentials.set_app_secret(&app, &secret).await?;
        }
        let authorization = self
            .platform(&app)
            .await?
            .token_info(&token.access_token)
            .await?;
        if authorization.remote_id != shop_id.remote_id() {
            return Err(Error::ShopMismatch {
                expected: shop_id.remote_id().to_owned(),
                found: authorization.remote_id,
            });
        }
        let tokens = TokenSet {
            access_token: token.access_token,
            refresh_token: None,
            received_at: shop.authorized_at,
        };
        credentials
            .set_tokens(shop_id, shop.credentials_version, &tokens)
            .await
    }

    /// Asks the shop's platform for one order: proves app, token, scope, clock and network.
    pub async fn test_shop(&self, shop_id: &ShopId) -> Result<Connection, Error> {
        let session = self.session(shop_id, Priority::Foreground).await?;
        let platform = &session.platform;
        session
            .call(|access| async move { platform.test_connection(&access.caller()).await })
            .await?;
        Ok(Connection {
            clock_offset_seconds: platform.clock_offset_seconds(),
        })
    }

    /// Asks the platform whether app key and secret fit, without a token.
    pub async fn test_app(&self, app: GatewayAppId) -> Result<Connection, Error> {
        let app = self.stored_app(app).await?;
        let platform = self.platform(&app).await?;
        platform.test_app().await?;
        Ok(Connection {
            clock_offset_seconds: platform.clock_offset_seconds(),
        })
    }

    /// Gives a shop the seller's own name.
    pub async fn rename_shop(&self, shop_id: &ShopId, name: &str) -> Result<(), Error> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Error::InvalidInput(
                "a shop's name has 1 to 100 characters".to_owned(),
            ));
        }
        if !self.parts.store.rename_shop(shop_id, name).await? {
            return Err(Error::UnknownShop(shop_id.to_string()));
        }
        self.announce(Some(shop_id), &[Tag::Shops]);
        Ok(())
    }

    /// Refreshes tokens whose end is near; a shop that fails does not stop the others. Answers how many shops failed.
    pub async fn refresh_due_tokens(&self) -> Result<usize, Error> {
        let mut failed = 0;
        for shop in self.parts.store.shops().await? {
            let token = match self.session(&shop.shop_id, Priority::Background).await {
                Ok(session) => session.token().await,
                Err(error) => Err(error),
            };
            if let Err(error) = token {
                tracing::warn!(shop = %shop.shop_id, code = ?error.code(), "token not refreshed");
                failed += 1;
            }
        }
        Ok(failed)
    }

    /// Reads one order anew from the platform, stored or not, and keeps it.
    pub async fn refresh_order(
        &self,
        shop_id: &ShopId,
        order_sn: &OrderSn,
    ) -> Result<OrderRecord, Error> {
        let session: Session = self.session(shop_id, Priority::Foreground).await?;
        let platform = &session.platform;
        let fetched = session
            .call(|access| async move { platform.order(&access.caller(), order_sn).await })
            .await?;
        let commit = PageCommit {
            shop_id,
            run_id: None,
            rows: std::slice::from_ref(&fetched),
            unreadable: &[],
            fetched_at: platform.server_now(),
            checkpoint: None,
        };
        let committed = self.parts.store.commit_orders(&commit).await?;
        if committed.counts.is_news() {
            self.announce(Some(shop_id), &[Tag::Orders]);
        }
        let record = self.parts.store.order(shop_id, order_sn).await?;
        record.ok_or_else(|| {
            Error::InconsistentList(format!("asked for order {order_sn}, it gave another"))
        })
    }
}
