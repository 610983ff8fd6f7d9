//! Lists. A view filters and sorts once and keeps the row ids, so that scrolling reads rows by id and stays stable while a sync writes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use desk_model::{Activity, ListQuery, Order, Product, Resource, UnixSeconds};
use rusqlite::Connection;

use crate::{Error, Store, activities, orders, products, query};

/// As many views as are kept; opening another closes the oldest.
const MAX_OPEN: usize = 16;

/// Rows that are read from the database at once.
const ROWS_PER_READ: usize = 1000;

/// A view that was opened: what is needed to draw the list before any row is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedView {
    /// Names the view in `view_rows` and `close_view`.
    pub handle: u32,
    /// Rows in the view.
    pub count: u64,
    /// Rows by status word under the same query without its status filter, every status once; for orders also `due_soon` and `overdue`.
    pub status_counts: Vec<(String, u64)>,
}

/// Rows of a list, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Orders with their lines.
    Orders(Vec<Order>),
    /// Products with their SKUs.
    Products(Vec<Product>),
    /// Activities with the shop's products in them.
    Activities(Vec<Activity>),
}

impl Store {
    /// Opens a view. `now` decides which orders are due.
    pub async fn open_view(
        &self,
        query: &ListQuery,
        now: UnixSeconds,
    ) -> Result<OpenedView, Error> {
        query::check(query, Some(now))?;
        let (resource, query) = (query.resource, query.clone());
        let (ids, status_counts) = self
            .read(move |connection| {
                let ids = query::row_ids(connection, &query, Some(now), None)?;
                Ok((ids, query::status_counts(connection, &query, now)?))
            })
            .await?;
        let count = ids.len() as u64;
        Ok(OpenedView {
            handle: self.views().open(resource, ids),
            count,
            status_counts,
        })
    }

    /// Rows of a view as they are stored now, from its position `start` on. A row that was deleted since is left out.
    pub async fn view_rows(&self, handle: u32, start: u64, len: u32) -> Result<Rows, Error> {
        let (resource, ids) = self.views().find(handle).ok_or(Error::ViewGone)?;
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(ids.len());
        let end = start.saturating_add(len as usize).min(ids.len());
        self.read(move |connection| hydrate(connection, resource, &ids[start..end]))
            .await
    }

    /// Closes a view.
    pub async fn close_view(&self, handle: u32) {
        self.views().close(handle);
    }

    /// The first `limit` rows of a list, or all. Orders cannot be filtered by being due here: that needs a time.
    pub async fn list(&self, query: &ListQuery, limit: Option<u64>) -> Result<Rows, Error> {
        query::check(query, None)?;
        let query = query.clone();
        self.read(move |connection| {
            let ids = query::row_ids(connection, &query, None, limit)?;
            hydrate(connection, query.resource, &ids)
        })
        .await
    }
}

fn hydrate(connection: &Connection, resource: Resource, ids: &[i64]) -> Result<Rows, Error> {
    Ok(match resource {
        Resource::Orders => {
            Rows::Orders(in_chunks(ids, |ids| orders::by_row_ids(connection, ids))?)
        }
        Resource::Products => {
            Rows::Products(in_chunks(ids, |ids| products::by_row_ids(connection, ids))?)
        }
        Resource::Activities => Rows::Activities(in_chunks(ids, |ids| {
            activities::by_row_ids(connection, ids)
        })?),
    })
}

fn in_chunks<T>(
    ids: &[i64],
    read: impl Fn(&[i64]) -> Result<Vec<T>, Error>,
) -> Result<Vec<T>, Error> {
    let mut rows = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS_PER_READ) {
        rows.extend(read(chunk)?);
    }
    Ok(rows)
}

/// The open views, oldest first.
#[derive(Default)]
pub(crate) struct Views(Mutex<OpenViews>);

#[derive(Default)]
struct OpenViews {
    last_handle: u32,
    views: VecDeque<View>,
}

struct View {
    handle: u32,
    resource: Resource,
    ids: Arc<Vec<i64>>,
}

impl Views {
    fn open(&self, resource: Resource, ids: Vec<i64>) -> u32 {
        let mut open = self.lock();
        open.last_handle = open.last_handle.wrapping_add(1);
        let handle = open.last_handle;
        open.views.push_back(View {
            handle,
            resource,
            ids: Arc::new(ids),
        });
        if open.views.len() > MAX_OPEN {
            open.views.pop_front();
        }
        handle
    }

    fn find(&self, handle: u32) -> Option<(Resource, Arc<Vec<i64>>)> {
        let open = self.lock();
        let view = open.views.iter().find(|view| view.handle == handle)?;
        Some((view.resource, Arc::clone(&view.ids)))
    }

    fn close(&self, handle: u32) {
        self.lock().views.retain(|view| view.handle != handle);
    }

    fn lock(&self) -> MutexGuard<'_, OpenViews> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
