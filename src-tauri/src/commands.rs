//! The contract between window and core: every command's arguments and answer, exported to TypeScript.
//!
//! `Commands` is never built. `ui/src/ipc/call.ts` is generic over its fields; a test holds them against the handler list. The handlers
//! are in the modules below, by page.

pub(crate) mod app;
pub(crate) mod authorization;
#[cfg(test)]
mod bindings;
pub(crate) mod data;
pub(crate) mod diagnostics;
pub(crate) mod export;
pub(crate) mod lists;
pub(crate) mod presence;
pub(crate) mod seller_center;
pub(crate) mod settings;
pub(crate) mod shops;
pub(crate) mod sync;
pub(crate) mod upkeep;

use desk_engine::{CheckReport, DataState, Failure, Landing, Reread, SyncProgress, WaitingShop};
use desk_model::{
    Activity, Authorization, Change, DayTotal, Dialect, Gateway, GatewayApp, GatewayAppId,
    ListQuery, Order, OrderSn, Product, Quarantined, ReadOrderTotals, ReadTopSkus, Shop, ShopId,
    SkuTotal, StatusSeen, SyncRun, UnixSeconds,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::{
    app::AppInfo,
    data::{CopyArgument, DataOnDisk},
    diagnostics::SavedDiagnostics,
    presence::{AnswerClose, Presence, SetAutostart},
    settings::CountOrdersBeyond,
};
use crate::{
    diagnostics::DiagnosticsFile,
    export::{ExportProgress, ExportView, Exported, RevealExport},
    presence::ListWanted,
    settings::Settings,
};

/// A field per command: `(arguments, answer)`.
#[derive(TS)]
#[expect(dead_code, reason = "a schema for TypeScript, never built")]
pub(crate) struct Commands {
    app_info: ((), AppInfo),
    list_shops: ((), Vec<ShopCard>),
    list_gateway_apps: ((), Vec<GatewayApp>),
    save_gateway_app: (SaveGatewayApp, GatewayApp),
    test_gateway_app: (AppArgument, ConnectionReport),
    test_shop: (ShopArgument, ConnectionReport),
    begin_authorization: (BeginAuthorization, AuthorizationStarted),
    cancel_authorization: (AuthorizationArgument, ()),
    open_authorization_page: (AuthorizationArgument, ()),
    take_authorization_outcomes: ((), Vec<AuthorizationOutcome>),
    check_pasted: (CheckPasted, PastedCheck),
    confirm_pasted: (ConfirmPasted, Vec<ShopId>),
    rename_shop: (RenameShop, ()),
    remove_shop: (RemoveShop, ()),
    undo_removal: (ShopArgument, ()),
    open_seller_center: (ShopArgument, ()),
    sync_now: (SyncNow, ()),
    cancel_sync: (ShopArgument, ()),
    sync_state: ((), SyncState),
    watch_sync: (WatchSync, ()),
    list_sync_runs: (ListSyncRuns, Vec<SyncRun>),
    data_on_disk: ((), DataOnDisk),
    back_up: ((), ()),
    restore_copy: (CopyArgument, ()),
    open_data_folder: ((), ()),
    reopen: ((), ()),
    prepare_diagnostics: ((), Vec<DiagnosticsFile>),
    save_diagnostics: ((), SavedDiagnostics),
    check_data: (CheckData, CheckReport),
    list_quarantine: ((), Vec<Quarantined>),
    reread_quarantine: ((), Reread),
    open_view: (OpenView, ViewOpened),
    view_rows: (ViewRows, Rows),
    view_news: (ViewArgument, ViewNews),
    close_view: (ViewArgument, ()),
    order_totals: (ReadOrderTotals, Vec<DayTotal>),
    top_skus: (ReadTopSkus, Vec<SkuTotal>),
    export_view: (ExportView, Exported),
    cancel_export: ((), ()),
    reveal_export: (RevealExport, ()),
    get_order: (OrderArgument, OrderDetail),
    refresh_order: (OrderArgument, OrderDetail),
    get_settings: ((), SettingsState),
    save_settings: (SaveSettings, SettingsState),
    presence: ((), Presence),
    set_autostart: (SetAutostart, Presence),
    answer_close: (AnswerClose, ()),
    count_orders_beyond: (CountOrdersBeyond, u64),
    vault_status: ((), VaultStatus),
    choose_vault: (ChooseVault, VaultStatus),
    unlock_vault: (UnlockVault, VaultStatus),
    copy_text: (CopyText, ()),
    open_demo: ((), ()),
}

/// A field per event: its payload. Event names are these in kebab-case.
#[derive(TS)]
#[expect(dead_code, reason = "a schema for TypeScript, never built")]
pub(crate) struct Events {
    /// Commits made these tags stale; at most two a second.
    store_changed: Change,
    /// An authorization ended; `take_authorization_outcomes` tells how, once.
    authorization_completed: (),
    /// How far the export under way has come; at most four a second.
    export_progress: ExportProgress,
    /// A notification was clicked.
    list_wanted: ListWanted,
    /// The seller wants to close the window; `answer_close` says what that is to do.
    close_asked: (),
    /// The window is back on the screen, after the seller had closed it or since the app started without it.
    window_reopened: (),
}

/// A shop with what its card shows.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ShopCard {
    /// The shop.
    pub shop: Shop,
    /// The gateway app it was authorized with.
    pub app: GatewayApp,
    /// How fresh each kind of its data is.
    pub data: Vec<DataState>,
}

