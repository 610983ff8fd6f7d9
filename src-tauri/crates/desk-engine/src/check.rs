//! "Check data": holds what is stored against what the platform has, and repairs it if asked.

use std::collections::HashSet;

use desk_model::{
    Activity, Order, Page, PageCounts, Product, Resource, ShopId, SyncTask, SyncTrigger, Tag,
    UnixSeconds,
};
use desk_store::Difference;
use desk_temu::Priority;
use tokio_util::sync::CancellationToken;

use crate::{
    census::{self, CensusPages},
    census_row::CensusRow,
    check_report::{CheckReport, ResourceCheck},
    engine::Engine,
    error::Error,
    failure::Failure,
    jobs::Job,
    list::Step,
    orders::margin,
    resource_run::{ResourceRun, RunOrder},
    session::Session,
    sync::offers,
    vanished::{Suspects, Vanished, look_up},
    window::{self, Direction, Pages, Window, WindowReader},
};

impl Engine {
    /// Compares a shop's rows with the platform's: orders whose last change lies within the span (both ends included, and not after the
    /// last sync's window), and all products and activities. With `repair` what differs is set right page by page, and what vanished is
    /// marked, within the limit for vanished rows. A sync gets its turn between two pages.
    ///
    /// Errors: `AlreadyRunning` while another check of the shop is under way, and those of any sync before it begins. What stops a
    /// resource later is told in its part of the report.
    pub async fn check_data(
        &self,
        shop_id: &ShopId,
        resources: &[Resource],
        from: UnixSeconds,
        to: UnixSeconds,
        repair: bool,
        cancel: CancellationToken,
    ) -> Result<CheckReport, Error> {
        let Ok(job) = self.begin_job(shop_id, Job::Check, cancel) else {
            return Err(Error::AlreadyRunning("a check of this shop"));
        };
        let session = self
            .job_session(shop_id, Priority::Foreground, &job.cancel)
            .await?;
        let resources: Vec<Resource> = Resource::ALL
            .into_iter()
            .filter(|resource| resources.contains(resource) && offers(&session.shop, *resource))
            .collect();
        let (engine, span) = (
            self.clone(),
            Window {
                start: from,
                end: to,
            },
        );
        // It comes to its end in the log, whoever stops waiting for it.
        let work = tokio::spawn(async move {
            let mut report = CheckReport {
                shop_id: session.shop.shop_id.clone(),
                resources: Vec::new(),
            };
            for resource in resources {
                let found = engine
                    .check_resource(&session, resource, span, repair, &job.cancel)
                    .await?;
                report.resources.push(found);
            }
            drop(job);
            engine.announce(Some(&report.shop_id), &[Tag::SyncRuns]);
            Ok(report)
        });
        work.await.unwrap_or(Err(Error::Canceled))
    }

    async fn check_resource(
        &self,
        session: &Session,
        resource: Resource,
        span: Window,
        repair: bool,
        cancel: &CancellationToken,
    ) -> Result<ResourceCheck, Error> {
        let order = RunOrder {
            resource,
            task: SyncTask::Check,
            trigger: SyncTrigger::Manual,
            since_days: None,
        };
        let run = ResourceRun::begin(self, session, &order, cancel).await?;
        let mut check = Check {
            run: &run,
            repair,
            found: ResourceCheck::new(resource),
            different: HashSet::new(),
        };
        let outcome = match resource {
            Resource::Orders => run.permitted(check.orders(span)).await,
            Resource::Products => run.permitted(check.census::<Product>()).await,
            Resource::Activities => run.permitted(check.census::<Activity>()).await,
        };
        let mut found = check.found;
        let (_, outcome) = run.end(outcome).await;
        found.error = outcome.err().map(Failure::from);
        Ok(found)
    }
}

/// A check of one resource.
struct Check<'a> {
    run: &'a ResourceRun,
    repair: bool,
    found: ResourceCheck,
    /// What was found different: a row may be seen twice.
    different: HashSet<String>,
}

