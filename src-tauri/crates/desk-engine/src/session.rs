//! One shop's calls: with a token that is refreshed ahead of its end, once for everybody who waits for it.

use std::sync::Arc;

use desk_model::{Secret, Shop, ShopId, Tag, TokenState};
use desk_temu::{Caller, ErrorKind, Grant, Platform, Priority};

use crate::{
    credentials::TokenSet,
    engine::{Engine, lock},
    error::Error,
};

/// A day, the longest head start of a refresh.
const LONGEST_HEAD_START: i64 = 86_400;

/// A shop with everything needed to call its platform.
#[derive(Clone)]
pub(crate) struct Session {
    engine: Engine,
    pub(crate) shop: Arc<Shop>,
    pub(crate) platform: Platform,
    priority: Priority,
}

/// What one call needs; owned, so that a call may run anywhere.
#[derive(Clone)]
pub(crate) struct Access {
    shop: Arc<Shop>,
    token: Secret,
    priority: Priority,
}

impl Access {
    pub(crate) fn caller(&self) -> Caller<'_> {
        Caller {
            shop: &self.shop,
            access_token: &self.token,
            priority: self.priority,
        }
    }
}

impl Engine {
    pub(crate) async fn session(
        &self,
        shop_id: &ShopId,
        priority: Priority,
    ) -> Result<Session, Error> {
        let shop = self.known_shop(shop_id).await?;
        let app = self.stored_app(shop.app).await?;
        let platform = self.platform(&app).await?;
        Ok(Session {
            engine: self.clone(),
            shop: Arc::new(shop),
            platform,
            priority,
        })
    }

    pub(crate) async fn known_shop(&self, shop_id: &ShopId) -> Result<Shop, Error> {
        self.parts
            .store
            .shop(shop_id)
            .await?
            .ok_or_else(|| Error::UnknownShop(shop_id.to_string()))
    }
}

impl Session {
    /// Makes a call; an expired token is refreshed once and the call repeated. Where that is not possible the shop is marked, its data
    /// kept, and the error says that it must be authorized again (I16).
    pub(crate) async fn call<T, Request>(
        &self,
        request: impl Fn(Access) -> Request,
    ) -> Result<T, Error>
    where
        Request: Future<Output = Result<T, desk_temu::Error>>,
    {
        let token = self.token().await?;
        match request(self.access(&token)).await {
            Err(error)
                if error.kind == ErrorKind::TokenExpired && self.platform.supports_refresh() =>
            {
                let token = self.renew(&token).await?;
                self.finish(request(self.access(&token)).await).await
            }
            answer => self.finish(answer).await,
        }
    }

    fn access(&self, token: &Secret) -> Access {
        Access {
            shop: self.shop.clone(),
            token: token.clone(),
            priority: self.priority,
        }
    }

    async fn finish<T>(&self, answer: Result<T, desk_temu::Error>) -> Result<T, Error> {
        match answer {
            Ok(value) => Ok(value),
            Err(error) => {
                let state = match error.kind {
                    ErrorKind::TokenExpired => Some(TokenState::Expired),
                    ErrorKind::TokenRevoked => Some(TokenState::Revoked),
                    _ => None,
                };
                if let Some(state) = state {
                    self.mark(state).await?;
                }
                Err(error.into())
            }
        }
    }

    async fn mark(&self, state: TokenState) -> Result<(), Error> {
        self.engine
            .parts
            .store
            .set_token_state(&self.shop.shop_id, state)
            .await?;
        self.engine
            .announce(Some(&self.shop.shop_id), &[Tag::Shops]);
        Ok(())
    }

    /// Asks what the token allows now, and keeps it with the shop.
    pub(crate) async fn update_scopes(&self) -> Result<Shop, Error> {
        let token = self.token().await?;
        let authorization = self.finish(self.platform.token_info(&token).await).await?;
        let mut shop = self.engine.known_shop(&self.shop.shop_id).await?;
        shop.scopes = authorization.scopes;
        self.engine.parts.store.save_shop(&shop).await?;
        self.engine.announce(Some(&shop.shop_id), &[Tag::Shops]);
        Ok(shop)
    }

    /// The access token, refreshed when its end is near.
    pub(crate) async fn token(&self) -> Result<Secret, Error> {
        let (shop, tokens) = self.stored_tokens().await?;
        if !self.platform.supports_refresh() || !self.is_due(&shop, &tokens) {
            return Ok(tokens.access_token);
        }
        self.renew(&tokens.access_token).await
    }

    /// Less than a tenth of its life, at most a day, is left.
    fn is_due(&self, shop: &Shop, tokens: &TokenSet) -> bool {
        let (Some(expires_at), Some(_)) = (shop.expires_at, &tokens.refresh_token) else {
            return false;
        };
        let lifetime = (expires_at - tokens.received_at).max(0);
        expires_at - self.platform.server_now() < LONGEST_HEAD_START.min(lifetime / 10)
    }

    async fn stored_tokens(&self) -> Result<(Shop, TokenSet), Error> {
        let shop = self.engine.known_shop(&self.shop.shop_id).await?;
        let tokens = self
            .engine
            .credentials()
            .tokens(&shop.shop_id, shop.credentials_version)
            .await?;
        let tokens = tokens.ok_or_else(|| Error::ShopUnauthorized(shop.shop_id.clone()))?;
        Ok((shop, tokens))
    }

    /// Replaces `used` by a new token. Single-flight per shop: who comes second finds the new one already there.
    async fn renew(&self, used: &Secret) -> Result<Secret, Error> {
        let gate = lock(&self.engine.parts.refreshing)
            .entry(self.shop.shop_id.clone())
            .or_default()
            .clone();
        let _turn = gate.lock().await;
        let (shop, tokens) = self.stored_tokens().await?;
        if tokens.access_token != *used {
            return Ok(tokens.access_token);
        }
        let Some(refresh_token) = &tokens.refresh_token else {
            self.mark(TokenState::Expired).await?;
            return Err(Error::ShopUnauthorized(shop.shop_id));
        };
        let grant = match self.platform.refresh(refresh_token).await {
            Ok(grant) => grant,
            Err(error)
                if matches!(
                    error.kind,
                    ErrorKind::TokenExpired | ErrorKind::TokenRevoked | ErrorKind::CodeRejected
                ) =>
            {
                self.mark(TokenState::Expired).await?;
                return Err(desk_temu::Error {
                    kind: ErrorKind::TokenExpired,
                    ..error
                }
                .into());
            }
            Err(error) => return Err(error.into()),
        };
        let token = grant.access_token.clone();
        self.keep(shop, grant).await?;
        Ok(token)
    }

    /// Version n+1 in the vault, then the row's pointer, then version n goes.
    async fn keep(&self, mut shop: Shop, grant: Grant) -> Result<(), Error> {
        let before = shop.credentials_version;
        let tokens = TokenSet {
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            received_at: self.platform.server_now(),
        };
        let credentials = self.engine.credentials();
        credentials
            .set_tokens(&shop.shop_id, before + 1, &tokens)
            .await?;
        shop.credentials_version = before + 1;
        shop.expires_at = grant.authorization.expires_at;
        shop.refresh_expires_at = grant.authorization.refresh_expires_at;
        shop.scopes = grant.authorization.scopes;
        shop.token_state = TokenState::Valid;
        self.engine.parts.store.save_shop(&shop).await?;
        credentials.delete_tokens(&shop.shop_id, before).await?;
        self.engine.announce(Some(&shop.shop_id), &[Tag::Shops]);
        Ok(())
    }
}
