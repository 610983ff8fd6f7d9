//! One seed's course: hours of trouble, then peace, and after at most two syncs the mirror is the truth.

use desk_engine::ShopSummary;
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTrigger, TokenState};
use desk_sandbox::Size;

use super::{
    life::{self, Life},
    oracle::{Mirror, Span},
    promises::{Before, Promises},
    random::Random,
    trouble::{self, Intruder, Trouble, wire},
    truth::{Expected, Shelves},
};
use crate::world::{BASE_URL, Sent, World};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// As much history as is read in trouble…
const SOME_HISTORY_DAYS: u32 = 50;
/// … and more than the platform has.
const WHOLE_HISTORY_DAYS: u32 = 430;
const AMOUNTS: &str = "bg.order.amount.query";

/// How a seed went; two courses of a seed are the same in every request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) sent: Sent,
    /// What was lost, or which promise was broken.
    pub(crate) failure: Option<String>,
}

/// A seed's course so far.
pub(crate) struct Course {
    random: Random,
    world: World,
    shop: ShopId,
    /// How long the platform hides a change.
    lag: i64,
    shelves: Shelves,
    promises: Promises,
    intruder: Intruder,
    /// Whether the platform may have asked to be left alone for long.
    is_paused: bool,
}

impl Course {
    /// Lives through a seed.
    pub(crate) async fn run(seed: u64, dialect: Dialect) -> Ended {
        let mut course = Self::begin(seed, dialect).await;
        let failure = match course.live().await {
            Ok(()) => None,
            Err(reason) => Some(format!("{reason}\n{}", course.last_runs().await)),
        };
        Ended {
            sent: course.world.sent(),
            failure,
        }
    }