/// A gateway app as the seller enters it.
#[derive(Deserialize, TS)]
pub(crate) struct SaveGatewayApp {
    /// The preset.
    pub gateway: Gateway,
    /// Needed for `custom`; the presets speak the open platform's.
    pub dialect: Option<Dialect>,
    /// Needed for `custom`; elsewhere it replaces the preset's, for a relay.
    pub base_url: Option<String>,
    /// The public half.
    pub app_key: String,
    /// The secret half, on its way to the vault; `None` keeps the one that is there.
    pub app_secret: Option<String>,
    /// The redirect address registered for the app.
    pub redirect_uri: Option<String>,
    /// A proxy for this gateway.
    pub proxy: Option<String>,
}

/// Names a gateway app.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct AppArgument {
    /// The app.
    pub app: GatewayAppId,
}

/// Names a shop.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ShopArgument {
    /// The shop.
    pub shop_id: ShopId,
}

/// What a connection test found: that it works, since a failure is an error.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ConnectionReport {
    /// Server time minus local time, in seconds.
    pub clock_offset_seconds: i64,
    /// How long the call took, in milliseconds.
    pub milliseconds: u64,
}

/// Starts an authorization in the browser.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct BeginAuthorization {
    /// The gateway app.
    pub app: GatewayAppId,
    /// Where the answer lands.
    pub landing: Landing,
    /// The shop to authorize again; another shop's token is refused then.
    pub shop_id: Option<ShopId>,
}

/// An authorization that waits for the browser.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct AuthorizationStarted {
    /// Names it; not a secret.
    pub authorization_id: String,
    /// When it is too late.
    pub expires_at: UnixSeconds,
}

/// Names an authorization.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct AuthorizationArgument {
    /// From `AuthorizationStarted`.
    pub authorization_id: String,
}

/// How an authorization ended.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct AuthorizationOutcome {
    /// Which one; `None` for a link that belongs to none.
    pub authorization_id: Option<String>,
    /// The shops it brought.
    pub shops: Vec<ShopId>,
    /// Why it brought none.
    pub failure: Option<Failure>,
}

/// Checks a pasted token, code or redirected address with the platform.
#[derive(Deserialize, TS)]
pub(crate) struct CheckPasted {
    /// The gateway app.
    pub app: GatewayAppId,
    /// What the seller pasted.
    pub text: String,
    /// The shop to authorize again.
    pub shop_id: Option<ShopId>,
}

/// What a pasted text opens, to be shown before anything is stored.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct PastedCheck {
    /// Names the checked text; works once, for ten minutes.
    pub ticket: String,
    /// The shops it opens.
    pub shops: Vec<Authorization>,
}

/// Stores the shops of a checked text.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ConfirmPasted {
    /// From `PastedCheck`.
    pub ticket: String,
}

/// Gives a shop the seller's own name.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct RenameShop {
    /// The shop.
    pub shop_id: ShopId,
    /// Its name.
    pub name: String,
}

/// Removes a shop: its token always, its data unless kept. For ten seconds it can be undone.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct RemoveShop {
    /// The shop.
    pub shop_id: ShopId,
    /// Keep orders, products and activities, so that authorizing again finds them.
    pub keep_data: bool,
}

/// Starts a sync, or joins the one that runs.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct SyncNow {
    /// The shops; empty = all.
    pub shops: Vec<ShopId>,
}

/// What runs now and when the timer is next.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct SyncState {
    /// One entry per shop that is being synced.
    pub running: Vec<SyncProgress>,
    /// When the automatic sync is next; `None` = off.
    pub next_automatic_at: Option<UnixSeconds>,
    /// Why nothing runs by itself; it is tried again at `next_automatic_at`.
    pub paused: Option<Failure>,
    /// Shops that are left alone for a while, since they kept failing.
    pub waiting: Vec<WaitingShop>,
}

