//! Money in integer minor units. An unknown amount is `None` at the place of use, never zero.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An ISO 4217 code in upper case, for example `USD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Currency(String);

impl Currency {
    /// Takes three ASCII letters in any case; anything else is refused.
    pub fn new(code: &str) -> Result<Self, ParseMoneyError> {
        let code = code.trim().to_ascii_uppercase();
        if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Ok(Self(code))
        } else {
            Err(ParseMoneyError::Currency(code))
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Number of decimals of the minor unit (ISO 4217): JPY 0, USD 2, KWD 3.
    pub fn exponent(&self) -> u32 {
        match self.0.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

/// An amount in the currency's minor unit (cents for USD, yen for JPY).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Money {
    /// Minor units; negative for refunds.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Text that is no amount or no currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseMoneyError {
    /// Not three letters.
    #[error("`{0}` is not an ISO 4217 currency code")]
    Currency(String),
    /// Not a decimal number, too many decimals, or out of range.
    #[error("`{0}` is not an amount in {1}")]
    Amount(String, String),
}

impl Money {
    /// An amount in minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal such as `12.99` or `-3` by the currency's exponent; excess decimals must be zeros.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, ParseMoneyError> {
        let refuse = || ParseMoneyError::Amount(text.to_owned(), currency.as_str().to_owned());
        let (negative, digits) = match text.trim().strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.trim()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let exponent = currency.exponent() as usize;
        let (kept, excess) = fraction
            .split_at_checked(exponent)
            .unwrap_or((fraction, ""));
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !only_digits(whole)
            || !only_digits(kept)
            || excess.bytes().any(|byte| byte != b'0')
        {
            return Err(refuse());
        }
        let padded = format!("{whole}{kept:0<exponent$}");
        let minor: i64 = padded.parse().map_err(|_| refuse())?;
        Ok(Self {
            minor: if negative { -minor } else { minor },
            currency,
        })
    }
}

impl Money {
    /// The amount with the currency's decimals, without the currency: `-0.05`, `1200`.
    pub fn decimal(&self) -> String {
        let exponent = self.currency.exponent();
        let scale = 10_u64.pow(exponent);
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let whole = minor / scale;
        if exponent == 0 {
            return format!("{sign}{whole}");
        }
        let fraction = minor % scale;
        format!(
            "{sign}{whole}.{fraction:0width$}",
            width = exponent as usize
        )
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.decimal(), self.currency.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::new(code).unwrap()
    }

    #[test]
    fn decimals_follow_the_currency() {
        assert_eq!(
            Money::from_decimal("12.99", currency("USD")).unwrap().minor,
            1299
        );
        assert_eq!(
            Money::from_decimal("12.9", currency("USD")).unwrap().minor,
            1290
        );
        assert_eq!(
            Money::from_decimal("1200", currency("JPY")).unwrap().minor,
            1200
        );
        assert_eq!(
            Money::from_decimal("1200.00", currency("KRW"))
                .unwrap()
                .minor,
            1200
        );
        assert_eq!(
            Money::from_decimal("-3", currency("KWD")).unwrap().minor,
            -3000
        );
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            ".",
            "1,5",
            "1.2.3",
            "12.999",
            "１２",
            "99999999999999999999",
            "--1",
        ] {
            assert!(
                Money::from_decimal(text, currency("USD")).is_err(),
                "{text}"
            );
        }
        assert!(Currency::new("US").is_err());
        assert!(Currency::new("元元元").is_err());
    }

    #[test]
    fn amounts_read_like_amounts() {
        assert_eq!(Money::new(-5, currency("USD")).to_string(), "-0.05 USD");
        assert_eq!(Money::new(1200, currency("JPY")).to_string(), "1200 JPY");
    }
}
