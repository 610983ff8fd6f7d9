//! The composition root: profile folder → store, vault, platform clients → engine.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk_engine::{AppInput, Connect, Engine, ErrorCode, Scheduler};
use desk_model::{Clock, GatewayApp, Secret, ShopId, SyncTrigger, UnixSeconds};
use desk_store::{Access, Recovery, Store};
use desk_temu::{HttpTransport, SystemClock, Transport};
use desk_vault::{Vault, VaultKind};

use crate::{
    commands::{AuthorizationOutcome, SettingsState},
    desktop_entry::DesktopEntry,
    environment::Environment,
    error::CommandError,
    profile::Profile,
    settings::Settings,
    vault,
};

/// Everything a window or a command needs.
pub(crate) struct Desk {
    /// The folder.
    pub profile: Profile,
    /// The verbs, and the store for reading.
    pub engine: Engine,
    /// The local clock.
    pub clock: Arc<dyn Clock>,
    settings: Mutex<Settings>,
    environment: Mutex<Environment>,
    scheduler: Mutex<Option<Scheduler>>,
    outcomes: Mutex<Vec<AuthorizationOutcome>>,
    /// What opened our links before this profile took them.
    links_before: Mutex<Option<String>>,
    /// What became of a database that is not in use any more.
    replacement: Mutex<Option<Replacement>>,
}

/// A database that was replaced.
#[derive(Clone, Debug)]
pub(crate) struct Replacement {
    /// What became of it.
    pub recovery: Recovery,
    /// Whether the seller wanted it; else it was damaged.
    pub on_request: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the profile: for writing when it is locked by us, else for reading. Makes no call to network or keychain.
    ///
    /// `wanted` names a vault; one that differs from the recorded choice is refused.
    pub(crate) async fn open(
        profile: Profile,
        wanted: Option<VaultKind>,
    ) -> Result<Self, CommandError> {
        let access = if profile.is_locked_by_us() {
            Access::ReadWrite
        } else {
            Access::ReadOnly
        };
        let environment = Environment::read(profile.folder())?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let (store, recovery) = open_store(&profile, access, clock.now()).await?;
        let kind = match (vault::recorded(&store).await?, wanted) {
            (Some(recorded), Some(wanted)) if recorded != wanted => {
                return Err(vault_mismatch(recorded));
            }
            (Some(kind), _) => kind,
            (None, wanted) => wanted.unwrap_or(VaultKind::Keychain),
        };
        let settings = Settings::load(&store).await?;
        if profile.is_locked_by_us() {
            store.abandon_runs(clock.now()).await?;
        }
        let engine = Engine::new(
            store,
            vault::open(&profile, kind),
            clock.clone(),
            connect_by_http(),
            settings.clone().under(&environment).requests_per_second,
        );
        engine.set_history_days(settings.history_days);
        engine.set_retention_days(settings.retention_days);
        Ok(Self {
            profile,
            engine,
            clock,
            settings: Mutex::new(settings),
            environment: Mutex::new(environment),
            scheduler: Mutex::default(),
            outcomes: Mutex::default(),
            links_before: Mutex::default(),
            replacement: Mutex::new(recovery.map(|recovery| Replacement {
                recovery,
                on_request: false,
            })),
        })
    }

    /// What became of a database that was damaged when the profile was opened, or that the seller replaced just before; `None` where it
    /// is the same as ever.
    pub(crate) fn replacement(&self) -> Option<Replacement> {
        lock(&self.replacement).clone()
    }

    /// Takes over from the desk that had this profile open: the vault, which may be unlocked or hold this session's secrets.
    pub(crate) fn succeed(&self, before: &Self) {
        let vault = before.engine.vault();
        if vault.kind() == self.engine.vault().kind() {
            self.engine.set_vault(vault);
        }
    }

    /// Remembers that the seller put a copy in the database's place.
    pub(crate) fn note_restored(&self, recovery: Recovery) {
        *lock(&self.replacement) = Some(Replacement {
            recovery,
            on_request: true,
        });
    }

    /// The local clock.
    pub(crate) fn now(&self) -> UnixSeconds {
        self.clock.now()
    }

    /// The settings in force.
    pub(crate) fn settings(&self) -> SettingsState {
        let environment = lock(&self.environment);
        SettingsState {
            settings: lock(&self.settings).clone().under(&environment),
            set_by_environment: Settings::set_by(&environment),
        }
    }

