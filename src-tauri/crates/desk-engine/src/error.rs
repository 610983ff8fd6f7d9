//! The engine's one error, made of those below it, and its way out as a `Failure`.

use desk_model::{BaseUrlError, ShopId};
use desk_temu::ErrorKind;

use crate::{ErrorCode, Failure};

/// Why a verb failed. Nothing was changed unless the verb says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform, or the way to it.
    #[error(transparent)]
    Platform(#[from] desk_temu::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] desk_store::Error),
    /// The secret store.
    #[error(transparent)]
    Vault(#[from] desk_vault::Error),
    /// The gateway's address.
    #[error(transparent)]
    BaseUrl(#[from] BaseUrlError),
    /// No such shop in this profile.
    #[error("no shop `{0}`")]
    UnknownShop(String),
    /// An order that is not in the database.
    #[error("order `{0}` is not stored")]
    OrderNotStored(desk_model::OrderSn),
    /// The shop has no token.
    #[error("shop `{0}` has no token")]
    ShopUnauthorized(ShopId),
    /// No app secret for the gateway.
    #[error("the app secret of app key `{app_key}` is not in the vault")]
    AppSecretMissing {
        /// The app's public half.
        app_key: String,
    },
    /// Cancel on the consent page.
    #[error("consent was denied")]
    ConsentDenied,
    /// A `state` that nobody waits for.
    #[error("the link's state is unknown, used up or too old")]
    StateUnknown,
    /// No link of ours.
    #[error("not an authorization link: {0}")]
    LinkMalformed(&'static str),
    /// A token of another shop.
    #[error("the token belongs to shop {found}, not to {expected}")]
    ShopMismatch {
        /// The shop to authorize again.
        expected: String,
        /// The shop (or shops) that answered.
        found: String,
    },
    /// The token was given without this scope.
    #[error("the token lacks the scope {0}")]
    ScopeMissing(&'static str),
    /// A semi-managed shop.
    #[error("a semi-managed shop has orders only")]
    SemiManaged,
    /// A full-managed shop.
    #[error("a full-managed shop has no orders to read")]
    FullManaged,
    /// The callback names another region's host.
    #[error("the authorization was given on {0}, which is not this gateway's host")]
    CallbackHost(String),
    /// What was pasted was looked at too long ago to be taken up.
    #[error("what was pasted was looked at too long ago")]
    PasteExpired,
    /// The app's redirect address does not serve this way of authorizing.
    #[error("{0}")]
    RedirectInvalid(&'static str),
    /// The port that the consent comes back to cannot be listened on.
    #[error("cannot listen on 127.0.0.1:{port}: {reason}")]
    PortTaken {
        /// As asked for.
        port: u16,
        /// The operating system's words.
        reason: std::io::Error,
    },
    /// The same is being done already.
    #[error("{0} is under way")]
    AlreadyRunning(&'static str),
    /// Input that makes no sense.
    #[error("{0}")]
    InvalidInput(String),
    /// A fault of the computer's that nobody foresees.
    #[error("{0}")]
    Internal(&'static str),
    /// Stopped by the seller.
    #[error("canceled")]
    Canceled,
    /// A list of the platform's contradicts itself or does not come to an end (I8). What was read of it is kept, and nothing concluded.
    #[error("the platform's list does not add up: {0}")]
    InconsistentList(String),
    /// More rows vanished at once than is believable (I14). They are left as they are.
    #[error("{vanished} of {stored} stored {} vanished at once", .resource.as_str())]
    TooManyVanished {
        /// What kind of rows.
        resource: desk_model::Resource,
        /// How many vanished.
        vanished: u64,
        /// How many are stored.
        stored: u64,
    },
}

impl Error {
    /// The code that has words for it.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Platform(error) => platform_code(&error.kind),
            Self::Store(error) => store_code(error),
            Self::Vault(error) => vault_code(error),
            Self::BaseUrl(BaseUrlError::Insecure(_)) => ErrorCode::InsecureBaseUrl,
            Self::BaseUrl(BaseUrlError::Malformed(_)) => ErrorCode::InvalidBaseUrl,
            Self::UnknownShop(_) => ErrorCode::UnknownShop,
            Self::OrderNotStored(_) => ErrorCode::OrderNotFound,
            Self::ShopUnauthorized(_) => ErrorCode::ShopUnauthorized,
            Self::AppSecretMissing { .. } => ErrorCode::AppSecretMissing,
            Self::ConsentDenied => ErrorCode::ConsentDenied,
            Self::StateUnknown => ErrorCode::StateUnknown,
            Self::LinkMalformed(_) => ErrorCode::LinkMalformed,
            Self::ShopMismatch { .. } => ErrorCode::ShopMismatch,
            Self::ScopeMissing(_) => ErrorCode::ScopeMissing,
            Self::SemiManaged => ErrorCode::SemiManagedShop,
            Self::FullManaged => ErrorCode::FullManagedShop,
            Self::CallbackHost(_) => ErrorCode::WrongRegion,
            Self::PasteExpired => ErrorCode::PasteExpired,
            Self::RedirectInvalid(_) => ErrorCode::RedirectInvalid,
            Self::PortTaken { .. } => ErrorCode::PortTaken,
            Self::AlreadyRunning(_) => ErrorCode::AlreadyRunning,
            Self::InvalidInput(_) => ErrorCode::InvalidInput,
            Self::Internal(_) => ErrorCode::Internal,
            Self::Canceled => ErrorCode::Canceled,
            Self::InconsistentList(_) => ErrorCode::InconsistentList,
            Self::TooManyVanished { .. } => ErrorCode::TooManyVanished,
        }
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let platform = match error {
            Error::Platform(platform) => Some(platform),
            _ => None,
        };
        Self {
            code: error.code(),
            message: error.to_string(),
            platform_code: platform.and_then(|platform| platform.platform_code),
            request_id: platform.and_then(|platform| platform.request_id.clone()),
            clock_ahead_seconds: platform.and_then(|platform| platform.clock_ahead_seconds),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

fn platform_code(kind: &ErrorKind) -> ErrorCode {
    match kind {
        ErrorKind::SignatureRejected => ErrorCode::SignatureRejected,
        ErrorKind::TokenExpired => ErrorCode::TokenExpired,
        ErrorKind::TokenRevoked => ErrorCode::TokenRevoked,
        ErrorKind::ScopeMissing => ErrorCode::ScopeMissing,
        ErrorKind::ClockSkew => ErrorCode::ClockSkew,
        ErrorKind::InvalidParameter => ErrorCode::InvalidParameter,
        ErrorKind::NotFound => ErrorCode::OrderNotFound,
        ErrorKind::RateLimited { .. } => ErrorCode::RateLimited,
        ErrorKind::IpNotAllowed => ErrorCode::IpNotAllowed,
        ErrorKind::Unavailable => ErrorCode::PlatformUnavailable,
        ErrorKind::Network => ErrorCode::Network,
        ErrorKind::Untrusted => ErrorCode::CertificateUntrusted,
        ErrorKind::Malformed => ErrorCode::MalformedResponse,
        ErrorKind::WrongRegion => ErrorCode::WrongRegion,
        ErrorKind::FullManaged => ErrorCode::FullManagedShop,
        ErrorKind::ShopTypeUnsupported => ErrorCode::SemiManagedShop,
        ErrorKind::CodeRejected => ErrorCode::CodeRejected,
    }
}

fn store_code(error: &desk_store::Error) -> ErrorCode {
    use desk_store::Error as Store;
    match error {
        Store::Newer { .. } => ErrorCode::DatabaseNewer,
        Store::Corrupt(_) => ErrorCode::DatabaseCorrupt,
        Store::DiskFull => ErrorCode::DiskFull,
        Store::ReadOnly => ErrorCode::FolderNotWritable,
        Store::ViewGone => ErrorCode::ViewGone,
        Store::UnknownColumn => ErrorCode::UnknownColumn,
        Store::InvalidQuery(_) => ErrorCode::InvalidInput,
        Store::Missing | Store::Busy | Store::Database(_) => ErrorCode::StorageFailed,
    }
}

fn vault_code(error: &desk_vault::Error) -> ErrorCode {
    use desk_vault::Error as Vault;
    match error {
        Vault::Locked => ErrorCode::KeychainLocked,
        Vault::Absent => ErrorCode::KeychainAbsent,
        Vault::Slow => ErrorCode::KeychainSlow,
        Vault::PassphraseNeeded => ErrorCode::PassphraseNeeded,
        Vault::PassphraseWrong => ErrorCode::PassphraseWrong,
        Vault::PassphraseTooShort => ErrorCode::InvalidInput,
        _ => ErrorCode::VaultFailed,
    }
}
