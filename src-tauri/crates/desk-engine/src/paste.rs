//! The paste box: it takes a token, a code, or the whole redirected address, and shows the shop before anything is stored.

use desk_model::{Authorization, GatewayApp, GatewayAppId, Secret, ShopId, UnixSeconds};
use desk_temu::{ErrorKind, Grant, Platform};

use crate::{
    authorize::random_text,
    callback::{Callback, parse_callback},
    engine::{Engine, lock},
    error::Error,
};

const TICKET_SECONDS: i64 = 600;
const LONGEST: usize = 4096;

/// What a person pasted.
#[derive(Debug)]
pub enum Pasted {
    /// The whole redirected address.
    Link(Callback),
    /// A token or a code: only the platform can tell which.
    Word(Secret),
}

/// What a pasted text opens.
#[derive(Clone, Debug)]
pub struct PastedShops {
    /// Names the checked text; works once, for ten minutes.
    pub ticket: String,
    /// The shops.
    pub shops: Vec<Authorization>,
}

pub(crate) struct CheckedPaste {
    app: GatewayAppId,
    grants: Vec<Grant>,
    shop_id: Option<ShopId>,
    expires_at: UnixSeconds,
}

impl Engine {
    /// Asks the platform what a pasted text opens. A code is used up by this; its tokens wait in memory for the confirmation.
    pub async fn check_pasted(
        &self,
        app: GatewayAppId,
        text: &str,
        shop_id: Option<ShopId>,
    ) -> Result<PastedShops, Error> {
        let pasted = parse_pasted(text)?;
        let app = self.stored_app(app).await?;
        let (grants, shop_id) = match pasted {
            Pasted::Link(callback) => {
                if self.app_of_callback(&callback).await? != app.id {
                    return Err(Error::StateUnknown);
                }
                let pending = self.take_pending(&callback).await?;
                let (_, grants) = self.redeem(callback, &pending).await?;
                (grants, pending.shop_id.or(shop_id))
            }
            Pasted::Word(word) => (self.open_text(&app, &word).await?, shop_id),
        };
        let now = self.parts.clock.now();
        let ticket = random_text(16)?;
        let shops = grants
            .iter()
            .map(|grant| grant.authorization.clone())
            .collect();
        let mut checked = lock(&self.parts.checked);
        checked.retain(|_, paste| paste.expires_at > now);
        checked.insert(
            ticket.clone(),
            CheckedPaste {
                app: app.id,
                grants,
                shop_id,
                expires_at: now + TICKET_SECONDS,
            },
        );
        Ok(PastedShops { ticket, shops })
    }

    /// Stores the shops of a checked text.
    pub async fn confirm_pasted(&self, ticket: &str) -> Result<Vec<ShopId>, Error> {
        let checked = lock(&self.parts.checked)
            .remove(ticket)
            .filter(|paste| paste.expires_at > self.parts.clock.now());
        let checked = checked.ok_or(Error::PasteExpired)?;
        let app = self.stored_app(checked.app).await?;
        self.store_grants(&app, checked.grants, checked.shop_id.as_ref())
            .await
    }

    /// A token first; what the platform does not know as a token may be a code.
    async fn open_text(&self, app: &GatewayApp, word: &Secret) -> Result<Vec<Grant>, Error> {
        let platform = self.platform(app).await?;
        let refused = match platform.token_info(word).await {
            Ok(authorization) => {
                return Ok(vec![Grant {
                    access_token: word.clone(),
                    refresh_token: None,
                    authorization,
                }]);
            }
            Err(error)
                if matches!(
                    error.kind,
                    ErrorKind::TokenExpired | ErrorKind::TokenRevoked
                ) =>
            {
                error
            }
            Err(error) => return Err(error.into()),
        };
        match self.exchange_pasted_code(&platform, app, word).await {
            Ok(grants) => Ok(grants),
            Err(Error::Platform(error)) if error.kind == ErrorKind::CodeRejected => {
                Err(refused.into())
            }
            Err(error) => Err(error),
        }
    }

    /// A code belongs to the newest authorization begun for this app; without one the registered redirect is assumed.
    async fn exchange_pasted_code(
        &self,
        platform: &Platform,
        app: &GatewayApp,
        code: &Secret,
    ) -> Result<Vec<Grant>, Error> {
        let newest = {
            let started = lock(&self.parts.started);
            started
                .values()
                .filter(|started| started.app == app.id)
                .max_by_key(|started| started.expires_at)
                .cloned()
        };
        let Some(newest) = newest else {
            let redirect_uri = app.redirect_uri.as_deref().unwrap_or(crate::CALLBACK_URL);
            return Ok(platform.exchange_code(code, redirect_uri, None).await?);
        };
        let verifier = self
            .credentials()
            .verifier(&newest.authorization_id)
            .await?;
        let grants = platform
            .exchange_code(code, &newest.redirect_uri, verifier.as_ref())
            .await?;
        if let Err(error) = self.cancel_authorization(&newest.authorization_id).await {
            tracing::warn!(code = ?error.code(), "a finished authorization is still waited for");
        }
        Ok(grants)
    }
}

/// Reads a pasted text: an address by its `://`, anything else as one word.
pub fn parse_pasted(text: &str) -> Result<Pasted, Error> {
    let text = text.trim();
    if text.contains("://") {
        return parse_callback(text).map(Pasted::Link);
    }
    if text.is_empty()
        || text.len() > LONGEST
        || text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return Err(Error::LinkMalformed("a token or code is one word"));
    }
    Ok(Pasted::Word(Secret::new(text)))
}
