//! Keeps secrets in the operating system's keychain, and never waits for it longer than a limit.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk_model::Secret;
use keyring_core::{Entry, Error as KeyringError};
use zeroize::Zeroizing;

use crate::platform::{self, Session};
use crate::turn::Turns;
use crate::vault::check_size;
use crate::{Error, Readiness, Vault, VaultKind};

/// How long a call may take that asks the seller nothing.
const LIMIT: Duration = Duration::from_secs(3);
/// How long the seller has to answer the operating system's prompt.
const PROMPT_LIMIT: Duration = Duration::from_secs(120);

/// The keychain of the logged-in user. Each call runs on a thread of its own: a locked or hung keychain holds up
/// neither the caller nor the end of the process.
pub struct KeychainVault {
    keychain: Arc<Keychain>,
    turns: Turns,
}

impl KeychainVault {
    /// Items are filed under `service` and the user `{profile}/{key}`. Talks to no keychain yet.
    pub fn new(service: &str, profile: &str) -> Self {
        let keychain = Keychain {
            service: service.to_owned(),
            profile: profile.to_owned(),
            session: Mutex::new(None),
        };
        Self {
            keychain: Arc::new(keychain),
            turns: Turns::default(),
        }
    }

    fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Keychain) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let keychain = Arc::clone(&self.keychain);
        self.turns.run(LIMIT, limit, move || work(&keychain))
    }
}

impl Vault for KeychainVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Keychain
    }

    fn readiness(&self) -> Readiness {
        self.run(LIMIT, |keychain| Ok(keychain.readiness()))
            .unwrap_or_else(|error| Readiness::from(&error))
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        let key = key.to_owned();
        self.run(LIMIT, move |keychain| keychain.get(&key))
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        let (key, value) = (key.to_owned(), value.clone());
        self.run(LIMIT, move |keychain| keychain.set(&key, &value))
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        let key = key.to_owned();
        self.run(LIMIT, move |keychain| keychain.delete(&key))
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        self.run(PROMPT_LIMIT, |keychain| keychain.unlock(None))
    }
}

/// The same without limits. It keeps its session with the keychain: GNOME Keyring may crash when clients come and go in
/// quick succession.
struct Keychain {
    service: String,
    profile: String,
    session: Mutex<Option<Session>>,
}

impl Keychain {
    /// Does `work` in the session at hand. A failure may mean that the keychain has restarted and ended it, or that
    /// there is none yet: then it is opened anew, so no failed start is remembered.
    fn with_session<T>(&self, work: impl Fn(&Session) -> Result<T, Error>) -> Result<T, Error> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        match session.take().map(|open| (work(&open), open)) {
            None | Some((Err(Error::Other(_)), _)) => work(session.insert(Session::open()?)),
            Some((answer, open)) => {
                *session = Some(open);
                answer
            }
        }
    }

    fn with_entry<T>(
        &self,
        key: &str,
        work: impl Fn(&Entry) -> Result<T, KeyringError>,
    ) -> Result<Option<T>, Error> {
        let user = format!("{}/{key}", self.profile);
        self.with_session(
            |session| match work(&session.entry(&self.service, &user)?) {
                Ok(answer) => Ok(Some(answer)),
                Err(KeyringError::NoEntry) => Ok(None),
                Err(error) => Err(platform::failure(error)),
            },
        )
    }
}

impl Vault for Keychain {
    fn kind(&self) -> VaultKind {
        VaultKind::Keychain
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        self.with_entry(key, Entry::get_secret)?
            .map(secret)
            .transpose()
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        check_size(value)?;
        self.with_entry(key, |entry| entry.set_secret(value.expose().as_bytes()))
            .map(drop)
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        self.with_entry(key, Entry::delete_credential).map(drop)
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        self.with_session(Session::unlock)
    }
}

fn secret(bytes: Vec<u8>) -> Result<Secret, Error> {
    let bytes = Zeroizing::new(bytes);
    std::str::from_utf8(&bytes)
        .map(Secret::new)
        .map_err(|_| Error::Damaged)
}
