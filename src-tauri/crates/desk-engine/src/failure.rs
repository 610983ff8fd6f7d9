//! What went wrong, in the form that leaves the engine: a code with words for it, and details without secrets.

use desk_model::SyncRun;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Each code has its own words (what happened, why, what to do) in the catalogue under `error.{code}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// app_key and app_secret do not fit together.
    SignatureRejected,
    /// The token expired and cannot be refreshed.
    TokenExpired,
    /// The token was revoked or replaced by a newer one.
    TokenRevoked,
    /// The token may not make this call.
    ScopeMissing,
    /// This computer's clock is too far off.
    ClockSkew,
    /// The platform refused a parameter.
    InvalidParameter,
    /// The platform knows no such order.
    OrderNotFound,
    /// Too many requests.
    RateLimited,
    /// This computer's address is not on the app's whitelist.
    IpNotAllowed,
    /// The platform has trouble.
    PlatformUnavailable,
    /// The platform cannot be reached.
    Network,
    /// Somebody else answers in the platform's place.
    CertificateUntrusted,
    /// A list of the platform's does not add up.
    InconsistentList,
    /// Too many rows vanished from the platform at once; they are left as they are.
    TooManyVanished,
    /// The answer is no answer of the platform's (a proxy, a login page).
    MalformedResponse,
    /// App and token belong to another region.
    WrongRegion,
    /// A full-managed shop has no orders to read.
    FullManagedShop,
    /// A semi-managed shop has orders only.
    SemiManagedShop,
    /// The authorization code was refused: used, too old, or not a code.
    CodeRejected,
    /// The seller pressed Cancel on the consent page.
    ConsentDenied,
    /// A link whose `state` was not asked for, is used up, or too old.
    StateUnknown,
    /// A link or pasted text that is none of ours.
    LinkMalformed,
    /// What was pasted was looked at too long ago.
    PasteExpired,
    /// The app's redirect address is missing, or not one that this way of authorizing can listen on.
    RedirectInvalid,
    /// Another program listens on the port that the consent comes back to.
    PortTaken,
    /// The system opens no browser.
    BrowserNotOpened,
    /// The token belongs to another shop than the one to authorize again.
    ShopMismatch,
    /// No such shop here.
    UnknownShop,
    /// The shop is here, but without a token.
    ShopUnauthorized,
    /// A shop number that two gateways have.
    AmbiguousShop,
    /// The keychain is locked.
    KeychainLocked,
    /// There is no keychain.
    KeychainAbsent,
    /// The keychain does not answer.
    KeychainSlow,
    /// A passphrase is needed.
    PassphraseNeeded,
    /// The passphrase is wrong.
    PassphraseWrong,
    /// The secret store failed in another way.
    VaultFailed,
    /// The profile keeps its secrets in another kind of vault.
    VaultMismatch,
    /// The app secret of this gateway is not in the vault.
    AppSecretMissing,
    /// Another process uses the profile.
    ProfileLocked,
    /// No space left.
    DiskFull,
    /// The profile's folder cannot be written.
    FolderNotWritable,
    /// The database was written by a newer version.
    DatabaseNewer,
    /// The database is damaged.
    DatabaseCorrupt,
    /// The copy that was to be put back is not there any more.
    CopyGone,
    /// The database failed in another way.
    StorageFailed,
    /// Plain http to another computer.
    InsecureBaseUrl,
    /// No address.
    InvalidBaseUrl,
    /// The list's handle is gone.
    ViewGone,
    /// The list has no such column.
    UnknownColumn,
    /// The folder for an export is not there or takes no file.
    ExportFolderNotWritable,
    /// An export failed in another way.
    ExportFailed,
    /// The same is being done already.
    AlreadyRunning,
    /// Input that makes no sense; the message says which.
    InvalidInput,
    /// Stopped by the seller.
    Canceled,
    /// A fault of this program.
    Internal,
}

/// A failure as the window, the command line and the sync log show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// What to say about it.
    pub code: ErrorCode,
    /// The technical text, for the folded details: never a secret.
    pub message: String,
    /// The platform's code, if it was the platform.
    pub platform_code: Option<i64>,
    /// The platform's id of the failed request.
    pub request_id: Option<String>,
    /// How many seconds this computer's clock is ahead of the platform's (negative: behind), where it is to blame and known.
    pub clock_ahead_seconds: Option<i64>,
}

impl ErrorCode {
    /// The word used in JSON, in the sync log and as the catalogue's key.
    pub fn as_str(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(word)) => word,
            _ => String::from("internal"),
        }
    }
}

impl Failure {
    /// The failure that a line of the sync log keeps; a code of a newer version reads as internal.
    pub(crate) fn from_log(run: &SyncRun) -> Option<Self> {
        let word = run.error_code.clone()?;
        let code =
            serde_json::from_value(serde_json::Value::String(word)).unwrap_or(ErrorCode::Internal);
        let message = run.error_message.clone().unwrap_or_default();
        Some(Self {
            code,
            message,
            platform_code: None,
            request_id: run.request_id.clone(),
            clock_ahead_seconds: run.clock_ahead_seconds,
        })
    }
}
