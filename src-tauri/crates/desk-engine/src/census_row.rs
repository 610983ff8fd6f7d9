//! What a census needs to know of products and activities.

use desk_model::{Activity, Fetched, Page, Product, ShopId, UnixSeconds};
use desk_store::{CommittedPage, Difference, PageCommit, Store};
use desk_temu::{Caller, Pass, Platform};

/// A row that a census reads.
pub(crate) trait CensusRow: Sized {
    /// The platform's id.
    fn id(&self) -> &str;
    /// The lists that together hold every row.
    fn passes(platform: &Platform) -> &'static [Pass];
    /// The span of time that a row must touch to be in the lists.
    fn listed_span(platform: &Platform) -> Option<(UnixSeconds, UnixSeconds)>;
    async fn fetch(
        platform: &Platform,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Self>, desk_temu::Error>;
    async fn commit(
        store: &Store,
        page: &PageCommit<'_, Self>,
    ) -> Result<CommittedPage, desk_store::Error>;
    async fn compare(
        store: &Store,
        shop: &ShopId,
        rows: &[Fetched<Self>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, desk_store::Error>;
}

impl CensusRow for Product {
    fn id(&self) -> &str {
        self.product_id.as_str()
    }

    fn passes(platform: &Platform) -> &'static [Pass] {
        platform.product_passes()
    }

    fn listed_span(_platform: &Platform) -> Option<(UnixSeconds, UnixSeconds)> {
        None
    }

    async fn fetch(
        platform: &Platform,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Self>, desk_temu::Error> {
        platform.products_page(caller, pass, page).await
    }

    async fn commit(
        store: &Store,
        page: &PageCommit<'_, Self>,
    ) -> Result<CommittedPage, desk_store::Error> {
        store.commit_products(page).await
    }

    async fn compare(
        store: &Store,
        shop: &ShopId,
        rows: &[Fetched<Self>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, desk_store::Error> {
        store.compare_products(shop, rows, fetched_at).await
    }
}

impl CensusRow for Activity {
    fn id(&self) -> &str {
        self.activity_id.as_str()
    }

    fn passes(platform: &Platform) -> &'static [Pass] {
        platform.activity_passes()
    }

    fn listed_span(platform: &Platform) -> Option<(UnixSeconds, UnixSeconds)> {
        platform.activity_span()
    }

    async fn fetch(
        platform: &Platform,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Self>, desk_temu::Error> {
        platform.activities_page(caller, pass, page).await
    }

    async fn commit(
        store: &Store,
        page: &PageCommit<'_, Self>,
    ) -> Result<CommittedPage, desk_store::Error> {
        store.commit_activities(page).await
    }

    async fn compare(
        store: &Store,
        shop: &ShopId,
        rows: &[Fetched<Self>],
        fetched_at: UnixSeconds,
    ) -> Result<Vec<Difference>, desk_store::Error> {
        store.compare_activities(shop, rows, fetched_at).await
    }
}
