//! Authorization in the browser: begin, consent elsewhere, callback, exchange.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use desk_model::{Dialect, GatewayApp, GatewayAppId, Secret, ShopId, UnixSeconds};
use desk_store::PendingAuthorization;
use desk_temu::Grant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;
use url::Url;

use crate::{
    callback::{CALLBACK_URL, Callback, CallbackAnswer, parse_callback},
    engine::{Engine, lock},
    error::Error,
    loopback,
};

/// How long a consent may take.
const PATIENCE_SECONDS: i64 = 600;

/// Where the browser hands the consent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Landing {
    /// `sellerdesk://oauth/callback`, through the operating system.
    DeepLink,
    /// `http://127.0.0.1:{port}/oauth/callback`, through a one-shot listener.
    Loopback,
}

/// An authorization that waits for the browser. No `Debug`: its address carries `state`.
#[derive(Clone)]
pub struct StartedAuthorization {
    /// Names it; not a secret.
    pub authorization_id: String,
    /// The consent page. It carries `state`, so it goes to the browser and nowhere else.
    pub url: Url,
    /// When it is too late.
    pub expires_at: UnixSeconds,
    pub(crate) app: GatewayAppId,
    pub(crate) redirect_uri: String,
    stop_listening: CancellationToken,
}

/// A callback, taken to its end.
#[derive(Debug)]
pub struct Completion {
    /// The authorization it belonged to; `None` for a link that nobody waited for.
    pub authorization_id: Option<String>,
    /// The shops it brought (one consent may bring several), or why it brought none.
    pub shops: Result<Vec<ShopId>, Error>,
}

