//! Remembers: SQLite behind plain Rust types. No network, no secrets, and no entity leaves it.

mod connect;
mod error;
mod sync_state;
mod view;

pub use connect::{Access, Store};
pub use error::Error;
pub use sync_state::{Checkpoint, NewRun, OpenWindow, PageCommit, RunEnd};
pub use view::{OpenedView, OrderRecord, Rows};

use desk_model::*;
/// An authorization that waits for the browser to come back. Its secrets (`state`, PKCE verifier) are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAuthorization {
    /// The public name of the attempt.
    pub authorization_id: String,
    /// Hexadecimal SHA-256 of the one-time `state`.
    pub state_hash: String,
    /// The app that asks.
    pub app: GatewayAppId,
    /// Where the browser is sent after the consent.
    pub redirect_uri: String,
    /// The shop that is authorized again, if it is one.
    pub shop_id: Option<ShopId>,
    /// When it was begun.
    pub created_at: UnixSeconds,
    /// When it is no longer accepted.
    pub expires_at: UnixSeconds,
}

#[allow(unused_variables, missing_docs)]
impl Store {
    pub async fn save_gateway_app(&self, app: &GatewayApp) -> Result<GatewayApp, Error> {
        todo!()
    }
    pub async fn gateway_apps(&self) -> Result<Vec<GatewayApp>, Error> {
        todo!()
    }
    pub async fn gateway_app(&self, id: GatewayAppId) -> Result<Option<GatewayApp>, Error> {
        todo!()
    }
    pub async fn save_shop(&self, shop: &Shop) -> Result<(), Error> {
        todo!()
    }
    pub async fn shops(&self) -> Result<Vec<Shop>, Error> {
        todo!()
    }
    pub async fn shop(&self, id: &ShopId) -> Result<Option<Shop>, Error> {
        todo!()
    }
    pub async fn rename_shop(&self, id: &ShopId, name: &str) -> Result<bool, Error> {
        todo!()
    }
    pub async fn set_token_state(&self, id: &ShopId, state: TokenState) -> Result<(), Error> {
        todo!()
    }
    pub async fn remove_shop(&self, id: &ShopId, keep_data: bool) -> Result<(), Error> {
        todo!()
    }
    pub async fn add_pending_authorization(
        &self,
        pending: &PendingAuthorization,
    ) -> Result<(), Error> {
        todo!()
    }
    pub async fn take_pending_authorization(
        &self,
        state_hash: &str,
        now: UnixSeconds,
    ) -> Result<Option<PendingAuthorization>, Error> {
        todo!()
    }
    pub async fn pending_authorization_by_id(
        &self,
        authorization_id: &str,
    ) -> Result<Option<PendingAuthorization>, Error> {
        todo!()
    }
    pub async fn remove_pending_authorization(
        &self,
        authorization_id: &str,
    ) -> Result<Option<PendingAuthorization>, Error> {
        todo!()
    }
    pub async fn checkpoint(
        &self,
        shop: &ShopId,
        resource: Resource,
    ) -> Result<Option<Checkpoint>, Error> {
        todo!()
    }
    pub async fn start_run(&self, run: &NewRun) -> Result<i64, Error> {
        todo!()
    }
    pub async fn commit_orders(&self, commit: &PageCommit<'_, Order>) -> Result<PageCounts, Error> {
        todo!()
    }
    pub async fn commit_products(
        &self,
        commit: &PageCommit<'_, Product>,
    ) -> Result<PageCounts, Error> {
        todo!()
    }
    pub async fn commit_activities(
        &self,
        commit: &PageCommit<'_, Activity>,
    ) -> Result<PageCounts, Error> {
        todo!()
    }
    pub async fn finish_run(&self, run_id: i64, end: &RunEnd) -> Result<(), Error> {
        todo!()
    }
    pub async fn sync_runs(
        &self,
        shop: Option<&ShopId>,
        limit: u32,
    ) -> Result<Vec<SyncRun>, Error> {
        todo!()
    }
    pub async fn latest_runs(&self, shop: &ShopId) -> Result<Vec<SyncRun>, Error> {
        todo!()
    }
    pub async fn abandon_runs(&self, now: UnixSeconds) -> Result<u64, Error> {
        todo!()
    }
    pub async fn open_view(
        &self,
        query: &ListQuery,
        now: UnixSeconds,
    ) -> Result<OpenedView, Error> {
        todo!()
    }
    pub async fn view_rows(&self, handle: u32, start: u64, len: u32) -> Result<Rows, Error> {
        todo!()
    }
    pub async fn close_view(&self, handle: u32) {
        todo!()
    }
    pub async fn list(&self, query: &ListQuery, limit: Option<u64>) -> Result<Rows, Error> {
        todo!()
    }
    pub async fn order(&self, shop: &ShopId, sn: &OrderSn) -> Result<Option<OrderRecord>, Error> {
        todo!()
    }
    pub async fn shops_with_order(&self, sn: &OrderSn) -> Result<Vec<ShopId>, Error> {
        todo!()
    }
    pub async fn quarantine_count(&self, shop: &ShopId) -> Result<u64, Error> {
        todo!()
    }
    pub async fn has_picture(&self, url: &str) -> Result<bool, Error> {
        todo!()
    }
    pub async fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        todo!()
    }
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), Error> {
        todo!()
    }
}
