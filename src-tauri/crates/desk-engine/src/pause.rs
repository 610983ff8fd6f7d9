//! Leaves every shop alone while something is away that all of them need: the network, the vault, the disk.

use std::collections::BTreeSet;

use desk_model::{ShopId, UnixSeconds};

use crate::failure::{ErrorCode, Failure};

const FIRST_RETRY_SECONDS: i64 = 30;
const LONGEST_RETRY_SECONDS: i64 = 300;

/// What everything waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Network,
    Vault,
    Storage,
}

/// Lasts until a probe has shown that what was away is back.
pub(crate) struct Pause {
    pub(crate) cause: Cause,
    pub(crate) reason: Failure,
    pub(crate) try_at: UnixSeconds,
    pub(crate) is_probed: bool,
    /// Whether a probe has failed: it is the network, and not a shop's platform alone.
    pub(crate) is_confirmed: bool,
    /// Shops whose network failed.
    pub(crate) failing: BTreeSet<ShopId>,
}

impl Pause {
    /// Whether it is the network at all is found out at once.
    pub(crate) fn new(cause: Cause, reason: Failure, setbacks: u32, now: UnixSeconds) -> Self {
        let wait = match cause {
            Cause::Network => 0,
            Cause::Vault | Cause::Storage => retry_seconds(setbacks),
        };
        Self {
            cause,
            reason,
            try_at: now + wait,
            is_probed: false,
            is_confirmed: false,
            failing: BTreeSet::new(),
        }
    }

    /// A probe has failed.
    pub(crate) fn go_on(&mut self, cause: Cause, reason: Failure, setbacks: u32, now: UnixSeconds) {
        (self.cause, self.reason) = (cause, reason);
        self.try_at = now + retry_seconds(setbacks);
        (self.is_probed, self.is_confirmed) = (false, true);
    }
}

/// 30 s, and twice as long after each setback up to 5 minutes.
fn retry_seconds(setbacks: u32) -> i64 {
    (FIRST_RETRY_SECONDS << setbacks.min(16)).min(LONGEST_RETRY_SECONDS)
}

/// Who has to wait after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    /// This shop: its platform has trouble.
    Platform,
    /// Every shop: nothing of it can work.
    Surroundings(Cause),
    /// No waiting helps.
    Nobody,
}

/// Whether one list alone is wrong, so that the others may still be read.
pub(crate) fn is_of_one_list(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::InconsistentList | ErrorCode::MalformedResponse | ErrorCode::InvalidParameter
    )
}

/// Tells by a failure's code.
pub(crate) fn blame(code: ErrorCode) -> Blame {
    match code {
        ErrorCode::RateLimited
        | ErrorCode::PlatformUnavailable
        | ErrorCode::MalformedResponse
        | ErrorCode::InconsistentList => Blame::Platform,
        ErrorCode::Network | ErrorCode::CertificateUntrusted => Blame::Surroundings(Cause::Network),
        ErrorCode::KeychainLocked
        | ErrorCode::KeychainAbsent
        | ErrorCode::KeychainSlow
        | ErrorCode::PassphraseNeeded
        | ErrorCode::VaultFailed => Blame::Surroundings(Cause::Vault),
        ErrorCode::DiskFull
        | ErrorCode::FolderNotWritable
        | ErrorCode::StorageFailed
        | ErrorCode::DatabaseCorrupt => Blame::Surroundings(Cause::Storage),
        _ => Blame::Nobody,
    }
}