impl Engine {
    /// Prepares a consent: a one-time `state` (stored hashed, 10 minutes) and, where the platform offers it, PKCE. With
    /// `Landing::Loopback` a listener waits on 127.0.0.1; what it hears is sent to `heard`.
    pub async fn begin_authorization(
        &self,
        app: GatewayAppId,
        landing: Landing,
        shop_id: Option<ShopId>,
        heard: tokio::sync::mpsc::Sender<String>,
    ) -> Result<StartedAuthorization, Error> {
        let app = self.stored_app(app).await?;
        let platform = self.platform(&app).await?;
        self.forget_expired_authorizations().await?;
        let listener = match landing {
            Landing::DeepLink => None,
            Landing::Loopback => {
                let port = registered_port(&app)?;
                self.stop_listeners(app.id);
                Some(loopback::listen(port).await?)
            }
        };
        let redirect_uri = match &listener {
            Some(listener) => listener.redirect_uri(),
            None => deep_link_redirect(&app)?,
        };

        let authorization_id = random_text(12)?;
        let state = Secret::new(random_text(32)?);
        let verifier = if platform.supports_pkce() {
            Some(Secret::new(random_text(32)?))
        } else {
            None
        };
        let challenge = verifier
            .as_ref()
            .map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose())));
        let url = platform.authorization_url(&redirect_uri, &state, challenge.as_deref())?;

        if let Some(verifier) = &verifier {
            self.credentials()
                .set_verifier(&authorization_id, verifier)
                .await?;
        }
        let now = self.parts.clock.now();
        let pending = PendingAuthorization {
            authorization_id: authorization_id.clone(),
            state_hash: hash_state(&state),
            app: app.id,
            redirect_uri: redirect_uri.clone(),
            shop_id,
            created_at: now,
            expires_at: now + PATIENCE_SECONDS,
        };
        self.parts.store.add_pending_authorization(&pending).await?;
        let stop_listening = CancellationToken::new();
        if let Some(listener) = listener {
            let state_hash = pending.state_hash.clone();
            let is_ours = move |address: &str| {
                parse_callback(address)
                    .ok()
                    .and_then(|callback| callback.state)
                    .is_some_and(|state| hash_state(&state) == state_hash)
            };
            let give_up = std::time::Duration::from_secs(PATIENCE_SECONDS.unsigned_abs());
            let hearing = listener.hear(is_ours, heard);
            let stop = stop_listening.clone();
            tokio::spawn(async move {
                tokio::select! {
                    () = hearing => {}
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(give_up) => {}
                }
            });
        }
        let started = StartedAuthorization {
            authorization_id,
            url,
            expires_at: pending.expires_at,
            app: app.id,
            redirect_uri,
            stop_listening,
        };
        lock(&self.parts.started).insert(started.authorization_id.clone(), started.clone());
        Ok(started)
    }

    /// The consent page of an authorization begun in this session, to open it again.
    pub fn authorization_page(&self, authorization_id: &str) -> Option<Url> {
        lock(&self.parts.started)
            .get(authorization_id)
            .map(|started| started.url.clone())
    }

    /// Frees the port of an earlier authorization for the same app.
    fn stop_listeners(&self, app: GatewayAppId) {
        for started in lock(&self.parts.started)
            .values()
            .filter(|started| started.app == app)
        {
            started.stop_listening.cancel();
        }
    }

    /// Authorizations that nobody finished leave a verifier in the vault.
    async fn forget_expired_authorizations(&self) -> Result<(), Error> {
        let now = self.parts.clock.now();
        for authorization_id in self.parts.store.purge_expired_authorizations(now).await? {
            self.forget_started(&authorization_id);
            self.credentials().take_verifier(&authorization_id).await?;
        }
        Ok(())
    }

    /// One that nobody will finish; where the vault fails, what stays is a verifier without a use.
    pub(crate) async fn forget_authorization(&self, authorization_id: &str) {
        self.forget_started(authorization_id);
        if let Err(error) = self.credentials().take_verifier(authorization_id).await {
            tracing::warn!(code = ?error.code(), "a verifier stays in the vault");
        }
    }

    fn forget_started(&self, authorization_id: &str) {
        if let Some(started) = lock(&self.parts.started).remove(authorization_id) {
            started.stop_listening.cancel();
        }
    }

    /// Stops waiting. A callback that comes later is refused.
    pub async fn cancel_authorization(&self, authorization_id: &str) -> Result<(), Error> {
        self.forget_started(authorization_id);
        self.parts
            .store
            .remove_pending_authorization(authorization_id)
            .await?;
        self.credentials().take_verifier(authorization_id).await?;
        Ok(())
    }

    /// Takes a callback from the operating system or the loopback listener to its end. `state` decides; it is consumed whatever comes
    /// after, so a replay does nothing.
    pub async fn complete_authorization(&self, link: &str) -> Completion {
        let accepted = async {
            let callback = parse_callback(link)?;
            let pending = self.take_pending(&callback).await?;
            Ok((callback, pending))
        };
        let (callback, pending) = match accepted.await {
            Ok(accepted) => accepted,
            Err(error) => {
                return Completion {
                    authorization_id: None,
                    shops: Err(error),
                };
            }
        };
        let shops = async {
            let (app, grants) = self.redeem(callback, &pending).await?;
            self.store_grants(&app, grants, pending.shop_id.as_ref())
                .await
        };
        let shops = shops.await;
        Completion {
            authorization_id: Some(pending.authorization_id),
            shops,
        }
    }

    /// The app that the authorization behind a callback was begun for; nothing is consumed.
    pub(crate) async fn app_of_callback(&self, callback: &Callback) -> Result<GatewayAppId, Error> {
        let state = callback.state.as_ref().ok_or(Error::StateUnknown)?;
        let now = self.parts.clock.now();
        let pending = self
            .parts
            .store
            .pending_authorization(&hash_state(state), now)
            .await?;
        Ok(pending.ok_or(Error::StateUnknown)?.app)
    }

    /// Consumes the authorization that waits for this `state`: one winner, and none after its time.
    pub(crate) async fn take_pending(
        &self,
        callback: &Callback,
    ) -> Result<PendingAuthorization, Error> {
        let state = callback.state.as_ref().ok_or(Error::StateUnknown)?;
        let now = self.parts.clock.now();
        let pending = self
            .parts
            .store
            .take_pending_authorization(&hash_state(state), now)
            .await?;
        let pending = pending.ok_or(Error::StateUnknown)?;
        self.forget_started(&pending.authorization_id);
        Ok(pending)
    }

    /// Exchanges the code of a consumed authorization.
    pub(crate) async fn redeem(
        &self,
        callback: Callback,
        pending: &PendingAuthorization,
    ) -> Result<(GatewayApp, Vec<Grant>), Error> {
        let verifier = self
            .credentials()
            .take_verifier(&pending.authorization_id)
            .await?;
        let code = match callback.answer {
            CallbackAnswer::Code(code) => code,
            CallbackAnswer::Refused(reason) if reason == "access_denied" => {
                return Err(Error::ConsentDenied);
            }
            CallbackAnswer::Refused(_) => {
                return Err(Error::LinkMalformed("the platform answered with an error"));
            }
        };
        let app = self.stored_app(pending.app).await?;
        if let Some(host) = callback.callback_host {
            check_callback_host(&app, host)?;
        }
        let platform = self.platform(&app).await?;
        let grants = platform
            .exchange_code(&code, &pending.redirect_uri, verifier.as_ref())
            .await?;
        Ok((app, grants))
    }
}

