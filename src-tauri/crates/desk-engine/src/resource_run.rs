//! One resource of one shop, being read: what the reading needs, and what it tells while it goes on.

use std::{future::Future, sync::Mutex};

use desk_model::{PageCounts, Resource, ShopId, Tag, UnixSeconds};
use tokio_util::sync::CancellationToken;

use crate::{
    census,
    engine::{Engine, lock},
    error::Error,
    failure::ErrorCode,
    orders,
    report::{SyncEvent, SyncProgress},
    session::Session,
    sync::offers,
};

/// What the reading of one resource needs.
pub(crate) struct ResourceRun {
    pub(crate) engine: Engine,
    pub(crate) session: Session,
    pub(crate) resource: Resource,
    pub(crate) run_id: i64,
    pub(crate) started_at: UnixSeconds,
    /// How many days back to read, whatever the cursor says.
    pub(crate) since_days: Option<u32>,
    pub(crate) cancel: CancellationToken,
    pub(crate) progress: Mutex<SyncProgress>,
}

/// Errors behind which a scope may be missing, or the shop be of another type than it was: the guide has no code for the one, the open
/// platform none of its own for the other.
fn is_about_permission(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::ScopeMissing | ErrorCode::InvalidParameter | ErrorCode::OrderNotFound
    )
}

impl ResourceRun {
    /// Reads it all.
    pub(crate) async fn read(&self) -> Result<(), Error> {
        let scope = desk_temu::required_scope(self.session.platform.dialect(), self.resource);
        if !self.session.shop.allows(scope) {
            self.check_scope(scope).await?;
        }
        let outcome = match self.resource {
            Resource::Orders => orders::read(self).await,
            Resource::Products => census::read_products(self).await,
            Resource::Activities => census::read_activities(self).await,
        };
        if let Err(error) = &outcome
            && is_about_permission(error.code())
        {
            self.check_scope(scope).await?;
        }
        outcome
    }

    /// Asks what the token allows now: a scope can be given or taken away.
    async fn check_scope(&self, scope: &'static str) -> Result<(), Error> {
        let shop = self.or_canceled(self.session.update_permissions()).await?;
        if !offers(&shop, self.resource) {
            return Err(Error::SemiManaged);
        }
        if shop.allows(scope) {
            Ok(())
        } else {
            Err(Error::ScopeMissing(scope))
        }
    }

    pub(crate) fn shop_id(&self) -> &ShopId {
        &self.session.shop.shop_id
    }

    /// Waits for a page, or for the seller to stop the run: dropping a request loses nothing, since nothing of it is committed.
    pub(crate) async fn or_canceled<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Canceled),
            done = work => done,
        }
    }

    /// Tells everybody that a page was committed.
    pub(crate) fn page_committed(&self, pages_left: u64, counts: PageCounts) {
        self.report(1, pages_left, counts);
        if counts.is_news() {
            let tag = match self.resource {
                Resource::Orders => Tag::Orders,
                Resource::Products => Tag::Products,
                Resource::Activities => Tag::Activities,
            };
            self.engine.announce(Some(self.shop_id()), &[tag]);
        }
    }

    pub(crate) fn report(&self, pages: u64, pages_left: u64, counts: PageCounts) {
        let progress = {
            let mut progress = lock(&self.progress);
            progress.pages_done += pages;
            progress.pages_total = progress.pages_done + pages_left;
            progress.counts.add(counts);
            progress.clone()
        };
        if let Some(running) = lock(&self.engine.parts.running).get_mut(self.shop_id()) {
            running.progress = progress.clone();
        }
        // Without listeners the truth is still in the sync log.
        let _ = self.engine.parts.events.send(SyncEvent::Progress(progress));
    }

    /// Names this stream: another shop, host, endpoint or filter starts a new one instead of using this one's cursor (I7).
    pub(crate) fn stream(&self) -> String {
        use sha2::{Digest, Sha256};
        let identity = format!(
            "{}\n{}",
            self.shop_id(),
            self.session.platform.stream_identity(self.resource)
        );
        hex::encode(Sha256::digest(identity))
    }
}
