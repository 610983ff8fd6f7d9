//! Whether and when a failed attempt is made again. The only place that decides it.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use desk_model::UnixSeconds;

use crate::{
    clock::parse_http_date, credentials::Priority, error::ErrorKind, transport::HttpRequest,
};

/// Attempts that someone waits for, and for answers that make no sense.
const FEW_ATTEMPTS: u32 = 3;
/// Attempts of a background run.
const MANY_ATTEMPTS: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_secs(4);
/// Longest wait up to the third attempt.
const LONGEST_EARLY_WAIT: Duration = Duration::from_secs(10);
/// Longest wait after that.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// A longer `Retry-After` is handed to the caller instead of waited for.
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(15 * 60);
/// A longer one is taken for a mistake and counts as this long.
const LONGEST_BELIEVED: Duration = Duration::from_secs(24 * 60 * 60);

/// How long to wait before the next attempt, when `attempt` (from 1) has failed; `None` = give up.
///
/// `jitter` (0…1) only ever lengthens a wait. Where the platform asked for a pause there is no wait of the call's own: the rate limit
/// keeps everybody's.
pub(crate) fn wait(
    kind: ErrorKind,
    retry_after: Option<Duration>,
    attempt: u32,
    priority: Priority,
    jitter: f64,
) -> Option<Duration> {
    let attempts = match (kind, priority) {
        (ErrorKind::Malformed, _) => FEW_ATTEMPTS,
        (
            ErrorKind::Network | ErrorKind::Unavailable | ErrorKind::RateLimited { .. },
            Priority::Foreground,
        ) => FEW_ATTEMPTS,
        (
            ErrorKind::Network | ErrorKind::Unavailable | ErrorKind::RateLimited { .. },
            Priority::Background,
        ) => MANY_ATTEMPTS,
        _ => return None,
    };
    if attempt >= attempts {
        return None;
    }
    match retry_after {
        Some(asked) if asked > LONGEST_RETRY_AFTER => None,
        Some(_) => Some(Duration::ZERO),
        None => Some(back_off(attempt, jitter)),
    }
}

fn back_off(attempt: u32, jitter: f64) -> Duration {
    let longest = if attempt < FEW_ATTEMPTS {
        LONGEST_EARLY_WAIT
    } else {
        LONGEST_WAIT
    };
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    doubled
        .mul_f64(1.0 + jitter.clamp(0.0, 1.0) / 4.0)
        .min(longest)
}

/// The kind to give up with: a wait that is too long for us is for the caller to know.
pub(crate) fn final_kind(kind: ErrorKind, retry_after: Option<Duration>) -> ErrorKind {
    match kind {
        ErrorKind::RateLimited { .. } => ErrorKind::RateLimited { retry_after },
        ErrorKind::Unavailable if retry_after > Some(LONGEST_RETRY_AFTER) => {
            ErrorKind::RateLimited { retry_after }
        }
        other => other,
    }
}

/// A number from 0 to 1 that a signed request decides: another for every seller and every second, the same when all is the same, so
/// that a simulation replays.
pub(crate) fn jitter(request: &HttpRequest) -> f64 {
    let mut hasher = DefaultHasher::new();
    request.body.hash(&mut hasher);
    hasher.finish() as f64 / u64::MAX as f64
}

/// Reads `Retry-After`: seconds, or a date measured against the server's own time. What is not ahead, or no time at all, is `None`;
/// more than a day is a day.
pub(crate) fn parse_retry_after(text: &str, server_time: UnixSeconds) -> Option<Duration> {
    let text = text.trim();
    let seconds = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are an absurdly long time, not none.
        text.parse()
            .unwrap_or(if text.is_empty() { 0 } else { u64::MAX })
    } else {
        u64::try_from(parse_http_date(text)? - server_time).ok()?
    };
    (seconds > 0).then(|| Duration::from_secs(seconds).min(LONGEST_BELIEVED))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER_TIME: UnixSeconds = UnixSeconds(784_111_777); // Sun, 06 Nov 1994 08:49:37 GMT

    fn waits(kind: ErrorKind, priority: Priority, jitter: f64) -> Vec<u64> {
        (1..)
            .map_while(|attempt| wait(kind, None, attempt, priority, jitter))
            .map(|wait| wait.as_secs())
            .collect()
    }

    #[test]
    fn attempts_and_waits_follow_the_guide_and_then_go_on_in_the_background() {
        assert_eq!(waits(ErrorKind::Network, Priority::Foreground, 0.0), [4, 8]);
        assert_eq!(
            waits(ErrorKind::Network, Priority::Foreground, 1.0),
            [5, 10]
        );
        assert_eq!(
            waits(ErrorKind::Unavailable, Priority::Background, 0.0),
            [4, 8, 16, 32, 60]
        );
        assert_eq!(
            waits(ErrorKind::Unavailable, Priority::Background, 1.0),
            [5, 10, 20, 40, 60]
        );
        assert_eq!(
            waits(ErrorKind::Malformed, Priority::Background, 0.0),
            [4, 8],
            "a login page does not go away"
        );
    }

    #[test]
    fn the_jitter_is_spread_and_the_same_for_the_same_request() {
        let jitter = |body: u64| {
            jitter(&HttpRequest {
                url: url::Url::parse("http://127.0.0.1/").unwrap(),
                body: body.to_string().into_bytes(),
            })
        };
        assert_eq!(jitter(7), jitter(7));
        let low = (0..1_000).filter(|body| jitter(*body) < 0.5).count();
        assert!((400..600).contains(&low), "{low}");
    }

    #[test]
    fn what_waiting_cannot_mend_is_not_retried() {
        for kind in [
            ErrorKind::SignatureRejected,
            ErrorKind::TokenExpired,
            ErrorKind::TokenRevoked,
            ErrorKind::ScopeMissing,
            ErrorKind::ClockSkew,
            ErrorKind::InvalidParameter,
            ErrorKind::NotFound,
            ErrorKind::IpNotAllowed,
            ErrorKind::WrongRegion,
            ErrorKind::FullManaged,
            ErrorKind::ShopTypeUnsupported,
            ErrorKind::CodeRejected,
        ] {
            assert_eq!(
                wait(
                    kind,
                    Some(Duration::from_secs(1)),
                    1,
                    Priority::Background,
                    0.0
                ),
                None,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn what_the_platform_asks_for_is_left_to_the_rate_limit_or_handed_over() {
        let limited = ErrorKind::RateLimited { retry_after: None };
        let asked = |seconds| {
            wait(
                limited,
                Some(Duration::from_secs(seconds)),
                1,
                Priority::Foreground,
                1.0,
            )
        };
        assert_eq!(asked(1), Some(Duration::ZERO));
        assert_eq!(asked(900), Some(Duration::ZERO));
        assert_eq!(asked(901), None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let seconds = |text| parse_retry_after(text, SERVER_TIME).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(
            seconds("Sun, 06 Nov 1994 08:50:07 GMT"),
            Some(30),
            "against the server's time, not ours"
        );
        for years in [
            "99999999999999999999999",
            "31536000",
            "Sun, 06 Nov 2044 08:49:37 GMT",
        ] {
            assert_eq!(seconds(years), Some(86_400), "{years}");
        }
        for nothing in [
            "",
            "0",
            "-5",
            "soon",
            "1.5",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sat, 05 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(seconds(nothing), None, "{nothing}");
        }
    }
}