    /// Stores settings and puts them in force; fields that the environment sets keep their stored value.
    pub(crate) async fn save_settings(
        &self,
        mut settings: Settings,
    ) -> Result<SettingsState, CommandError> {
        let before = lock(&self.settings).clone();
        settings.keep_set_by(&lock(&self.environment), &before);
        settings.save(self.engine.store()).await?;
        *lock(&self.settings) = Settings::load(self.engine.store()).await?;
        let state = self.settings();
        if state.settings.requests_per_second != before.requests_per_second {
            self.engine
                .set_requests_per_second(state.settings.requests_per_second);
        }
        self.engine.set_history_days(state.settings.history_days);
        self.engine
            .set_retention_days(state.settings.retention_days);
        if let Some(scheduler) = lock(&self.scheduler).as_ref() {
            scheduler.set(state.settings.schedule());
        }
        Ok(state)
    }

    /// Uses another kind of vault from now on; only while no shop's token is kept in the old one. App secrets move along.
    pub(crate) async fn choose_vault(
        &self,
        kind: VaultKind,
        passphrase: Option<Secret>,
    ) -> Result<(), CommandError> {
        if kind != self.engine.vault().kind() && !self.engine.store().shops().await?.is_empty() {
            return Err(vault_mismatch(self.engine.vault().kind()));
        }
        self.finish_removals().await;
        let before = self.engine.vault();
        self.engine.set_vault(vault::open(&self.profile, kind));
        if let Err(error) = self.unlock_vault(passphrase).await {
            self.engine.set_vault(before);
            return Err(error);
        }
        self.engine.carry_app_secrets(before).await;
        self.record_vault().await
    }

    /// Opens the vault for this session: with a passphrase, or by the keychain's own prompt.
    pub(crate) async fn unlock_vault(
        &self,
        passphrase: Option<Secret>,
    ) -> Result<(), CommandError> {
        self.ask_vault(move |vault| vault.unlock(passphrase.as_ref()))
            .await?;
        Ok(self.engine.finish_removals().await?)
    }

    /// Where the vault does not allow it, the next start tries again.
    async fn finish_removals(&self) {
        if let Err(error) = self.engine.finish_removals_now().await {
            tracing::warn!(code = ?error.code(), "a removed shop is not yet deleted");
        }
    }

