//! Holds fetched rows against the stored ones by the rule by which a page is committed, and writes nothing.

use desk_model::{Activity, Fetched, Order, Product, ShopId, UnixSeconds};

use crate::{
    Error, Store,
    mirror::{MirrorRow, judge, newest_of_each, stored_rows},
};

/// A row that is not stored as the platform has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The row.
    pub remote_id: String,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// How a stored row differs from the fetched one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// It is not stored.
    Missing,
    /// Another, older content is stored.
    Changed,
    /// It is stored as gone.
    Gone,
}

impl Store {
    /// The orders that a commit of these rows would write.
    pub async fn compare_orders(
        &self,
        shop: &ShopId,
        rows: &[Fetched<Order>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, Error> {
        self.compare(shop, rows, fetched_at).await
    }

    /// The products that a commit of these rows would write.
    pub async fn compare_products(
        &self,
        shop: &ShopId,
        rows: &[Fetched<Product>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, Error> {
        self.compare(shop, rows, fetched_at).await
    }

    /// The activities that a commit of these rows would write.
    pub async fn compare_activities(
        &self,
        shop: &ShopId,
        rows: &[Fetched<Activity>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, Error> {
        self.compare(shop, rows, fetched_at).await
    }

    async fn compare<T: MirrorRow>(
        &self,
        shop: &ShopId,
        rows: &[Fetched<T>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, Error> {
        let rows = newest_of_each(rows);
        let shop = shop.clone();
        let remote_ids: Vec<String> = rows
            .iter()
            .map(|fetched| fetched.value.remote_id().to_owned())
            .collect();
        let stored = self
            .read(move |connection| stored_rows::<T>(connection, &shop, &remote_ids))
            .await?;
        let mut differences = Vec::new();
        for fetched in rows {
            let remote_id = fetched.value.remote_id();
            let before = stored.get(remote_id);
            let judgement = judge(&fetched.value, fetched_at, before)?;
            let kind = match before {
                None => Some(DifferenceKind::Missing),
                Some(_) if judgement.is_back => Some(DifferenceKind::Gone),
                Some(_) => judgement.news.map(|_| DifferenceKind::Changed),
            };
            differences.extend(kind.map(|kind| Difference {
                remote_id: remote_id.to_owned(),
                kind,
            }));
        }
        Ok(differences)
    }
}
