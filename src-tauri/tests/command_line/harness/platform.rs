//! The platform: the stand-in behind a port of this computer, in the test's own hands.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk_sandbox::server::{serve, wall_clock};
use desk_sandbox::{AppCredentials, Dialect, Sandbox, SandboxOptions, ShopCredentials};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// Both wires.
pub(crate) const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];
/// Position of the shop in the United States.
pub(crate) const US: usize = 0;

const DAY: i64 = 86_400;

/// A dialect's name on the command line.
pub(crate) fn dialect_word(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Guide => "guide",
        Dialect::OpenPlatform => "open-platform",
    }
}

/// A running stand-in; `sandbox` alters its world.
pub(crate) struct Platform {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) base_url: String,
    started_at: i64,
    server: Option<Runtime>,
}

impl Platform {
    pub(crate) fn start() -> Self {
        let started_at = wall_clock();
        let sandbox = Arc::new(Sandbox::new(SandboxOptions::new(7, started_at)));
        let server = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = server.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        server.spawn(serve(sandbox.clone(), listener, wall_clock));
        Self {
            sandbox,
            base_url,
            started_at,
            server: Some(server),
        }
    }

    /// Answers nobody any more.
    pub(crate) fn stop(&mut self) {
        drop(self.server.take());
    }

    /// When the world's history ends.
    pub(crate) fn started_at(&self) -> i64 {
        self.started_at
    }

    /// The real time.
    pub(crate) fn now(&self) -> i64 {
        wall_clock()
    }

    /// The app's keys and the newest token of each shop.
    pub(crate) fn app(&self, dialect: Dialect) -> AppCredentials {
        let credentials = self.sandbox.credentials(&self.base_url);
        match dialect {
            Dialect::Guide => credentials.guide,
            Dialect::OpenPlatform => credentials.open_platform,
        }
    }

    /// A shop's id on the platform and its newest token.
    pub(crate) fn shop(&self, dialect: Dialect, shop: usize) -> ShopCredentials {
        self.app(dialect).shops[shop].clone()
    }

    /// Every app secret and newest token of both dialects.
    pub(crate) fn secrets(&self) -> Vec<String> {
        BOTH.into_iter()
            .flat_map(|dialect| {
                let app = self.app(dialect);
                let tokens = app
                    .shops
                    .into_iter()
                    .flat_map(|shop| [Some(shop.access_token), shop.refresh_token]);
                tokens.flatten().chain([app.app_secret])
            })
            .collect()
    }

    /// Numbers of a shop's orders that were updated in the last days before the server's now.
    pub(crate) fn orders_of_last_days(
        &self,
        shop_id: &str,
        days: i64,
        offset: i64,
    ) -> BTreeSet<String> {
        let now = self.now() + offset;
        self.sandbox
            .order_digests(shop_id)
            .unwrap()
            .into_iter()
            .filter(|order| (now - days * DAY..=now).contains(&order.updated_at))
            .map(|order| order.order_sn)
            .collect()
    }

    /// How often a call was made: an endpoint of the guide or a type of the open platform.
    pub(crate) fn calls(&self, name: &str) -> u64 {
        let calls = self.sandbox.calls();
        let found = calls.iter().find(|(called, _)| called == name);
        found.map_or(0, |(_, count)| *count)
    }

    /// How many calls were made in all.
    pub(crate) fn all_calls(&self) -> u64 {
        self.sandbox.calls().iter().map(|(_, count)| count).sum()
    }
}
