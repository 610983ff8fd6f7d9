//! The words for people: the window's catalogue, read by the command line too.

use std::sync::LazyLock;

use desk_engine::{ErrorCode, Failure};
use serde::Serialize;
use serde_json::Value;

use crate::settings::Language;

const ENGLISH: &str = include_str!("../../ui/src/locales/en.json");
const CHINESE: &str = include_str!("../../ui/src/locales/zh-CN.json");

static CATALOGUES: LazyLock<[Value; 2]> = LazyLock::new(|| {
    [ENGLISH, CHINESE].map(|text| serde_json::from_str(text).unwrap_or(Value::Null))
});

/// A catalogue in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(&'static Value);

/// A failure with its words: what happened, why, what to do.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ExplainedFailure {
    /// The code.
    pub code: ErrorCode,
    /// What happened.
    pub message: String,
    /// Why.
    pub cause: String,
    /// What to do.
    pub cure: String,
    /// The technical text.
    pub details: String,
    /// The platform's code, if it was the platform.
    pub platform_code: Option<i64>,
    /// The platform's id of the failed request.
    pub request_id: Option<String>,
    /// How many seconds this computer's clock is ahead of the platform's, where it is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_ahead_seconds: Option<i64>,
}

impl Words {
    /// The catalogue for the setting; `System` asks the system.
    pub(crate) fn of(language: Language) -> Self {
        let chinese = match language {
            Language::English => false,
            Language::Chinese => true,
            Language::System => {
                sys_locale::get_locale().is_some_and(|locale| locale.starts_with("zh"))
            }
        };
        Self(&CATALOGUES[usize::from(chinese)])
    }

    /// The words under a dotted key, as they are in the catalogue.
    pub(crate) fn find(&self, key: &str) -> Option<&'static str> {
        key.split('.')
            .try_fold(self.0, |value, part| value.get(part))
            .and_then(Value::as_str)
    }

    /// The words under a dotted key, with `{{name}}` replaced; the key itself where the catalogue lacks it.
    pub(crate) fn get(&self, key: &str, values: &[(&str, &str)]) -> String {
        let found = self.find(key).unwrap_or(key).to_owned();
        values.iter().fold(found, |text, (name, value)| {
            text.replace(&format!("{{{{{name}}}}}"), value)
        })
    }

    /// The words under a key that has a form for one and one for several, with the number in them.
    pub(crate) fn count(&self, key: &str, count: u64) -> String {
        let number = count.to_string();
        let singular = format!("{key}_one");
        if count == 1 && self.find(&singular).is_some() {
            return self.get(&singular, &[("count", &number)]);
        }
        self.get(&format!("{key}_other"), &[("count", &number)])
    }

    /// A failure in words.
    pub(crate) fn explain(&self, failure: &Failure) -> ExplainedFailure {
        let words = |part: &str| {
            self.get(
                &format!("error.{}.{part}", failure.code.as_str()),
                &[("message", &failure.message)],
            )
        };
        ExplainedFailure {
            code: failure.code,
            message: words("title"),
            cause: self
                .explain_clock(failure)
                .unwrap_or_else(|| words("cause")),
            cure: words("cure"),
            details: failure.message.clone(),
            platform_code: failure.platform_code,
            request_id: failure.request_id.clone(),
            clock_ahead_seconds: failure.clock_ahead_seconds,
        }
    }

    /// By how many minutes this computer's clock is wrong; nothing where that is not known, or less than one.
    fn explain_clock(&self, failure: &Failure) -> Option<String> {
        let seconds = failure.clock_ahead_seconds?;
        let minutes = (seconds.unsigned_abs() + 30) / 60;
        let key = match seconds {
            _ if minutes == 0 => return None,
            0.. => "error_box.clock_ahead",
            _ => "error_box.clock_behind",
        };
        Some(self.get(key, &[("minutes", &minutes.to_string())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(language: Language, clock_ahead_seconds: Option<i64>) -> String {
        let failure = Failure {
            code: ErrorCode::ClockSkew,
            message: String::new(),
            platform_code: None,
            request_id: None,
            clock_ahead_seconds,
        };
        Words::of(language).explain(&failure).cause
    }

    #[test]
    fn a_wrong_clock_is_wrong_by_so_many_minutes() {
        let english = |seconds| cause(Language::English, Some(seconds));
        assert!(
            english(3_600).contains("60 min ahead"),
            "{}",
            english(3_600)
        );
        assert!(english(-571).contains("10 min behind"), "{}", english(-571));
        let chinese = |seconds| cause(Language::Chinese, Some(seconds));
        assert!(chinese(3_600).contains("快 60 分钟"), "{}", chinese(3_600));
        assert!(chinese(-571).contains("慢 10 分钟"), "{}", chinese(-571));
    }

    #[test]
    fn without_its_measure_the_clock_is_just_wrong() {
        let unknown = cause(Language::English, None);
        assert!(unknown.contains("five minutes"), "{unknown}");
        assert_eq!(cause(Language::English, Some(29)), unknown);
    }
}
