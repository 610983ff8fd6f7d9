//! Removing a shop: hidden at once; its token and its data are deleted when that can no longer be undone.
//!
//! What is left to delete is noted in the database, so that an app that ends in between does it at its end, or at its next start.

use std::time::Duration;

use desk_model::{ShopId, Tag};
use desk_store::Removal;
use tokio_util::sync::CancellationToken;

use crate::{
    engine::{Engine, lock},
    error::Error,
};

/// How long a removal can be undone: the ten seconds that the window offers, and one for a press at the last moment.
const UNDO: Duration = Duration::from_secs(11);

impl Engine {
    /// Removes a shop for good: its sync is stopped, its token deleted, its data too unless kept. A vault that is gone does not keep
    /// the shop; its token is deleted when the vault is back.
    pub async fn remove_shop(&self, shop_id: &ShopId, keep_data: bool) -> Result<(), Error> {
        self.hide_shop(shop_id, keep_data, None).await?;
        self.finish_removals().await
    }

    /// Hides a shop, and removes it for good a little later unless `undo_removal` is faster.
    pub async fn remove_shop_soon(&self, shop_id: &ShopId, keep_data: bool) -> Result<(), Error> {
        let settled = CancellationToken::new();
        self.hide_shop(shop_id, keep_data, Some(&settled)).await?;
        let (engine, shop_id) = (self.clone(), shop_id.clone());
        tokio::spawn(async move {
            tokio::select! {
                biased;
                () = settled.cancelled() => return,
                () = engine.parts.clock.sleep(UNDO) => {}
            }
            if let Err(error) = engine.end_removal(&shop_id, &settled).await {
                tracing::warn!(shop = %shop_id, code = ?error.code(), "a removed shop is not yet deleted");
            }
        });
        Ok(())
    }

    /// Brings a shop back as it was; refused when it is too late.
    pub async fn undo_removal(&self, shop_id: &ShopId) -> Result<(), Error> {
        let gate = self.credentials_gate(shop_id);
        let _turn = gate.lock().await;
        let is_shown = self.settle(shop_id) && self.parts.store.undo_removal(shop_id).await?;
        if !is_shown {
            return Err(Error::UnknownShop(shop_id.to_string()));
        }
        self.announce_all(shop_id);
        self.parts.plan_changed.notify_one();
        Ok(())
    }

    /// Deletes what removed shops have left, but for those that can still be brought back.
    pub async fn finish_removals(&self) -> Result<(), Error> {
        for removal in self.parts.store.removals().await? {
            let gate = self.credentials_gate(&removal.shop_id);
            let _turn = gate.lock().await;
            if !lock(&self.parts.undoable).contains_key(&removal.shop_id) {
                self.delete_removed(&removal).await.or_else(forgive_vault)?;
            }
        }
        Ok(())
    }

    /// Deletes what removed shops have left, at once: none can be brought back any more.
    pub async fn finish_removals_now(&self) -> Result<(), Error> {
        for settled in lock(&self.parts.undoable)
            .drain()
            .map(|(_, settled)| settled)
        {
            settled.cancel();
        }
        self.finish_removals().await
    }

    /// Deletes what an earlier removal of a shop has left before the shop comes back. Only with the gate of its credentials.
    pub(crate) async fn finish_removal_before_return(&self, shop_id: &ShopId) -> Result<(), Error> {
        self.settle(shop_id);
        match self.removal(shop_id).await? {
            Some(removal) => self.delete_removed(&removal).await,
            None => Ok(()),
        }
    }

    /// Hides a shop; to be brought back until that is settled.
    async fn hide_shop(
        &self,
        shop_id: &ShopId,
        keep_data: bool,
        settled: Option<&CancellationToken>,
    ) -> Result<(), Error> {
        self.known_shop(shop_id).await?;
        self.cancel_and_wait(shop_id).await;
        let gate = self.credentials_gate(shop_id);
        let _turn = gate.lock().await;
        self.known_shop(shop_id).await?;
        if let Some(settled) = settled {
            lock(&self.parts.undoable).insert(shop_id.clone(), settled.clone());
        }
        let begun = match self.parts.store.remove_shop(shop_id, keep_data).await {
            Ok(begun) => begun,
            Err(error) => {
                self.settle(shop_id);
                return Err(error.into());
            }
        };
        for authorization_id in begun {
            self.forget_authorization(&authorization_id).await;
        }
        self.announce_all(shop_id);
        Ok(())
    }

    async fn end_removal(
        &self,
        shop_id: &ShopId,
        settled: &CancellationToken,
    ) -> Result<(), Error> {
        let gate = self.credentials_gate(shop_id);
        let _turn = gate.lock().await;
        if settled.is_cancelled() {
            return Ok(());
        }
        self.settle(shop_id);
        match self.removal(shop_id).await? {
            Some(removal) => self.delete_removed(&removal).await,
            None => Ok(()),
        }
    }

    async fn removal(&self, shop_id: &ShopId) -> Result<Option<Removal>, Error> {
        let mut removals = self.parts.store.removals().await?;
        removals.retain(|removal| removal.shop_id == *shop_id);
        Ok(removals.pop())
    }

    /// The data first: a vault that is gone keeps only the note of its token.
    async fn delete_removed(&self, removal: &Removal) -> Result<(), Error> {
        let Removal {
            shop_id,
            credentials_version,
        } = removal;
        self.parts.store.delete_removed_data(shop_id).await?;
        self.credentials()
            .delete_tokens(shop_id, *credentials_version)
            .await?;
        Ok(self.parts.store.end_removal(shop_id).await?)
    }

    /// Ends the time in which a removal can be undone; `false` where it has ended.
    fn settle(&self, shop_id: &ShopId) -> bool {
        let settled = lock(&self.parts.undoable).remove(shop_id);
        settled.inspect(CancellationToken::cancel).is_some()
    }

    fn announce_all(&self, shop_id: &ShopId) {
        let all = [
            Tag::Shops,
            Tag::Orders,
            Tag::Products,
            Tag::Activities,
            Tag::SyncRuns,
        ];
        self.announce(Some(shop_id), &all);
    }
}

/// What a vault that is away keeps is noted, and deleted when it is back.
fn forgive_vault(error: Error) -> Result<(), Error> {
    match error {
        Error::Vault(error) => {
            tracing::warn!(%error, "the token of a removed shop stays in the vault until it is back");
            Ok(())
        }
        error => Err(error),
    }
}
