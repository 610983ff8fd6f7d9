//! Lists, single orders and totals: reads that go straight to the store.

use desk_engine::Error;
use desk_model::{DayTotal, ReadOrderTotals, ReadTopSkus, SkuTotal};
use desk_store::OrderRecord;
use tauri::State;

use super::{
    OpenView, OrderArgument, OrderDetail, Rows, StatusCount, ViewArgument, ViewNews, ViewOpened,
    ViewRows,
};
use crate::{error::CommandError, window::Opened};

const MOST_ROWS: u32 = 500;

#[tauri::command]
pub(crate) async fn open_view(
    opened: State<'_, Opened>,
    arguments: OpenView,
) -> Result<ViewOpened, CommandError> {
    let desk = opened.desk()?;
    let view = desk
        .engine
        .store()
        .open_view(&arguments.query, desk.now())
        .await?;
    let status_counts = view
        .status_counts
        .into_iter()
        .map(|(status, count)| StatusCount { status, count })
        .collect();
    Ok(ViewOpened {
        handle: view.handle,
        count: view.count,
        status_counts,
    })
}

#[tauri::command]
pub(crate) async fn view_rows(
    opened: State<'_, Opened>,
    arguments: ViewRows,
) -> Result<Rows, CommandError> {
    let desk = opened.desk()?;
    let store = desk.engine.store();
    let rows = store
        .view_rows(
            arguments.handle,
            arguments.start,
            arguments.len.min(MOST_ROWS),
        )
        .await?;
    Ok(rows.into())
}

#[tauri::command]
pub(crate) async fn view_news(
    opened: State<'_, Opened>,
    arguments: ViewArgument,
) -> Result<ViewNews, CommandError> {
    let desk = opened.desk()?;
    let store = desk.engine.store();
    let news = store.view_news(arguments.handle).await?;
    Ok(ViewNews {
        changed: news.changed,
        new: news.new,
    })
}

#[tauri::command]
pub(crate) async fn close_view(
    opened: State<'_, Opened>,
    arguments: ViewArgument,
) -> Result<(), CommandError> {
    opened
        .desk()?
        .engine
        .store()
        .close_view(arguments.handle)
        .await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn get_order(
    opened: State<'_, Opened>,
    arguments: OrderArgument,
) -> Result<OrderDetail, CommandError> {
    let desk = opened.desk()?;
    match desk
        .engine
        .store()
        .order(&arguments.shop_id, &arguments.order_sn)
        .await?
    {
        Some(record) => Ok(record.into()),
        None => Err(Error::OrderNotStored(arguments.order_sn).into()),
    }
}

#[tauri::command]
pub(crate) async fn refresh_order(
    opened: State<'_, Opened>,
    arguments: OrderArgument,
) -> Result<OrderDetail, CommandError> {
    let record = opened
        .desk()?
        .engine
        .refresh_order(&arguments.shop_id, &arguments.order_sn)
        .await?;
    Ok(record.into())
}

#[tauri::command]
pub(crate) async fn order_totals(
    opened: State<'_, Opened>,
    arguments: ReadOrderTotals,
) -> Result<Vec<DayTotal>, CommandError> {
    Ok(opened
        .desk()?
        .engine
        .store()
        .order_totals(&arguments)
        .await?)
}

#[tauri::command]
pub(crate) async fn top_skus(
    opened: State<'_, Opened>,
    arguments: ReadTopSkus,
) -> Result<Vec<SkuTotal>, CommandError> {
    Ok(opened.desk()?.engine.store().top_skus(&arguments).await?)
}

impl From<OrderRecord> for OrderDetail {
    fn from(record: OrderRecord) -> Self {
        Self {
            order: record.order,
            status_history: record.status_history,
            raw: record.raw,
            fetched_at: record.fetched_at,
        }
    }
}

impl From<desk_store::Rows> for Rows {
    fn from(rows: desk_store::Rows) -> Self {
        match rows {
            desk_store::Rows::Orders(rows) => Self::Orders(rows),
            desk_store::Rows::Products(rows) => Self::Products(rows),
            desk_store::Rows::Activities(rows) => Self::Activities(rows),
        }
    }
}
