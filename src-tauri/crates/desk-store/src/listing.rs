//! A list to be read from its first row to its last, a batch at a time: for exports. Each batch is a read of its own, so that no
//! snapshot holds back what a sync writes meanwhile.

use std::sync::Arc;

use desk_model::{ListQuery, Resource, UnixSeconds};

use crate::{Error, Rows, Store, query, view::hydrate};

/// Which rows a list has, in its order. It stays the same whatever becomes of the view it was taken from.
#[derive(Clone, Debug)]
pub struct Listing {
    resource: Resource,
    ids: Arc<Vec<u32>>,
}

impl Listing {
    /// What the rows are.
    pub fn resource(&self) -> Resource {
        self.resource
    }

    /// How many rows.
    pub fn count(&self) -> u64 {
        self.ids.len() as u64
    }
}

impl Store {
    /// The rows of an open view.
    pub fn listing_of_view(&self, handle: u32) -> Result<Listing, Error> {
        let view = self.views().rows(handle).ok_or(Error::ViewGone)?;
        Ok(Listing {
            resource: view.resource,
            ids: view.ids,
        })
    }

    /// The first `limit` rows of a query, or all. `now` decides which orders are due.
    pub async fn listing(
        &self,
        query: &ListQuery,
        now: UnixSeconds,
        limit: Option<u64>,
    ) -> Result<Listing, Error> {
        query::check(query)?;
        let (resource, query) = (query.resource, query.clone());
        let mut ids = self
            .read_lists(move |lists| query::row_ids(lists, &query, now))
            .await?;
        if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
            ids = ids.iter().copied().take(limit).collect::<Vec<_>>().into();
        }
        Ok(Listing { resource, ids })
    }

    /// Rows of a listing as they are stored now, from its position `start` on. A row that was deleted since is left out.
    pub async fn listed_rows(
        &self,
        listing: &Listing,
        start: u64,
        len: usize,
    ) -> Result<Rows, Error> {
        let (resource, ids) = (listing.resource, Arc::clone(&listing.ids));
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(ids.len());
        let end = start.saturating_add(len).min(ids.len());
        self.read(move |connection| hydrate(connection, resource, &ids[start..end]))
            .await
    }
}