impl<'a> Check<'a> {
    async fn orders(&mut self, span: Window) -> Result<(), Error> {
        let run = self.run;
        run.expect_rows(window::total(run, span).await?);
        let synced = run.checkpoint(SyncTask::Changes).await?;
        let newest = synced.reached.unwrap_or_else(|| {
            run.session.platform.server_now() - margin(synced.observed_lag_seconds)
        });
        let window = Window {
            start: span.start,
            end: span.end.min(newest),
        };
        run.set_window(window).await?;
        if window.start > window.end {
            return Ok(());
        }
        let pages = Compared {
            suspects: Suspects::new(run),
            check: self,
        };
        let mut reader = WindowReader::new(run, Direction::Forward, pages);
        reader.read(window).await?;
        let suspects = reader.pages.suspects;
        self.found.checked = suspects.listed;
        let mut vanished = Vanished::default();
        vanished.add_stored(suspects.stored);
        let mut unknown = Vec::new();
        for order_sn in suspects.order_sns {
            if unknown.len() as u64 > vanished.room() {
                break;
            }
            let _turn = run.turn().await?;
            match look_up(run, &order_sn).await? {
                Some(page) => self.compare_orders(&page, Step::Rows).await?,
                None => unknown.push(order_sn.as_str().to_owned()),
            }
        }
        self.settle(vanished, unknown, run.session.platform.server_now())
            .await
    }

    async fn census<T: CensusRow>(&mut self) -> Result<(), Error> {
        let run = self.run;
        let missing = census::read_and_compare::<T, _>(run, self).await?;
        self.found.checked = missing.listed;
        let mut vanished = Vanished::default();
        vanished.add_stored(missing.unseen.stored);
        self.settle(vanished, missing.unseen.vanished, missing.read_at)
            .await
    }

    /// Reports what vanished, and marks it if asked.
    async fn settle(
        &mut self,
        mut vanished: Vanished,
        remote_ids: Vec<String>,
        at: UnixSeconds,
    ) -> Result<(), Error> {
        if self.repair {
            vanished.mark(self.run, &remote_ids, at).await?;
            self.found.repaired += vanished.marked();
        }
        for remote_id in remote_ids {
            self.found.vanished.add(remote_id);
        }
        vanished.verdict(self.run.resource)
    }

    async fn compare_orders(&mut self, page: &Page<Order>, step: Step) -> Result<(), Error> {
        let store = self.run.engine.store();
        let differences = store
            .compare_orders(self.run.shop_id(), &page.rows, page.server_time)
            .await?;
        if self.note(differences) {
            let committed = self.run.commit_orders(page, step, None).await?;
            self.found.repaired += committed.counts.new + committed.counts.changed;
        } else {
            self.run
                .page_done(page.len() as u64, step, PageCounts::default());
        }
        Ok(())
    }

    /// Takes note of differences; answers whether the page is to be written.
    fn note(&mut self, differences: Vec<Difference>) -> bool {
        let is_different = !differences.is_empty();
        for difference in differences {
            if self.different.insert(difference.remote_id.clone()) {
                self.found.add(difference);
            }
        }
        is_different && self.repair
    }
}

/// The pages of a window, compared.
struct Compared<'a, 'run> {
    check: &'a mut Check<'run>,
    suspects: Suspects<'run>,
}

impl Pages for Compared<'_, '_> {
    async fn take(&mut self, page: &Page<Order>, window: Window, step: Step) -> Result<(), Error> {
        self.check.compare_orders(page, step).await?;
        self.suspects.add(page, window, step).await
    }
}

impl<T: CensusRow> CensusPages<T> for Check<'_> {
    async fn take(&mut self, page: &Page<T>, step: Step, _is_end: bool) -> Result<(), Error> {
        let run = self.run;
        let store = run.engine.store();
        let differences = T::compare(store, run.shop_id(), &page.rows, page.server_time).await?;
        let mut counts = PageCounts::default();
        if self.note(differences) {
            let commit = run.page_commit(page, None);
            counts = T::commit(store, &commit).await?.counts;
            self.found.repaired += counts.new + counts.changed;
        }
        run.page_done(page.len() as u64, step, counts);
        Ok(())
    }
}
