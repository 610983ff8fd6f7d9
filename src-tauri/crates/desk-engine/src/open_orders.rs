//! Every night: orders that are not finished, whatever their time of change says.
//!
//! The platform lists them by status, a hundred per call. What is unfinished here and in none of these lists has changed in silence: it
//! is read by its number.

use std::collections::HashSet;

use desk_model::{Order, OrderSn, Page, SyncTask};

use crate::{
    error::Error,
    list::Step,
    orders::DAY,
    resource_run::ResourceRun,
    vanished::{Vanished, read_by_number},
    window::{Direction, Pages, Window, WindowReader},
};

/// Stored orders looked at in one go.
const BATCH: u32 = 500;
/// Longer than this no order waits; older ones are read by their numbers.
const LONGEST_WAIT: i64 = 400 * DAY;

/// Reads the lists, then what they do not hold.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let Some(end) = run.checkpoint(SyncTask::Changes).await?.reached else {
        return Ok(());
    };
    let window = Window {
        start: end - LONGEST_WAIT,
        end,
    };
    run.set_window(window).await?;
    let pages = Listed {
        run,
        seen: HashSet::new(),
    };
    let mut reader = WindowReader::new(run, Direction::Forward, pages);
    for status in run.session.platform.open_order_statuses() {
        reader.only(status);
        reader.read(window).await?;
    }
    let vanished = read_others(run, &reader.pages.seen).await?;
    let mut checkpoint = run.checkpoint(SyncTask::OpenOrders).await?;
    checkpoint.completed_at = Some(run.session.platform.server_now());
    run.write_checkpoint(&checkpoint).await?;
    vanished.verdict(run.resource)
}

/// Reads the orders that are unfinished here and that no list showed.
async fn read_others(run: &ResourceRun, seen: &HashSet<String>) -> Result<Vanished, Error> {
    let store = run.engine.store();
    let mut vanished = Vanished::default();
    let mut missing = Vec::new();
    let mut after: Option<OrderSn> = None;
    loop {
        let batch = store
            .unfinished_orders(run.shop_id(), after.as_ref(), BATCH)
            .await?;
        vanished.add_stored(batch.len() as u64);
        let Some(last) = batch.last() else {
            break;
        };
        after = Some(last.clone());
        let others: Vec<OrderSn> = batch
            .into_iter()
            .filter(|sn| !seen.contains(sn.as_str()))
            .collect();
        missing.extend(read_by_number(run, &others, BATCH.into()).await?);
    }
    let now = run.session.platform.server_now();
    vanished.mark(run, &missing, now).await?;
    Ok(vanished)
}

/// Commits the rows and remembers which there were.
struct Listed<'a> {
    run: &'a ResourceRun,
    seen: HashSet<String>,
}

impl Pages for Listed<'_> {
    async fn take(&mut self, page: &Page<Order>, _window: Window, step: Step) -> Result<(), Error> {
        let ids = page
            .rows
            .iter()
            .map(|row| row.value.order_sn.as_str().to_owned());
        self.seen.extend(ids);
        self.run.commit_orders(page, step, None).await?;
        Ok(())
    }
}
