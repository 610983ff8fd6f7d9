//! A value that no log, error, answer or file may show.

use std::fmt;

use zeroize::Zeroizing;

/// A token, app secret, authorization code, `state` or passphrase. It has no `Serialize`, prints as `***`, and is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the value over.
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The value itself, for the wire and the vault only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_value() {
        let secret = Secret::new("made-up-token");
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(secret.expose(), "made-up-token");
    }
}