    /// The end of the sync log, for whoever looks into a failure.
    async fn last_runs(&self) -> String {
        let store = self.world.engine.store();
        let runs = store.sync_runs(Some(&self.shop), 12).await.unwrap();
        let lines = runs.iter().map(|run| {
            format!(
                "    {} {} {} at {}: {:?} to {:?}, {} pages, {:?}",
                run.resource.as_str(),
                run.task.as_str(),
                run.result.as_str(),
                run.started_at.0,
                run.window_start.map(|start| start.0),
                run.window_end.map(|end| end.0),
                run.pages,
                run.counts,
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    async fn begin(seed: u64, dialect: Dialect) -> Self {
        let mut random = Random::new(seed);
        let size = Size {
            shops: 1,
            orders: 60 + u32::try_from(random.below(340)).unwrap(),
        };
        let mut world = World::sized(seed, dialect, size).await;
        world.clock.hurry();
        world.engine.set_history_days(SOME_HISTORY_DAYS);
        let most = if random.chance(10) { 601 } else { 121 };
        let lag = random.seconds_below(most);
        world.sandbox.set_visibility_lag(lag);
        // The world's past ends where its clock began, which no clock may be behind.
        world.clock.advance(HOUR);
        world.set_server_ahead(random.seconds_below(7_200) - HOUR);
        let known = world.sandbox.credentials(BASE_URL);
        if random.chance(70) {
            // Each amount is a call of its own.
            let remote_id = &known.guide.shops[0].shop_id;
            world.sandbox.drop_scope(remote_id, AMOUNTS).unwrap();
        }
        let shop = world.add_shop(0).await.shop_id;
        if random.chance(20) {
            // More products than fit on a page.
            for _ in 0..40 + random.below(100) {
                let now = world.clock.true_seconds();
                world.sandbox.add_product(shop.remote_id(), now).unwrap();
            }
        }
        let now = world.clock.true_seconds();
        let shelves = Shelves::read(&world.sandbox, dialect, &shop, now);
        Self {
            random,
            world,
            shop,
            lag,
            shelves,
            promises: Promises::default(),
            intruder: Intruder::default(),
            is_paused: false,
        }
    }

    async fn live(&mut self) -> Result<(), String> {
        for _ in 0..2 + self.random.below(3) {
            self.suffer().await?;
            let pause = self.random.seconds_below(HOUR.unsigned_abs());
            self.world.clock.advance(pause);
        }
        self.calm_down().await;
        self.settle().await?;
        if self.random.chance(30) {
            self.sweep().await?;
        }
        Ok(())
    }

    /// One sync in trouble.
    async fn suffer(&mut self) -> Result<(), String> {
        let (random, dialect) = (&mut self.random, self.world.dialect);
        let sandbox = &self.world.sandbox;
        let mut life = Life::new(random.branch(), self.shop.remote_id());
        life.tend_the_shelves(sandbox, &self.world.clock, &mut self.shelves);
        let mut trouble = Trouble::new(
            random.branch(),
            Some(life),
            &self.world.engine,
            &self.shop,
            dialect,
            self.intruder.clone(),
        );
        self.world
            .interfere(move |sandbox, clock| trouble.strike(sandbox, clock));
        if random.chance(30) {
            let faults = trouble::faults(random, dialect);
            self.is_paused |= trouble::asks_for_a_day(&faults);
            sandbox.set_faults(faults);
        }
        if random.chance(25) {
            sandbox.set_paging_lies(trouble::lies(random, dialect));
        }
        self.sync(SyncTrigger::Automatic).await?;
        if self.random.chance(30) {
            self.maintain().await?;
        }
        self.world.sandbox.set_paging_lies(Vec::new());
        if self.random.chance(20) {
            self.world.restart().await;
            self.world.engine.set_history_days(SOME_HISTORY_DAYS);
        }
        if self.random.chance(60) {
            self.calm_down().await;
        }
        Ok(())
    }

    /// Maintenance in trouble; a sync may come into it.
    async fn maintain(&mut self) -> Result<(), String> {
        let began_at = self.world.server_time();
        // How it ends is the trouble's business; what holds all the same is checked.
        let outcome = self.world.engine.maintain_shop(&self.shop).await;
        let intruder = self.intruder.lock().unwrap().take();
        if let Some(intruder) = intruder {
            intruder.await.unwrap();
        }
        self.check(began_at, None)
            .await
            .map_err(|reason| format!("{reason} (the maintenance ended {outcome:?})"))
    }

    /// History is read whole, and the weekly sweep finds what no time of change tells of.
    async fn sweep(&mut self) -> Result<(), String> {
        // A sweep that was begun in trouble looks at its earlier part no more.
        let began_at = self.world.server_time();
        self.maintain_in_peace().await?;
        self.check(began_at, None).await?;
        life::change_in_secret(&mut self.random, &self.world.sandbox, self.shop.remote_id());
        // A week, and a day by which a clock may have been wrong when the last one was noted.
        self.world.clock.advance(9 * DAY);
        self.world.engine.set_history_days(WHOLE_HISTORY_DAYS);
        self.sync_in_peace().await?;
        self.maintain_in_peace().await?;
        let mirror = Mirror::read(self.world.engine.store(), &self.shop).await;
        mirror
            .check_orders(&self.expected(), Span::EVERYTHING)
            .map_err(|reason| format!("after a sweep {reason}"))
    }

    async fn maintain_in_peace(&self) -> Result<(), String> {
        let outcome = self.world.engine.maintain_shop(&self.shop).await;
        outcome.map_err(|error| format!("in peace the maintenance ended with {error}"))
    }

    /// Ends all faults; a shop that must be authorized again is, as a seller does who pastes a new token.
    async fn calm_down(&mut self) {
        self.world.leave_alone();
        self.world.sandbox.set_faults(Vec::new());
        if std::mem::take(&mut self.is_paused) {
            self.world.clock.advance(DAY);
        }
        // Whether a token still counts is found out by using it.
        let answers = self.world.engine.test_shop(&self.shop).await.is_ok();
        let shop = self.world.engine.store().shop(&self.shop).await.unwrap();
        if !answers || shop.unwrap().token_state != TokenState::Valid {
            let (wire, now) = (wire(self.world.dialect), self.world.clock.true_seconds());
            self.world
                .sandbox
                .renew_token(wire, self.shop.remote_id(), now)
                .unwrap();
            self.world.add_shop(0).await;
        }
    }

    /// In peace two syncs are enough, and a third finds nothing to do.
    async fn settle(&mut self) -> Result<(), String> {
        self.world.clock.advance(self.lag.max(600));
        for _ in 0..2 {
            self.sync_in_peace().await?;
        }
        let before = self.expected();
        let news = self.sync_in_peace().await?;
        let now = self.expected();
        let from = self.promises.since.ok_or("no window was ever read")?;
        let mirror = Mirror::read(self.world.engine.store(), &self.shop).await;
        let span = Span { from, to: i64::MAX };
        mirror
            .check_orders(&now, span)
            .map_err(|reason| format!("two syncs in peace later {reason}; {:?}", self.promises))?;
        mirror.check_shelves(&before, &now)?;
        // Time alone may begin an activity.
        if before == now && !news.is_empty() {
            return Err(format!("nothing happened, yet a sync wrote {news:?}"));
        }
        Ok(())
    }

    /// Answers the resources of which something was written.
    async fn sync_in_peace(&mut self) -> Result<Vec<Resource>, String> {
        let summary = self.sync(SyncTrigger::Manual).await?;
        if summary.result != RunResult::Complete {
            return Err(format!(
                "in peace the sync ended {:?}: {:?}",
                summary.result, summary.error
            ));
        }
        let written = summary
            .resources
            .iter()
            .filter(|(_, counts)| counts.is_news());
        Ok(written.map(|(resource, _)| *resource).collect())
    }

    async fn sync(&mut self, trigger: SyncTrigger) -> Result<ShopSummary, String> {
        let began_at = self.world.server_time();
        let summary = self.world.engine.sync_shop(&self.shop, trigger, None).await;
        self.check(began_at, Some(&summary))
            .await
            .map_err(|reason| format!("{reason} (the sync ended {:?})", summary.result))?;
        Ok(summary)
    }

    async fn check(&mut self, began_at: i64, alone: Option<&ShopSummary>) -> Result<(), String> {
        let before = Before {
            server_time: began_at,
            shelves: &self.shelves,
        };
        self.promises
            .check(&self.world, &self.shop, alone, &before, self.lag)
            .await
    }

    fn expected(&self) -> Expected {
        Expected::read(
            &self.world.sandbox,
            self.world.dialect,
            &self.shop,
            self.world.clock.true_seconds(),
        )
    }
}
