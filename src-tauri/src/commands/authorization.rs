//! Authorizing shops: in the browser, or by a pasted text.

use desk_engine::{Error, ErrorCode, Landing};
use desk_model::ShopId;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use super::{
    AuthorizationArgument, AuthorizationOutcome, AuthorizationStarted, BeginAuthorization,
    CheckPasted, ConfirmPasted, PastedCheck,
};
use crate::{error::CommandError, links, window::Opened};

#[tauri::command]
pub(crate) async fn begin_authorization(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: BeginAuthorization,
) -> Result<AuthorizationStarted, CommandError> {
    let desk = opened.desk()?;
    if arguments.landing == Landing::DeepLink {
        desk.take_links(true).await;
    }
    let heard = links::loopback_sink(&app);
    let started = desk
        .engine
        .begin_authorization(arguments.app, arguments.landing, arguments.shop_id, heard)
        .await?;
    if let Err(error) = open_in_browser(&app, &started.url) {
        desk.engine
            .cancel_authorization(&started.authorization_id)
            .await?;
        return Err(error);
    }
    Ok(AuthorizationStarted {
        authorization_id: started.authorization_id,
        expires_at: started.expires_at,
    })
}

#[tauri::command]
pub(crate) async fn open_authorization_page(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: AuthorizationArgument,
) -> Result<(), CommandError> {
    let page = opened
        .desk()?
        .engine
        .authorization_page(&arguments.authorization_id);
    open_in_browser(&app, &page.ok_or(Error::StateUnknown)?)
}

fn open_in_browser(app: &AppHandle, page: &url::Url) -> Result<(), CommandError> {
    // The library's message may quote the address, which carries the state.
    app.opener()
        .open_url(page.as_str(), None::<&str>)
        .map_err(|_| CommandError::new(ErrorCode::BrowserNotOpened, "the system opens no browser"))
}

#[tauri::command]
pub(crate) async fn cancel_authorization(
    opened: State<'_, Opened>,
    arguments: AuthorizationArgument,
) -> Result<(), CommandError> {
    Ok(opened
        .desk()?
        .engine
        .cancel_authorization(&arguments.authorization_id)
        .await?)
}

#[tauri::command]
pub(crate) async fn take_authorization_outcomes(
    opened: State<'_, Opened>,
) -> Result<Vec<AuthorizationOutcome>, CommandError> {
    Ok(opened.desk()?.take_outcomes())
}

#[tauri::command]
pub(crate) async fn check_pasted(
    opened: State<'_, Opened>,
    arguments: CheckPasted,
) -> Result<PastedCheck, CommandError> {
    let checked = opened
        .desk()?
        .engine
        .check_pasted(arguments.app, &arguments.text, arguments.shop_id)
        .await?;
    Ok(PastedCheck {
        ticket: checked.ticket,
        shops: checked.shops,
    })
}

#[tauri::command]
pub(crate) async fn confirm_pasted(
    opened: State<'_, Opened>,
    arguments: ConfirmPasted,
) -> Result<Vec<ShopId>, CommandError> {
    let desk = opened.desk()?;
    let shops = desk.engine.confirm_pasted(&arguments.ticket).await?;
    desk.begin_first_sync(&shops);
    Ok(shops)
}
