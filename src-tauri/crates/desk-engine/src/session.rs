//! One shop's calls: each with a token that works, or the mark that only a new authorization helps.

use std::sync::Arc;

use desk_model::{Secret, Shop, ShopId, Tag, TokenState};
use desk_temu::{Caller, ErrorKind, Platform, Priority};
use tokio_util::sync::CancellationToken;

use crate::{credentials::TokenSet, engine::Engine, error::Error, failure::ErrorCode};

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

    /// The session of a job, which can be stopped while the vault takes its time.
    pub(crate) async fn job_session(
        &self,
        shop_id: &ShopId,
        priority: Priority,
        cancel: &CancellationToken,
    ) -> Result<Session, Error> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Canceled),
            session = self.session(shop_id, priority) => session,
        }
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
    /// Makes a call. A token that is refused is replaced once, by one that somebody stored meanwhile or by a refresh, and the call
    /// repeated. Where that is not possible the shop is marked, its data kept, and the error says that it must be authorized again (I16).
    pub(crate) async fn call<T, Request>(
        &self,
        request: impl Fn(Access) -> Request,
    ) -> Result<T, Error>
    where
        Request: Future<Output = Result<T, desk_temu::Error>>,
    {
        let token = self.token().await?;
        let refused = match request(self.access(&token)).await {
            Ok(value) => return self.worked(value).await,
            Err(error) if is_token_refused(&error) => error,
            Err(error) => return Err(self.note_wait(error)),
        };
        let Some(token) = self.replacement(&token, &refused).await? else {
            return Err(self.mark_refused(refused.into()).await?);
        };
        match request(self.access(&token)).await {
            Ok(value) => self.worked(value).await,
            Err(error) if is_token_refused(&error) => Err(self.mark_refused(error.into()).await?),
            Err(error) => Err(self.note_wait(error)),
        }
    }

    /// The automatic sync leaves the shop alone for as long as the platform asks.
    fn note_wait(&self, error: desk_temu::Error) -> Error {
        if let ErrorKind::RateLimited {
            retry_after: Some(asked),
        } = error.kind
        {
            self.engine.note_wait(&self.shop.shop_id, asked);
        }
        error.into()
    }

    fn access(&self, token: &Secret) -> Access {
        Access {
            shop: self.shop.clone(),
            token: token.clone(),
            priority: self.priority,
        }
    }

    /// A shop whose token works is not one to authorize again.
    async fn worked<T>(&self, value: T) -> Result<T, Error> {
        if self.shop.token_state != TokenState::Valid {
            self.mark(TokenState::Valid).await?;
        }
        Ok(value)
    }

    /// A token other than the refused one, if there is a way to it.
    async fn replacement(
        &self,
        refused: &Secret,
        error: &desk_temu::Error,
    ) -> Result<Option<Secret>, Error> {
        let (_, stored) = self.stored_tokens().await?;
        if stored.access_token != *refused {
            return Ok(Some(stored.access_token));
        }
        let can_refresh = error.kind == ErrorKind::TokenExpired && self.platform.supports_refresh();
        if !can_refresh || stored.refresh_token.is_none() {
            return Ok(None);
        }
        match self.renew(refused).await {
            Ok(token) => Ok(Some(token)),
            Err(error) => Err(self.mark_refused(error).await?),
        }
    }

    /// Marks the shop when the error says that only a new authorization helps; hands the error back.
    async fn mark_refused(&self, error: Error) -> Result<Error, Error> {
        match error.code() {
            ErrorCode::TokenExpired => self.mark(TokenState::Expired).await?,
            ErrorCode::TokenRevoked => self.mark(TokenState::Revoked).await?,
            _ => {}
        }
        Ok(error)
    }

    async fn mark(&self, state: TokenState) -> Result<(), Error> {
        let shop_id = &self.shop.shop_id;
        self.engine
            .parts
            .store
            .set_token_state(shop_id, state)
            .await?;
        self.engine.announce(Some(shop_id), &[Tag::Shops]);
        Ok(())
    }

    /// Asks what kind of shop it is and what the token allows now, and keeps it.
    pub(crate) async fn update_permissions(&self) -> Result<Shop, Error> {
        let platform = &self.platform;
        let authorization = self
            .call(|access| async move { platform.token_info(&access.token).await })
            .await?;
        let shop_id = &self.shop.shop_id;
        let store = &self.engine.parts.store;
        store
            .update_permissions(shop_id, authorization.mall_type, &authorization.scopes)
            .await?;
        self.engine.announce(Some(shop_id), &[Tag::Shops]);
        self.engine.known_shop(shop_id).await
    }

    /// The access token, refreshed when its end is near; a refresh that fails ahead of the end changes nothing yet.
    pub(crate) async fn token(&self) -> Result<Secret, Error> {
        let (shop, tokens) = self.stored_tokens().await?;
        if !self.platform.supports_refresh() || !self.is_due(&shop, &tokens) {
            return Ok(tokens.access_token);
        }
        match self.renew(&tokens.access_token).await {
            Ok(token) => Ok(token),
            Err(error) if shop.expires_at > Some(self.platform.server_now()) => {
                tracing::warn!(shop = %shop.shop_id, code = ?error.code(), "not refreshed ahead of time");
                Ok(tokens.access_token)
            }
            Err(error) => Err(self.mark_refused(error).await?),
        }
    }

    /// Less than a tenth of its life, at most a day, is left.
    fn is_due(&self, shop: &Shop, tokens: &TokenSet) -> bool {
        let (Some(expires_at), Some(_)) = (shop.expires_at, &tokens.refresh_token) else {
            return false;
        };
        let lifetime = (expires_at - tokens.received_at).max(0);
        expires_at - self.platform.server_now() < LONGEST_HEAD_START.min(lifetime / 10)
    }

    /// The tokens that count; where the row points to none, newer ones that the vault has.
    async fn stored_tokens(&self) -> Result<(Shop, TokenSet), Error> {
        let shop_id = &self.shop.shop_id;
        match self.engine.stored_tokens(shop_id).await {
            Err(Error::ShopUnauthorized(_)) => {
                self.engine.adopted_tokens(&self.platform, shop_id).await
            }
            found => found,
        }
    }

    /// Replaces `used` by a new token. Once begun it ends, whoever stops waiting: the platform kills the old pair when it answers.
    async fn renew(&self, used: &Secret) -> Result<Secret, Error> {
        let (engine, platform) = (self.engine.clone(), self.platform.clone());
        let (shop_id, used) = (self.shop.shop_id.clone(), used.clone());
        let renewal = tokio::spawn(async move { engine.renew(&platform, &shop_id, &used).await });
        renewal
            .await
            .map_err(|error| desk_vault::Error::Other(error.to_string()))?
    }
}

fn is_token_refused(error: &desk_temu::Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::TokenExpired | ErrorKind::TokenRevoked
    )
}
