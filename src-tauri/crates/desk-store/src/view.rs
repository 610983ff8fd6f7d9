//! Lists. A view filters and sorts once and keeps the row ids, so that scrolling reads rows by id and stays stable while a sync writes.

use desk_model::{Activity, ListQuery, Order, Product, Resource, UnixSeconds};
use rusqlite::Connection;

use crate::{Error, Store, activities, mirror::last_row_id, orders, products, query};

/// Rows that are read from the database at once.
const ROWS_PER_READ: usize = 1000;

/// A view that was opened: what is needed to draw the list before any row is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedView {
    /// Names the view in `view_rows` and `close_view`.
    pub handle: u32,
    /// Rows in the view.
    pub count: u64,
    /// Rows by status word under the same query without its statuses and risks, every status once; for orders also `due_soon` and
    /// `overdue`.
    pub status_counts: Vec<(String, u64)>,
}

/// What happened to a view's resource, in its shops, since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewNews {
    /// Rows that were there and have other content now. What a commit changed while the view was being opened counts.
    pub changed: u64,
    /// Rows that came.
    pub new: u64,
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

impl Rows {
    fn len(&self) -> usize {
        match self {
            Self::Orders(rows) => rows.len(),
            Self::Products(rows) => rows.len(),
            Self::Activities(rows) => rows.len(),
        }
    }
}

impl Store {
    /// Opens a view. `now` decides which orders are due.
    pub async fn open_view(
        &self,
        query: &ListQuery,
        now: UnixSeconds,
    ) -> Result<OpenedView, Error> {
        query::check(query)?;
        let handle = self.views().begin(query);
        let query = query.clone();
        let read = self.read_lists(move |lists| {
            let listed = query::list_and_count(lists, &query, now)?;
            Ok((listed, last_row_id(lists, query.resource)?))
        });
        match read.await {
            Ok((listed, last_id)) => {
                let count = listed.ids.len() as u64;
                self.views().fill(handle, listed.ids, last_id);
                Ok(OpenedView {
                    handle,
                    count,
                    status_counts: listed.status_counts,
                })
            }
            Err(error) => {
                self.views().close(handle);
                Err(error)
            }
        }
    }

    /// Rows of a view as they are stored now, from its position `start` on. Where one was deleted since, the view is gone: the places of
    /// the others would no longer be theirs.
    pub async fn view_rows(&self, handle: u32, start: u64, len: u32) -> Result<Rows, Error> {
        let view = self.views().rows(handle).ok_or(Error::ViewGone)?;
        let count = view.ids.len();
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(count);
        let end = start.saturating_add(len as usize).min(count);
        let rows = self
            .read(move |connection| hydrate(connection, view.resource, &view.ids[start..end]))
            .await?;
        if rows.len() < end - start {
            self.views().close(handle);
            return Err(Error::ViewGone);
        }
        Ok(rows)
    }

    /// What happened to a view's resource, in its shops, since it was opened.
    pub async fn view_news(&self, handle: u32) -> Result<ViewNews, Error> {
        let view = self.views().rows(handle).ok_or(Error::ViewGone)?;
        let (shops, changed) = self.views().changes(handle).ok_or(Error::ViewGone)?;
        let new = self
            .read_lists(move |lists| query::newer_rows(lists, view.resource, &shops, view.last_id))
            .await?;
        Ok(ViewNews { changed, new })
    }

    /// Closes a view.
    pub async fn close_view(&self, handle: u32) {
        self.views().close(handle);
    }

    /// The first `limit` rows of a list, or all. `now` decides which orders are due.
    pub async fn list(
        &self,
        query: &ListQuery,
        now: UnixSeconds,
        limit: Option<u64>,
    ) -> Result<Rows, Error> {
        let listing = self.listing(query, now, limit).await?;
        self.listed_rows(&listing, 0, usize::MAX).await
    }
}

pub(crate) fn hydrate(
    connection: &Connection,
    resource: Resource,
    ids: &[u32],
) -> Result<Rows, Error> {
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
    ids: &[u32],
    read: impl Fn(&[i64]) -> Result<Vec<T>, Error>,
) -> Result<Vec<T>, Error> {
    let mut rows = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS_PER_READ) {
        let chunk: Vec<i64> = chunk.iter().copied().map(i64::from).collect();
        rows.extend(read(&chunk)?);
    }
    Ok(rows)
}
