//! The views that are open: the row ids of each in its order, and which rows have changed since.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use desk_model::{ListQuery, Resource, ShopId};

use crate::row_set::RowSet;

/// As many views as are kept; opening another closes the oldest.
const MAX_OPEN: usize = 16;

/// The open views, oldest first.
#[derive(Default)]
pub(crate) struct OpenViews(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    last_handle: u32,
    views: VecDeque<View>,
}

struct View {
    handle: u32,
    resource: Resource,
    shops: Vec<ShopId>,
    changed: RowSet,
    /// None until they are read.
    rows: Option<ViewedRows>,
}

/// The rows of a view.
#[derive(Clone)]
pub(crate) struct ViewedRows {
    pub(crate) resource: Resource,
    /// In the view's order; four bytes each, since a view may have a million.
    pub(crate) ids: Arc<Vec<u32>>,
    /// The highest row id that was given when the view was opened: higher ones are new.
    pub(crate) last_id: i64,
}

impl OpenViews {
    /// Begins to watch what changes, before the rows are read, so that no change is missed in between.
    pub(crate) fn begin(&self, query: &ListQuery) -> u32 {
        let mut open = self.lock();
        open.last_handle = open.last_handle.wrapping_add(1);
        let handle = open.last_handle;
        open.views.push_back(View {
            handle,
            resource: query.resource,
            shops: query.shops.clone(),
            changed: RowSet::default(),
            rows: None,
        });
        if open.views.len() > MAX_OPEN {
            open.views.pop_front();
        }
        handle
    }

    /// Gives the view its rows.
    pub(crate) fn fill(&self, handle: u32, ids: Arc<Vec<u32>>, last_id: i64) {
        let mut open = self.lock();
        if let Some(view) = open.views.iter_mut().find(|view| view.handle == handle) {
            view.rows = Some(ViewedRows {
                resource: view.resource,
                ids,
                last_id,
            });
        }
    }

    /// The rows of an open view.
    pub(crate) fn rows(&self, handle: u32) -> Option<ViewedRows> {
        let open = self.lock();
        let view = open.views.iter().find(|view| view.handle == handle)?;
        view.rows.clone()
    }

    /// The shops of an open view, empty where it is of all, and how many of the rows that were there when it was opened have changed.
    pub(crate) fn changes(&self, handle: u32) -> Option<(Vec<ShopId>, u64)> {
        let open = self.lock();
        let view = open.views.iter().find(|view| view.handle == handle)?;
        let last_id = view.rows.as_ref()?.last_id;
        Some((view.shops.clone(), view.changed.count_to(last_id)))
    }

    /// Notes rows of a shop that were committed with other content.
    pub(crate) fn note(&self, resource: Resource, shop: &ShopId, changed: &[i64]) {
        if changed.is_empty() {
            return;
        }
        let mut open = self.lock();
        let watching = open.views.iter_mut().filter(|view| {
            view.resource == resource && (view.shops.is_empty() || view.shops.contains(shop))
        });
        for view in watching {
            changed.iter().for_each(|id| view.changed.insert(*id));
        }
    }

    pub(crate) fn close(&self, handle: u32) {
        self.lock().views.retain(|view| view.handle != handle);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
