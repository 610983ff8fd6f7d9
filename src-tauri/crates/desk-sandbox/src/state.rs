//! Everything that changes: the world, tokens, faults, the clock's offset, counters.

use crate::fault::{Faults, under};
use crate::http::Response;
use crate::log::{ApiCall, CallLog};
use crate::paging::PagingLies;
use crate::random::derived_hex;
use crate::sandbox::{Dialect, SandboxOptions};
use crate::tokens::Tokens;
use crate::view::View;
use crate::world::{Records, Shop, new_shops};

/// The insides of a [`crate::Sandbox`].
pub(crate) struct State {
    pub(crate) options: SandboxOptions,
    pub(crate) shops: Vec<Shop>,
    records: Vec<Option<Records>>,
    pub(crate) tokens: Tokens,
    pub(crate) faults: Faults,
    pub(crate) paging_lies: PagingLies,
    /// Seconds between the caller's clock and the server's.
    pub(crate) clock_offset: i64,
    /// Seconds until a change shows in lists.
    pub(crate) visibility_lag: i64,
    pub(crate) log: CallLog,
    requests: u64,
}

impl State {
    pub(crate) fn new(options: SandboxOptions) -> Self {
        let count = options.size.shops as usize;
        let mut tokens = Tokens::new(options.seed);
        for shop in 0..count {
            tokens.issue(Dialect::Guide, shop, options.started_at);
            tokens.issue(Dialect::OpenPlatform, shop, options.started_at);
        }
        Self {
            shops: new_shops(count),
            records: (0..count).map(|_| None).collect(),
            tokens,
            faults: Faults::default(),
            paging_lies: PagingLies::default(),
            clock_offset: 0,
            visibility_lag: 0,
            log: CallLog::default(),
            requests: 0,
            options,
        }
    }

    pub(crate) fn server_time(&self, now: i64) -> i64 {
        now.saturating_add(self.clock_offset)
    }

    /// A shop and its records, made on first use, at the server's time `now`.
    pub(crate) fn open(&mut self, shop: usize, now: i64) -> View<'_> {
        let options = &self.options;
        let (shops, orders) = (options.size.shops as usize, options.size.orders as usize);
        let share = orders / shops + usize::from(shop < orders % shops);
        let known = &self.shops[shop];
        let make = || Records::new(known, options.seed, share, options.started_at);
        View {
            shop: known,
            records: self.records[shop].get_or_insert_with(make),
            base_url: &options.base_url,
            call: "",
            lies: &self.paging_lies,
            now,
            horizon: if self.visibility_lag == 0 {
                i64::MAX
            } else {
                now - self.visibility_lag
            },
        }
    }

    /// Position of the shop with that id of either dialect.
    pub(crate) fn find_shop(&self, id: &str) -> Option<usize> {
        self.shops
            .iter()
            .position(|shop| shop.guide_id() == id || shop.mall_id().to_string() == id)
    }

    pub(crate) fn shop_id(&self, dialect: Dialect, shop: usize) -> String {
        match dialect {
            Dialect::Guide => self.shops[shop].guide_id(),
            Dialect::OpenPlatform => self.shops[shop].mall_id().to_string(),
        }
    }

    pub(crate) fn app_key(&self, dialect: Dialect) -> String {
        derived_hex(self.options.seed, "app_key", dialect as u64, 32)
    }

    pub(crate) fn app_secret(&self, dialect: Dialect) -> String {
        format!(
            "sandboxsecret{}",
            derived_hex(self.options.seed, "app_secret", dialect as u64, 27)
        )
    }

    /// A request id in the platform's shape, numbered.
    pub(crate) fn next_request_id(&mut self, prefix: &str) -> String {
        self.requests += 1;
        format!("{prefix}-00000000-0000-0000-0000-{:012}", self.requests)
    }

    /// Carries out an API call under the faults that wait for it, and counts it.
    pub(crate) fn call(
        &mut self,
        dialect: Dialect,
        call: ApiCall,
        carry_out: impl FnOnce(&mut Self) -> Response,
    ) -> Response {
        let fault = self.faults.take(&call.name);
        self.log.add(call);
        match fault {
            Some(fault) => under(fault, self, dialect, carry_out),
            None => carry_out(self),
        }
    }
}