/// The guide takes the custom scheme; an open-platform app lands where it was registered.
fn deep_link_redirect(app: &GatewayApp) -> Result<String, Error> {
    match (app.dialect, app.redirect_uri.as_deref()) {
        (Dialect::Guide, None) => Ok(CALLBACK_URL.to_owned()),
        (_, Some(redirect)) => Ok(redirect.to_owned()),
        (Dialect::OpenPlatform, None) => Err(Error::RedirectInvalid(
            "this app has no redirect address; enter the one registered in its portal, or paste the token",
        )),
    }
}

/// The port of a registered loopback address; the guide takes any.
fn registered_port(app: &GatewayApp) -> Result<u16, Error> {
    let Some(redirect) = app.redirect_uri.as_deref() else {
        return match app.dialect {
            Dialect::Guide => Ok(0),
            Dialect::OpenPlatform => deep_link_redirect(app).map(|_| 0),
        };
    };
    let url = Url::parse(redirect).ok().filter(|url| {
        url.scheme() == "http"
            && url.host_str() == Some("127.0.0.1")
            && url.path() == loopback::PATH
    });
    url.and_then(|url| url.port()).ok_or(Error::RedirectInvalid(
        "the app's redirect address is not http://127.0.0.1:PORT/oauth/callback",
    ))
}

/// The platform names the API host to use; it must be this gateway's own (open platform § 3.2).
fn check_callback_host(app: &GatewayApp, host: String) -> Result<(), Error> {
    let own = Url::parse(&app.base_url).ok();
    let matches = own.is_some_and(|own| {
        let name = own.host_str().unwrap_or_default();
        host == name
            || own
                .port()
                .is_some_and(|port| host == format!("{name}:{port}"))
    });
    let preset = app
        .gateway
        .base_url()
        .and_then(|preset| preset.strip_prefix("https://"));
    if matches || preset == Some(host.as_str()) {
        Ok(())
    } else {
        Err(Error::CallbackHost(host))
    }
}

pub(crate) fn hash_state(state: &Secret) -> String {
    hex::encode(Sha256::digest(state.expose()))
}

/// Text of this many random bytes from the operating system.
pub(crate) fn random_text(bytes: usize) -> Result<String, Error> {
    let mut buffer = vec![0_u8; bytes];
    getrandom::fill(&mut buffer)
        .map_err(|_| Error::Internal("the operating system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(buffer))
}
