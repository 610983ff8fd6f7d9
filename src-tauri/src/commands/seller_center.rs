//! The platform's own pages for a shop, in the seller's browser.

use desk_engine::ErrorCode;
use desk_model::Gateway;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use super::ShopArgument;
use crate::{error::CommandError, window::Opened};

/// Opens the start page: the address of an order's own page is documented nowhere.
#[tauri::command]
pub(crate) async fn open_seller_center(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: ShopArgument,
) -> Result<(), CommandError> {
    let shop_id = &arguments.shop_id;
    let store = opened.desk()?.engine.store().clone();
    let shop = store.shop(shop_id).await?;
    let shop = shop.ok_or_else(|| desk_engine::Error::UnknownShop(shop_id.to_string()))?;
    let apps = store.gateway_apps().await?;
    let gateway = apps
        .iter()
        .find(|app| app.id == shop.app)
        .map(|app| app.gateway);
    let address = gateway.and_then(address).ok_or_else(|| {
        CommandError::new(
            ErrorCode::InvalidInput,
            format!("the Seller Center of {shop_id} is not known"),
        )
    })?;
    let refuse = |error: String| CommandError::new(ErrorCode::Internal, error);
    tokio::task::spawn_blocking(move || app.opener().open_url(address, None::<&str>))
        .await
        .map_err(|error| refuse(error.to_string()))?
        .map_err(|error| refuse(error.to_string()))
}

/// The start page of a gateway's Seller Center; a gateway of the seller's own has none.
fn address(gateway: Gateway) -> Option<String> {
    gateway.seller_center().map(|origin| format!("{origin}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_platforms_own_pages_are_opened() {
        let known = [
            (Gateway::Us, "https://seller.temu.com/"),
            (Gateway::Eu, "https://seller-eu.temu.com/"),
            (Gateway::Global, "https://agentseller.temu.com/"),
        ];
        for (gateway, expected) in known {
            assert_eq!(address(gateway).as_deref(), Some(expected));
        }
        assert_eq!(address(Gateway::Custom), None);
    }
}
