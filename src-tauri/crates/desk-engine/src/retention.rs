//! How long finished orders are kept: for ever, unless the seller sets a number of days.
//!
//! They are counted back from the moment up to which the shop is synced. That is the server's time: a clock that is wrong here deletes
//! nothing, and neither does a shop that nobody syncs any more lose anything.

use std::sync::atomic::Ordering;

use desk_model::{Resource, ShopId, SyncTask, Tag, UnixSeconds};
use tokio_util::sync::CancellationToken;

use crate::{engine::Engine, error::Error, orders::DAY};

/// Stands for all days.
pub(crate) const FOR_EVER: u32 = u32::MAX;

impl Engine {
    /// Sets for how many days finished orders are kept from now on; `None` = for ever. History that is older is not read either.
    pub fn set_retention_days(&self, days: Option<u32>) {
        let days = days.unwrap_or(FOR_EVER);
        self.parts.retention_days.store(days, Ordering::Relaxed);
    }

    /// How many orders would be deleted if they were kept for so many days.
    pub async fn count_orders_beyond(&self, days: u32) -> Result<u64, Error> {
        let mut count = 0;
        for shop in self.store().shops().await? {
            if let Some(before) = self.kept_since(&shop.shop_id, days).await? {
                count += self.store().count_old_orders(&shop.shop_id, before).await?;
            }
        }
        Ok(count)
    }

    /// Deletes the shop's orders that are older than the seller keeps.
    pub(crate) async fn delete_old_orders(
        &self,
        shop: &ShopId,
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        let days = self.parts.retention_days.load(Ordering::Relaxed);
        let Some(before) = self.kept_since(shop, days).await? else {
            return Ok(());
        };
        let mut deleted = 0;
        while !cancel.is_cancelled() {
            match self.store().delete_old_orders(shop, before).await? {
                0 => break,
                some => deleted += some,
            }
        }
        if deleted > 0 {
            self.store().delete_unused_goods().await?;
            tracing::info!(%shop, deleted, "orders beyond the time for which they are kept");
            self.announce(Some(shop), &[Tag::Orders]);
        }
        Ok(())
    }

    /// `None` = everything is kept.
    async fn kept_since(&self, shop: &ShopId, days: u32) -> Result<Option<UnixSeconds>, Error> {
        if days == FOR_EVER {
            return Ok(None);
        }
        let changes = self
            .store()
            .checkpoint(shop, Resource::Orders, SyncTask::Changes)
            .await?;
        let reached = changes.and_then(|changes| changes.reached);
        Ok(reached.map(|reached| reached - i64::from(days) * DAY))
    }
}
