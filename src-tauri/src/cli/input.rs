//! Secrets on their way in: from standard input, never from arguments.

use std::io::{IsTerminal, Read};

use desk_engine::{ErrorCode, TokenInput};
use desk_model::{Secret, ShopId, UnixSeconds};
use desk_vault::VaultKind;
use serde::Deserialize;

use crate::{desk::Desk, error::CommandError};

const PASSPHRASE: &str = "SELLER_DESK_PASSPHRASE";
const LONGEST: u64 = 64 * 1024;

/// Credentials as they come on standard input.
pub(super) struct Credentials {
    pub(super) app_secret: Option<Secret>,
    pub(super) token: TokenInput,
}

#[derive(Deserialize)]
struct Form {
    app_secret: Option<String>,
    access_token: String,
    refresh_token: Option<String>,
    expires_at: Option<i64>,
}

/// Reads one JSON object from standard input.
pub(super) fn credentials() -> Result<Credentials, CommandError> {
    let refuse = |reason: &str| {
        CommandError::new(
            ErrorCode::InvalidInput,
            format!("standard input takes {{\"app_secret\", \"access_token\", …}}: {reason}"),
        )
    };
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|_| refuse("it is no text"))?;
    // serde's message would quote the secrets.
    let form: Form = serde_json::from_str(&text)
        .map_err(|error| refuse(&format!("line {} column {}", error.line(), error.column())))?;
    if form.access_token.trim().is_empty() {
        return Err(refuse("access_token is empty"));
    }
    Ok(Credentials {
        app_secret: form
            .app_secret
            .filter(|secret| !secret.trim().is_empty())
            .map(Secret::new),
        token: TokenInput {
            access_token: Secret::new(form.access_token.trim()),
            refresh_token: form
                .refresh_token
                .filter(|token| !token.trim().is_empty())
                .map(Secret::new),
            expires_at: form.expires_at.map(UnixSeconds),
        },
    })
}

/// Makes the vault usable: a passphrase file is opened; memory takes a shop's credentials from standard input.
pub(super) async fn prepare_vault(desk: &Desk, shops: &[ShopId]) -> Result<(), CommandError> {
    match desk.engine.vault().kind() {
        VaultKind::Keychain => Ok(()),
        VaultKind::Passphrase => desk.unlock_vault(Some(passphrase()?)).await,
        VaultKind::Memory => {
            let [shop] = shops else {
                return Err(CommandError::new(
                    ErrorCode::InvalidInput,
                    "the memory vault takes one shop's credentials: name the shop",
                ));
            };
            let credentials = credentials()?;
            Ok(desk
                .engine
                .lend_credentials(shop, credentials.app_secret, credentials.token)
                .await?)
        }
    }
}

/// Opens a passphrase file before a shop is added.
pub(super) async fn open_vault(desk: &Desk) -> Result<(), CommandError> {
    match desk.engine.vault().kind() {
        VaultKind::Passphrase => desk.unlock_vault(Some(passphrase()?)).await,
        VaultKind::Keychain | VaultKind::Memory => Ok(()),
    }
}

fn passphrase() -> Result<Secret, CommandError> {
    if let Ok(passphrase) = std::env::var(PASSPHRASE) {
        return Ok(Secret::new(passphrase));
    }
    if std::io::stderr().is_terminal() {
        let typed = rpassword::prompt_password("Passphrase: ");
        return typed
            .map(Secret::new)
            .map_err(|error| CommandError::new(ErrorCode::PassphraseNeeded, error.to_string()));
    }
    Err(CommandError::new(
        ErrorCode::PassphraseNeeded,
        format!("set {PASSPHRASE}"),
    ))
}
