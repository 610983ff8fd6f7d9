//! The shops by number: how they are connected, how much of them is here, and how their syncs went.

use desk_engine::ErrorCode;
use desk_model::{
    Dialect, Gateway, ListQuery, MallType, PageCounts, Resource, RunResult, SyncRun, SyncTask,
    SyncTrigger, TokenState, UnixSeconds,
};
use serde::Serialize;

use super::ShopNumbers;
use crate::{
    commands::{ShopCard, shops::shop_cards},
    desk::Desk,
    error::CommandError,
};

/// So many runs of the sync log are told, the newest.
const RUNS: u32 = 500;

/// A shop without its name and id.
#[derive(Serialize)]
pub(super) struct NumberedShop {
    shop: usize,
    gateway: Gateway,
    dialect: Dialect,
    has_proxy: bool,
    region: Option<String>,
    mall_type: MallType,
    scopes: Vec<String>,
    token_state: TokenState,
    authorized_at: UnixSeconds,
    expires_at: Option<UnixSeconds>,
    rows_put_aside: u64,
    data: Vec<Data>,
}

/// How fresh a kind of data is, and how much of it is here.
#[derive(Serialize)]
struct Data {
    resource: Resource,
    rows: u64,
    allowed: bool,
    complete_from: Option<UnixSeconds>,
    complete_through: Option<UnixSeconds>,
    history_from: Option<UnixSeconds>,
    last_result: Option<RunResult>,
    last_error: Option<ErrorCode>,
}

/// A run of the sync log without what the platform said.
#[derive(Serialize)]
pub(super) struct NumberedRun {
    shop: Option<usize>,
    resource: Resource,
    task: SyncTask,
    trigger: SyncTrigger,
    started_at: UnixSeconds,
    finished_at: Option<UnixSeconds>,
    window_start: Option<UnixSeconds>,
    window_end: Option<UnixSeconds>,
    pages: u64,
    counts: PageCounts,
    result: RunResult,
    error_code: Option<String>,
}

/// Every shop.
pub(super) async fn describe(
    desk: &Desk,
    numbers: &ShopNumbers,
) -> Result<Vec<NumberedShop>, CommandError> {
    let mut shops = Vec::new();
    for card in shop_cards(desk).await? {
        let ShopCard { shop, app, data } = &card;
        let mut described = Vec::new();
        for state in data {
            described.push(Data {
                resource: state.resource,
                rows: rows(desk, &card, state.resource).await?,
                allowed: state.allowed,
                complete_from: state.complete_from,
                complete_through: state.complete_through,
                history_from: state.history_from,
                last_result: state.last_result,
                last_error: state.last_error.as_ref().map(|failure| failure.code),
            });
        }
        shops.push(NumberedShop {
            shop: numbers.get(&shop.shop_id).copied().unwrap_or_default(),
            gateway: app.gateway,
            dialect: app.dialect,
            has_proxy: app.proxy.is_some(),
            region: shop.region.clone(),
            mall_type: shop.mall_type,
            scopes: shop.scopes.clone(),
            token_state: shop.token_state,
            authorized_at: shop.authorized_at,
            expires_at: shop.expires_at,
            rows_put_aside: desk.engine.store().quarantine_count(&shop.shop_id).await?,
            data: described,
        });
    }
    Ok(shops)
}

async fn rows(desk: &Desk, card: &ShopCard, resource: Resource) -> Result<u64, CommandError> {
    let store = desk.engine.store();
    let query = ListQuery {
        shops: vec![card.shop.shop_id.clone()],
        ..ListQuery::all(resource)
    };
    let view = store.open_view(&query, desk.now()).await?;
    store.close_view(view.handle).await;
    Ok(view.count)
}

/// The newest runs, newest first.
pub(super) async fn runs(
    desk: &Desk,
    numbers: &ShopNumbers,
) -> Result<Vec<NumberedRun>, CommandError> {
    let runs = desk.engine.store().sync_runs(None, RUNS).await?;
    let numbered = |run: SyncRun| NumberedRun {
        shop: numbers.get(&run.shop_id).copied(),
        resource: run.resource,
        task: run.task,
        trigger: run.trigger,
        started_at: run.started_at,
        finished_at: run.finished_at,
        window_start: run.window_start,
        window_end: run.window_end,
        pages: run.pages,
        counts: run.counts,
        result: run.result,
        error_code: run.error_code,
    };
    Ok(runs.into_iter().map(numbered).collect())
}
