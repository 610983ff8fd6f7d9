//! The words that people read, by their keys in the app's catalogues.

use serde_json::Value;

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    /// What `LANG` says on a desktop of that language.
    pub(crate) fn locale(self) -> &'static str {
        match self {
            Self::English => "en_US.UTF-8",
            Self::Chinese => "zh_CN.UTF-8",
        }
    }

    /// Its name in the settings and on the page.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }
}

/// A catalogue.
pub(crate) struct Words(Value);

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        let text = match language {
            Language::English => include_str!("../../../../ui/src/locales/en.json"),
            Language::Chinese => include_str!("../../../../ui/src/locales/zh-CN.json"),
        };
        Self(serde_json::from_str(text).unwrap())
    }

    /// The words under a dotted key.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.find(key)
            .unwrap_or_else(|| panic!("the catalogue has no words under {key}"))
    }

    /// The same with `{{name}}` replaced; every name must be given.
    pub(crate) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(key, self.get(key), values)
    }

    /// The words for a number of things: the form for one, where the language has it, or the one for several.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let one = self.find(&format!("{key}_one")).filter(|_| count == 1);
        let words = one.unwrap_or_else(|| self.get(&format!("{key}_other")));
        let count = count.to_string();
        fill(key, words, &[("count", &count), ("number", &count)])
    }

    fn find(&self, key: &str) -> Option<&str> {
        key.split('.')
            .try_fold(&self.0, |words, part| words.get(part))?
            .as_str()
    }
}

fn fill(key: &str, words: &str, values: &[(&str, &str)]) -> String {
    let filled = values
        .iter()
        .fold(words.to_owned(), |words, (name, value)| {
            words.replace(&format!("{{{{{name}}}}}"), value)
        });
    assert!(!filled.contains("{{"), "{key} lacks a value: {filled}");
    filled
}
