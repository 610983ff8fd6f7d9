//! Shops and gateway apps.

use std::time::Instant;

use desk_engine::{AppInput, Connection};
use desk_model::{GatewayApp, Secret};
use tauri::State;

use super::{
    AppArgument, ConnectionReport, RemoveShop, RenameShop, SaveGatewayApp, ShopArgument, ShopCard,
};
use crate::{desk::Desk, error::CommandError, window::Opened};

#[tauri::command]
pub(crate) async fn list_shops(opened: State<'_, Opened>) -> Result<Vec<ShopCard>, CommandError> {
    let desk = opened.desk()?;
    shop_cards(&desk).await
}

/// Every shop with its app and the age of its data.
pub(crate) async fn shop_cards(desk: &Desk) -> Result<Vec<ShopCard>, CommandError> {
    let apps = desk.engine.store().gateway_apps().await?;
    let mut cards = Vec::new();
    for shop in desk.engine.store().shops().await? {
        let Some(app) = apps.iter().find(|app| app.id == shop.app) else {
            continue;
        };
        let data = desk.engine.data_states(&shop).await?;
        cards.push(ShopCard {
            app: app.clone(),
            data,
            shop,
        });
    }
    Ok(cards)
}

#[tauri::command]
pub(crate) async fn list_gateway_apps(
    opened: State<'_, Opened>,
) -> Result<Vec<GatewayApp>, CommandError> {
    Ok(opened.desk()?.engine.store().gateway_apps().await?)
}

#[tauri::command]
pub(crate) async fn save_gateway_app(
    opened: State<'_, Opened>,
    arguments: SaveGatewayApp,
) -> Result<GatewayApp, CommandError> {
    opened.desk()?.save_app(arguments.into()).await
}

#[tauri::command]
pub(crate) async fn test_gateway_app(
    opened: State<'_, Opened>,
    arguments: AppArgument,
) -> Result<ConnectionReport, CommandError> {
    let started = Instant::now();
    let connection = opened.desk()?.engine.test_app(arguments.app).await?;
    Ok(report(connection, started))
}

#[tauri::command]
pub(crate) async fn test_shop(
    opened: State<'_, Opened>,
    arguments: ShopArgument,
) -> Result<ConnectionReport, CommandError> {
    let started = Instant::now();
    let connection = opened.desk()?.engine.test_shop(&arguments.shop_id).await?;
    Ok(report(connection, started))
}

fn report(connection: Connection, started: Instant) -> ConnectionReport {
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    ConnectionReport {
        clock_offset_seconds: connection.clock_offset_seconds,
        milliseconds,
    }
}

#[tauri::command]
pub(crate) async fn rename_shop(
    opened: State<'_, Opened>,
    arguments: RenameShop,
) -> Result<(), CommandError> {
    Ok(opened
        .desk()?
        .engine
        .rename_shop(&arguments.shop_id, &arguments.name)
        .await?)
}

#[tauri::command]
pub(crate) async fn remove_shop(
    opened: State<'_, Opened>,
    arguments: RemoveShop,
) -> Result<(), CommandError> {
    Ok(opened
        .desk()?
        .engine
        .remove_shop_soon(&arguments.shop_id, arguments.keep_data)
        .await?)
}

#[tauri::command]
pub(crate) async fn undo_removal(
    opened: State<'_, Opened>,
    arguments: ShopArgument,
) -> Result<(), CommandError> {
    Ok(opened
        .desk()?
        .engine
        .undo_removal(&arguments.shop_id)
        .await?)
}

impl From<SaveGatewayApp> for AppInput {
    fn from(form: SaveGatewayApp) -> Self {
        Self {
            gateway: form.gateway,
            dialect: form.dialect,
            base_url: form.base_url,
            app_key: form.app_key,
            app_secret: form
                .app_secret
                .filter(|secret| !secret.trim().is_empty())
                .map(Secret::new),
            redirect_uri: form.redirect_uri,
            proxy: form.proxy,
        }
    }
}