    /// Runs a call to the vault, which blocks, beside the async ones.
    pub(crate) async fn ask_vault<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Vault) -> Result<T, desk_vault::Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        let vault = self.engine.vault();
        let answer = tokio::task::spawn_blocking(move || question(vault.as_ref())).await;
        Ok(answer.map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))??)
    }

    /// Makes the vault in use the profile's choice.
    pub(crate) async fn record_vault(&self) -> Result<(), CommandError> {
        Ok(vault::record(self.engine.store(), self.engine.vault().kind()).await?)
    }

    /// Stores a gateway app; app key and secret from the environment fill what is left out.
    pub(crate) async fn save_app(&self, mut input: AppInput) -> Result<GatewayApp, CommandError> {
        self.fill_from_environment(&mut input);
        let app = self.engine.save_app(&input).await?;
        self.record_vault().await?;
        self.forget_secret_in_file(&input)?;
        Ok(app)
    }

    /// The app key that the environment sets.
    pub(crate) fn environment_app_key(&self) -> Option<String> {
        lock(&self.environment).app_key.clone()
    }

    /// Takes app key and secret from the environment where the input leaves them out.
    pub(crate) fn fill_from_environment(&self, input: &mut AppInput) {
        let environment = lock(&self.environment);
        if input.app_key.trim().is_empty() {
            input.app_key = environment.app_key.clone().unwrap_or_default();
        }
        if input.app_secret.is_none()
            && environment.app_key.as_deref() == Some(input.app_key.trim())
        {
            input.app_secret = environment.app_secret.clone();
        }
    }

    /// Once a vault that lasts holds the secret of `.env`, the file must not. `stored` is the app that was just stored.
    pub(crate) fn forget_secret_in_file(&self, stored: &AppInput) -> Result<(), CommandError> {
        let mut environment = lock(&self.environment);
        let is_stored = stored.app_secret.is_some()
            && stored.app_secret == environment.app_secret
            && environment.app_key.as_deref() == Some(stored.app_key.trim());
        if !is_stored || self.engine.vault().kind() == VaultKind::Memory {
            return Ok(());
        }
        environment.remove_secret_from_file().map_err(|error| {
            CommandError::new(
                ErrorCode::FolderNotWritable,
                format!(".env cannot be rewritten: {error}"),
            )
        })
    }

    /// Starts the automatic sync; called once the window shows.
    pub(crate) fn start_scheduler(&self) {
        let schedule = self.settings().settings.schedule();
        lock(&self.scheduler)
            .get_or_insert_with(|| Scheduler::start(self.engine.clone(), schedule));
    }

    /// Stops syncs at a page boundary, deletes what removed shops have left, and closes the database.
    pub(crate) async fn close(&self) {
        lock(&self.scheduler).take();
        self.engine.stop().await;
        self.finish_removals().await;
        self.engine.store().close().await;
    }

    /// When the automatic sync is next.
    pub(crate) fn next_automatic_at(&self) -> Option<UnixSeconds> {
        lock(&self.scheduler).as_ref().and_then(Scheduler::next_at)
    }

    /// Makes `sellerdesk://` links open this profile. At the start the demo leaves them to another profile that has them; a consent that
    /// was begun here takes them in any case.
    pub(crate) async fn take_links(self: &Arc<Self>, consent_begun: bool) {
        let desk = self.clone();
        let taking = tokio::task::spawn_blocking(move || desk.take_links_now(consent_begun));
        if let Ok(Err(error)) = taking.await {
            tracing::warn!(%error, "links will not open this profile");
        }
    }

    fn take_links_now(&self, consent_begun: bool) -> std::io::Result<()> {
        let Some(entry) = DesktopEntry::of(&self.profile) else {
            return Ok(());
        };
        if let Some(other) = entry.other_handler() {
            if self.profile.is_demo() && !consent_begun {
                return Ok(());
            }
            lock(&self.links_before).get_or_insert(other);
        }
        entry.install(&self.profile)
    }

    /// The demo leaves no trace: its entry goes, and links open what they opened before.
    pub(crate) fn give_links_back(&self) {
        if !self.profile.is_demo() {
            return;
        }
        let Some(entry) = DesktopEntry::of(&self.profile) else {
            return;
        };
        if let Err(error) = entry.remove(lock(&self.links_before).as_deref()) {
            tracing::warn!(%error, "the demo's desktop entry stays");
        }
    }

    /// Takes an authorization link to its end; how it ended waits for `take_outcomes`. New shops begin their first sync.
    pub(crate) async fn take_link(&self, link: &str) {
        let completion = self.engine.complete_authorization(link).await;
        let outcome = match completion.shops {
            Ok(shops) => {
                self.begin_first_sync(&shops);
                AuthorizationOutcome {
                    authorization_id: completion.authorization_id,
                    shops,
                    failure: None,
                }
            }
            Err(error) => {
                // The link itself holds a code: it is never logged.
                tracing::warn!(code = ?error.code(), "authorization link refused");
                AuthorizationOutcome {
                    authorization_id: completion.authorization_id,
                    shops: Vec::new(),
                    failure: Some(error.into()),
                }
            }
        };
        lock(&self.outcomes).push(outcome);
    }

    /// How authorizations ended since the last call.
    pub(crate) fn take_outcomes(&self) -> Vec<AuthorizationOutcome> {
        std::mem::take(&mut lock(&self.outcomes))
    }

    /// Starts the first sync of shops that were just authorized.
    pub(crate) fn begin_first_sync(&self, shops: &[ShopId]) {
        let (engine, shops) = (self.engine.clone(), shops.to_vec());
        tokio::spawn(async move {
            engine
                .sync_shops(&shops, SyncTrigger::FirstAuthorization, None)
                .await
        });
    }
}

/// A damaged database is put aside, and the newest good backup takes its place; the next sync fetches what the backup lacks.
async fn open_store(
    profile: &Profile,
    access: Access,
    now: UnixSeconds,
) -> Result<(Store, Option<Recovery>), desk_store::Error> {
    match Store::open(profile.folder(), access).await {
        Ok(store) => Ok((store, None)),
        Err(desk_store::Error::Corrupt(damage)) if access == Access::ReadWrite => {
            let recovery = desk_store::recover(profile.folder(), now).await?;
            tracing::error!(damage, ?recovery, "the database was damaged");
            let store = Store::open(profile.folder(), access).await?;
            Ok((store, Some(recovery)))
        }
        Err(error) => Err(error),
    }
}

fn vault_mismatch(recorded: VaultKind) -> CommandError {
    CommandError::new(
        ErrorCode::VaultMismatch,
        format!("this profile keeps its secrets in: {}", recorded.as_str()),
    )
}

fn connect_by_http() -> Connect {
    Arc::new(|app| {
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(app.proxy.as_deref())?);
        Ok(transport)
    })
}
