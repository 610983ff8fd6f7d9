//! Rows that the platform no longer has: marked, never deleted, and refused where too many vanish at once (I14).

use std::collections::HashSet;

use desk_model::{Order, OrderSn, Page, Resource, UnixSeconds};
use desk_temu::ErrorKind;

use crate::{error::Error, list::Step, resource_run::ResourceRun, window::Window};

/// So many may always vanish.
const ALWAYS: u64 = 50;
/// Of more rows, so many of a hundred may.
const PERCENT: u64 = 20;

/// What a run found vanished so far, of how many stored rows. A list that lies must not empty a shop.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Vanished {
    stored: u64,
    marked: u64,
    refused: u64,
}

impl Vanished {
    /// Counts stored rows that were held against the platform's.
    pub(crate) fn add_stored(&mut self, stored: u64) {
        self.stored += stored;
    }

    /// How many more may be marked.
    pub(crate) fn room(self) -> u64 {
        let most = ALWAYS.max(self.stored * PERCENT / 100);
        most.saturating_sub(self.marked)
    }

    /// Marks these rows as gone since `at`, all or none of them.
    pub(crate) async fn mark(
        &mut self,
        run: &ResourceRun,
        remote_ids: &[String],
        at: UnixSeconds,
    ) -> Result<(), Error> {
        let count = remote_ids.len() as u64;
        if count == 0 {
            return Ok(());
        }
        if count > self.room() {
            self.refused += count;
            return Ok(());
        }
        let store = run.engine.store();
        self.marked += store
            .mark_gone(run.shop_id(), run.resource, remote_ids, at)
            .await?;
        run.announce_rows();
        Ok(())
    }

    pub(crate) fn marked(self) -> u64 {
        self.marked
    }

    /// An error where rows were left as they are because too many vanished.
    pub(crate) fn verdict(self, resource: Resource) -> Result<(), Error> {
        if self.refused == 0 {
            return Ok(());
        }
        Err(Error::TooManyVanished {
            resource,
            vanished: self.refused,
            stored: self.stored,
        })
    }
}

/// What a window showed, and what is stored of it besides.
pub(crate) struct Suspects<'a> {
    run: &'a ResourceRun,
    seen: HashSet<String>,
    /// Stored orders that no list showed.
    pub(crate) order_sns: Vec<OrderSn>,
    /// How many orders were listed.
    pub(crate) listed: u64,
    /// How many are stored of the windows that ended.
    pub(crate) stored: u64,
}

impl<'a> Suspects<'a> {
    pub(crate) fn new(run: &'a ResourceRun) -> Self {
        Self {
            run,
            seen: HashSet::new(),
            order_sns: Vec::new(),
            listed: 0,
            stored: 0,
        }
    }

    /// Takes note of a page; with a window's last one, of what is stored in it and was not listed. A window must be read in one go.
    pub(crate) async fn add(
        &mut self,
        page: &Page<Order>,
        window: Window,
        step: Step,
    ) -> Result<(), Error> {
        let ids = page.rows.iter().map(|row| &row.value.order_sn);
        self.seen.extend(ids.map(|sn| sn.as_str().to_owned()));
        if step != Step::Done {
            return Ok(());
        }
        let seen = std::mem::take(&mut self.seen);
        let span = Some((window.start, window.end));
        let unseen = self
            .run
            .engine
            .store()
            .unseen(self.run.shop_id(), Resource::Orders, span, &seen)
            .await?;
        self.listed += seen.len() as u64;
        self.stored += unseen.stored;
        self.order_sns
            .extend(unseen.vanished.into_iter().map(OrderSn::new));
        Ok(())
    }
}

/// Reads an order by its number; `None` if the platform knows no such order.
pub(crate) async fn look_up(
    run: &ResourceRun,
    order_sn: &OrderSn,
) -> Result<Option<Page<Order>>, Error> {
    let platform = &run.session.platform;
    let found = run
        .or_canceled(
            run.session
                .call(|access| async move { platform.order(&access.caller(), order_sn).await }),
        )
        .await;
    match found {
        Ok(order) => Ok(Some(Page {
            rows: vec![order],
            unreadable: Vec::new(),
            total: 1,
            server_time: platform.server_now(),
        })),
        Err(Error::Platform(error)) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads orders that no list showed by their numbers and commits them; answers those that the platform does not know. Once too many are
/// unknown no more are asked for.
pub(crate) async fn read_by_number(
    run: &ResourceRun,
    order_sns: &[OrderSn],
    most: u64,
) -> Result<Vec<String>, Error> {
    let mut unknown = Vec::new();
    for order_sn in order_sns {
        if unknown.len() as u64 > most {
            break;
        }
        let _turn = run.turn().await?;
        match look_up(run, order_sn).await? {
            Some(page) => {
                run.commit_orders(&page, Step::Rows, None).await?;
            }
            None => unknown.push(order_sn.as_str().to_owned()),
        }
    }
    Ok(unknown)
}
