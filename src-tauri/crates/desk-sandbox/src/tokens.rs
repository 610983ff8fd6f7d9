//! Every token and code that was ever issued, and whether it still works.

use std::collections::BTreeMap;

use crate::Dialect;
use crate::random::derived_hex;

const DAY: i64 = 86_400;
/// A code works once, for ten minutes (both dialects).
const CODE_LIFETIME: i64 = 600;

/// Why a token does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    Unknown,
    Expired,
    Revoked,
    /// A newer token took its place.
    Superseded,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Live,
    Revoked,
    Superseded,
}

/// A token of a shop; in the guide dialect with the refresh token that replaces it.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) dialect: Dialect,
    /// Position of the shop.
    pub(crate) shop: usize,
    pub(crate) access_token: String,
    /// None on the open platform: it has no refresh (§3.5).
    pub(crate) refresh_token: Option<String>,
    pub(crate) expires_at: i64,
    pub(crate) refresh_expires_at: i64,
    state: State,
}

impl Grant {
    fn check(&self, expires_at: i64, now: i64) -> Result<&Self, Invalid> {
        match self.state {
            State::Revoked => Err(Invalid::Revoked),
            State::Superseded => Err(Invalid::Superseded),
            State::Live if now >= expires_at => Err(Invalid::Expired),
            State::Live => Ok(self),
        }
    }
}

/// What a consent page hands out for one exchange.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) dialect: Dialect,
    /// Positions of the chosen shops, the main one first.
    pub(crate) shops: Vec<usize>,
    pub(crate) redirect_uri: String,
    /// PKCE challenge; the open platform knows none.
    pub(crate) challenge: Option<String>,
}

/// The registry of tokens and codes.
pub(crate) struct Tokens {
    seed: u64,
    issued: u64,
    grants: Vec<Grant>,
    /// Access and refresh tokens → position of the grant.
    by_token: BTreeMap<String, usize>,
    /// Codes with their time of issue; gone once used.
    codes: BTreeMap<String, (Code, i64)>,
    /// Seconds that new access tokens of a shop live, where not the default.
    lifetimes: BTreeMap<usize, i64>,
}

impl Tokens {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            issued: 0,
            grants: Vec::new(),
            by_token: BTreeMap::new(),
            codes: BTreeMap::new(),
            lifetimes: BTreeMap::new(),
        }
    }

    /// Issues a token. On the open platform it kills the shop's older ones at once (§3.5).
    pub(crate) fn issue(&mut self, dialect: Dialect, shop: usize, now: i64) -> &Grant {
        let default_lifetime = match dialect {
            Dialect::Guide => 30 * DAY,
            Dialect::OpenPlatform => 365 * DAY,
        };
        if dialect == Dialect::OpenPlatform {
            self.end(dialect, shop, State::Superseded);
        }
        let grant = Grant {
            dialect,
            shop,
            access_token: self.new_secret("access"),
            refresh_token: (dialect == Dialect::Guide).then(|| self.new_secret("refresh")),
            expires_at: now + self.lifetimes.get(&shop).unwrap_or(&default_lifetime),
            refresh_expires_at: now + 180 * DAY,
            state: State::Live,
        };
        let position = self.grants.len();
        for token in [Some(&grant.access_token), grant.refresh_token.as_ref()]
            .into_iter()
            .flatten()
        {
            self.by_token.insert(token.clone(), position);
        }
        self.grants.push(grant);
        &self.grants[position]
    }

    /// The grant behind an access token, if that works at `now`.
    pub(crate) fn check(
        &self,
        dialect: Dialect,
        access_token: &str,
        now: i64,
    ) -> Result<&Grant, Invalid> {
        let grant = self.find(dialect, access_token)?;
        if grant.access_token != access_token {
            return Err(Invalid::Unknown);
        }
        grant.check(grant.expires_at, now)
    }

    /// Swaps a refresh token for a new pair; the old pair dies.
    pub(crate) fn refresh(&mut self, refresh_token: &str, now: i64) -> Result<&Grant, Invalid> {
        let grant = self.find(Dialect::Guide, refresh_token)?;
        if grant.refresh_token.as_deref() != Some(refresh_token) {
            return Err(Invalid::Unknown);
        }
        let shop = grant.check(grant.refresh_expires_at, now)?.shop;
        if let Some(position) = self.by_token.get(refresh_token) {
            self.grants[*position].state = State::Superseded;
        }
        Ok(self.issue(Dialect::Guide, shop, now))
    }

    /// The newest token of a shop in a dialect.
    pub(crate) fn newest(&self, dialect: Dialect, shop: usize) -> Option<&Grant> {
        self.grants
            .iter()
            .rev()
            .find(|grant| grant.dialect == dialect && grant.shop == shop)
    }

    /// Lets access tokens of a shop run out at `now`; refresh tokens live on.
    pub(crate) fn expire(&mut self, dialect: Dialect, shop: usize, now: i64) {
        for grant in self.live(dialect, shop) {
            grant.expires_at = grant.expires_at.min(now);
        }
    }

    /// Kills access and refresh tokens of a shop.
    pub(crate) fn revoke(&mut self, dialect: Dialect, shop: usize) {
        self.end(dialect, shop, State::Revoked);
    }

    /// From now on access tokens of a shop live that many seconds, the present ones too.
    pub(crate) fn set_lifetime(&mut self, shop: usize, seconds: i64, now: i64) {
        self.lifetimes.insert(shop, seconds);
        for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
            for grant in self.live(dialect, shop) {
                grant.expires_at = now + seconds;
            }
        }
    }

    /// Hands out a code.
    pub(crate) fn issue_code(&mut self, code: Code, now: i64) -> String {
        let text = self.new_secret("code");
        self.codes.insert(text.clone(), (code, now));
        text
    }

    /// Takes a code, which then is gone; None when it is unknown, used, too old or another dialect's.
    pub(crate) fn take_code(&mut self, dialect: Dialect, code: &str, now: i64) -> Option<Code> {
        if self.codes.get(code)?.0.dialect != dialect {
            return None;
        }
        let (code, issued_at) = self.codes.remove(code)?;
        (now - issued_at <= CODE_LIFETIME).then_some(code)
    }

    /// The grant with that access or refresh token, dead or alive.
    pub(crate) fn find(&self, dialect: Dialect, token: &str) -> Result<&Grant, Invalid> {
        let grant = self
            .by_token
            .get(token)
            .map(|position| &self.grants[*position]);
        grant
            .filter(|grant| grant.dialect == dialect)
            .ok_or(Invalid::Unknown)
    }

    fn live(&mut self, dialect: Dialect, shop: usize) -> impl Iterator<Item = &mut Grant> {
        self.grants.iter_mut().filter(move |grant| {
            grant.dialect == dialect && grant.shop == shop && grant.state == State::Live
        })
    }

    fn end(&mut self, dialect: Dialect, shop: usize, state: State) {
        for grant in self.live(dialect, shop) {
            grant.state = state;
        }
    }

    /// 56 lower-case letters and digits, as the platform's are (§1.2), and plainly not real.
    fn new_secret(&mut self, purpose: &str) -> String {
        self.issued += 1;
        format!(
            "sandbox{purpose}{}",
            derived_hex(self.seed, purpose, self.issued, 49 - purpose.len())
        )
    }
}