/// Subscribes the window to progress.
#[derive(TS)]
#[expect(
    dead_code,
    reason = "a schema for TypeScript; the handler takes the channel itself"
)]
pub(crate) struct WatchSync {
    /// Gets a `SyncEvent` for each page and each end.
    #[ts(type = "unknown")]
    channel: (),
    /// The kinds of message the channel carries.
    #[ts(optional)]
    message: Option<desk_engine::SyncEvent>,
}

/// Asks for the sync log.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ListSyncRuns {
    /// At most this many, newest first.
    pub limit: u32,
    /// Only this shop.
    pub shop_id: Option<ShopId>,
    /// Only what was begun before this run, by its id.
    pub before: Option<i64>,
    /// Only what failed, as a whole or in part.
    pub problems_only: bool,
}

/// Compares what is stored of a shop with what the platform has.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct CheckData {
    /// The shop.
    pub shop_id: ShopId,
    /// Orders whose last change is not before this second…
    pub from: UnixSeconds,
    /// … and not after this one.
    pub to: UnixSeconds,
    /// Set right what differs.
    pub repair: bool,
}

/// Opens a list.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct OpenView {
    /// What it shows.
    pub query: ListQuery,
}

/// An open list: its order stands still until it is closed.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ViewOpened {
    /// Names it.
    pub handle: u32,
    /// How many rows it has.
    pub count: u64,
    /// Rows per status under the same query without its status filter.
    pub status_counts: Vec<StatusCount>,
}

/// How many rows have a status.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct StatusCount {
    /// The status, or for orders also `due_soon` (ships within 24 h) and `overdue`.
    pub status: String,
    /// Rows.
    pub count: u64,
}

/// Reads rows of an open list.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ViewRows {
    /// From `ViewOpened`.
    pub handle: u32,
    /// First row, from 0.
    pub start: u64,
    /// At most this many; at most 500.
    pub len: u32,
}

/// Rows of a list.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "resource", content = "rows", rename_all = "snake_case")]
pub(crate) enum Rows {
    /// Orders.
    Orders(Vec<Order>),
    /// Products.
    Products(Vec<Product>),
    /// Activities.
    Activities(Vec<Activity>),
}

/// Names an open list.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ViewArgument {
    /// From `ViewOpened`.
    pub handle: u32,
}

/// What happened to an open list's resource, in its shops, since it was opened.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ViewNews {
    /// Rows that were there and are different now.
    pub changed: u64,
    /// Rows that came.
    pub new: u64,
}

/// Names an order.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct OrderArgument {
    /// The shop.
    pub shop_id: ShopId,
    /// The order number.
    pub order_sn: OrderSn,
}

/// Everything known about an order.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct OrderDetail {
    /// The order.
    pub order: Order,
    /// Its statuses as they were seen, oldest first.
    pub status_history: Vec<StatusSeen>,
    /// The platform's JSON without personal data.
    pub raw: Option<String>,
    /// Server time of the fetch that brought the newest version.
    pub fetched_at: UnixSeconds,
}

/// The settings in force.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct SettingsState {
    /// In force now.
    pub settings: Settings,
    /// Names of the fields that the environment or `.env` sets, and the window cannot.
    pub set_by_environment: Vec<String>,
}

/// New settings.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct SaveSettings {
    /// All of them; fields set by the environment are ignored.
    pub settings: Settings,
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VaultChoice {
    /// The operating system's keychain.
    Keychain,
    /// A file in the profile, encrypted with a passphrase.
    Passphrase,
    /// Nowhere: this session only.
    Memory,
}

/// Whether secrets can be read and written now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VaultReadiness {
    /// They can.
    Ready,
    /// The keychain, or the passphrase file, is locked.
    Locked,
    /// There is no keychain on this system.
    Absent,
    /// The keychain does not answer.
    Slow,
}

/// The vault's state.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct VaultStatus {
    /// Which one the profile uses.
    pub kind: VaultChoice,
    /// Whether it works now.
    pub readiness: VaultReadiness,
}

/// Chooses where secrets are kept; once per profile, and only while no shop is authorized.
#[derive(Deserialize, TS)]
pub(crate) struct ChooseVault {
    /// Where.
    pub kind: VaultChoice,
    /// For `passphrase`: the new passphrase.
    pub passphrase: Option<String>,
}

/// Opens the passphrase file for this session, or asks the keychain to unlock.
#[derive(Deserialize, TS)]
pub(crate) struct UnlockVault {
    /// For `passphrase`.
    pub passphrase: Option<String>,
}

/// Puts text on the clipboard.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct CopyText {
    /// The text.
    pub text: String,
}
