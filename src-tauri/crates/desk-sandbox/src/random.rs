//! A small deterministic generator (SplitMix64), and names derived from a seed. Not for secrets.

use sha2::{Digest, Sha256};

/// A stream of numbers that depends on its seed parts alone.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(parts: &[u64]) -> Self {
        let mut random = Self(0x5EED);
        for part in parts {
            random.0 ^= *part;
            random.0 = random.next();
        }
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0) as u64 + 1;
        low + (self.next() % span) as i64
    }

    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[(self.next() % choices.len() as u64) as usize]
    }
}

/// `length` lower-case hex digits that depend on the seed, a purpose and a number alone.
pub(crate) fn derived_hex(seed: u64, purpose: &str, number: u64, length: usize) -> String {
    let mut text = hex::encode(Sha256::digest(format!("{seed}/{purpose}/{number}")));
    text.truncate(length);
    text
}
