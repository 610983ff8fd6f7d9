//! The window's process: plugins in order, the profile, the handlers.

use std::{path::PathBuf, time::Duration};

use desk_vault::VaultKind;
use tauri::{Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

use crate::{
    commands,
    diagnostics::Diagnostics,
    export::Exports,
    links, log, pictures, presence,
    profile::Profile,
    reopening,
    window::{self, Opened},
    words::Words,
};

/// At login the tray may come later than we do.
const PATIENCE_FOR_THE_TRAY: Duration = Duration::from_secs(10);
/// Starts the app in the tray.
const HIDDEN: &str = "--hidden";

/// How a window is asked for.
pub(crate) struct WindowOptions {
    /// The profile's folder and kind; not locked yet.
    pub profile: Profile,
    /// The vault asked for; must be the profile's, if it has chosen one.
    pub vault: Option<VaultKind>,
    /// A link from a cold start.
    pub link: Option<String>,
    /// Whether the app starts in the tray.
    pub is_hidden: bool,
    /// For the demo: the file that describes a running sandbox.
    pub sandbox: Option<PathBuf>,
}

/// Lists the handlers once: for Tauri, and for the test that holds them against the contract.
macro_rules! handlers {
    ($($module:ident :: $name:ident),* $(,)?) => {
        fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(commands::$module::$name),*]
        }

        #[cfg(test)]
        const HANDLERS: &[&str] = &[$(stringify!($name)),*];
    };
}

handlers![
    app::app_info,
    app::copy_text,
    app::open_demo,
    authorization::begin_authorization,
    authorization::cancel_authorization,
    authorization::check_pasted,
    authorization::confirm_pasted,
    authorization::open_authorization_page,
    authorization::take_authorization_outcomes,
    diagnostics::prepare_diagnostics,
    diagnostics::save_diagnostics,
    export::cancel_export,
    export::export_view,
    export::reveal_export,
    lists::close_view,
    lists::get_order,
    lists::open_view,
    lists::order_totals,
    lists::refresh_order,
    lists::top_skus,
    lists::view_news,
    lists::view_rows,
    presence::answer_close,
    presence::presence,
    presence::set_autostart,
    settings::choose_vault,
    settings::get_settings,
    settings::save_settings,
    settings::count_orders_beyond,
    settings::unlock_vault,
    settings::vault_status,
    shops::list_gateway_apps,
    shops::list_shops,
    shops::remove_shop,
    shops::undo_removal,
    seller_center::open_seller_center,
    shops::rename_shop,
    shops::save_gateway_app,
    shops::test_gateway_app,
    shops::test_shop,
    sync::cancel_sync,
    sync::list_sync_runs,
    sync::sync_now,
    sync::sync_state,
    sync::watch_sync,
    data::back_up,
    data::data_on_disk,
    data::open_data_folder,
    data::reopen,
    data::restore_copy,
    upkeep::check_data,
    upkeep::list_quarantine,
    upkeep::reread_quarantine,
];

/// Shows the window and runs until it is closed. A second instance for the same profile hands its link over and ends inside.
pub(crate) fn run(options: WindowOptions) -> Result<(), tauri::Error> {
    // The profile's name on the bus hangs on the folder's real path; where it cannot be made, opening it says why.
    let _ = std::fs::create_dir_all(options.profile.folder());
    let bus_name = format!("app.sellerdesk.p{}", options.profile.hash());
    let single_instance = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app, arguments, _| {
            // The second instance waits for this to return, and the window may be busy or closing.
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                if !arguments.iter().any(|argument| argument == HIDDEN) {
                    window::focus(&app);
                }
                if let Some(link) = links::link_in(arguments) {
                    links::take(&app, link);
                }
            });
        })
        .build();
    let app = tauri::Builder::default()
        .plugin(single_instance)
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(
            tauri_plugin_window_state::Builder::default()
                // Whether it is on the screen is for the tray to say.
                .with_state_flags(StateFlags::all() & !StateFlags::VISIBLE)
                .build(),
        )
        .invoke_handler(handler())
        .register_asynchronous_uri_scheme_protocol("desk-image", |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn(async move {
                responder
                    .respond(pictures::answer(&app.state::<Opened>(), request.uri().path()).await);
            });
        })
        .setup(|app| Ok(set_up(app.handle(), options)?))
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            close(app);
        }
    });
    Ok(())
}

fn set_up(app: &tauri::AppHandle, options: WindowOptions) -> tauri::Result<()> {
    let WindowOptions {
        profile,
        vault,
        link,
        is_hidden,
        sandbox,
    } = options;
    let demo = profile.is_demo();
    let desk = tauri::async_runtime::block_on(reopening::open(profile.clone(), vault));
    if desk.is_ok() {
        log::start(profile.folder());
    }
    let language = desk.as_ref().map(|desk| desk.settings().settings.language);
    let title = Words::of(language.unwrap_or_default()).get("app.name", &[]);
    app.manage(Opened::new(profile, vault, desk));
    app.manage(Exports::default());
    app.manage(Diagnostics::default());
    app.manage(presence::Tray::default());
    app.manage(presence::Question::default());
    window::build(app, &title, link, is_hidden)?;
    enter_tray(app, is_hidden);
    connect_demo(app, demo, sandbox);
    Ok(())
}

/// Puts the app into the tray. A window that was to stay hidden is shown where there is none.
fn enter_tray(app: &tauri::AppHandle, is_hidden: bool) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        presence::start_tray(&app).await;
        let tray = app.state::<presence::Tray>();
        if is_hidden && !tray.comes_within(PATIENCE_FOR_THE_TRAY).await {
            window::focus(&app);
        }
    });
}

/// Fills the demo profile's gateway once the window is there.
#[cfg(feature = "demo")]
fn connect_demo(app: &tauri::AppHandle, demo: bool, sandbox: Option<PathBuf>) {
    let Ok(desk) = app.state::<Opened>().desk() else {
        return;
    };
    if demo {
        tauri::async_runtime::spawn(async move {
            if let Err(error) = crate::demo::connect(&desk, sandbox).await {
                tracing::error!(code = ?error.0.code, "the demo has no platform");
            }
        });
    }
}

#[cfg(not(feature = "demo"))]
fn connect_demo(_app: &tauri::AppHandle, _demo: bool, _sandbox: Option<PathBuf>) {}

/// Ends at a page boundary; the demo takes its desktop entry back. From the first line on, a new instance starts by itself instead of
/// talking to one that no longer listens.
fn close(app: &tauri::AppHandle) {
    tauri_plugin_single_instance::destroy(app);
    let opened = app.state::<Opened>();
    let _turn = tauri::async_runtime::block_on(opened.turn.lock());
    let Ok(desk) = opened.desk() else {
        return;
    };
    tauri::async_runtime::block_on(async {
        app.state::<Exports>().close().await;
        desk.close().await;
    });
    desk.give_links_back();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ts_rs::TS;

    use super::*;

    #[test]
    fn the_contract_and_the_handlers_agree() {
        let declared = commands::Commands::inline(&ts_rs::Config::from_env());
        let declared: BTreeSet<&str> = declared
            .trim_start_matches(['{', ' '])
            .split("], ")
            .filter_map(|field| field.split_once(": [").map(|(name, _)| name.trim()))
            .collect();
        let handled: BTreeSet<&str> = HANDLERS.iter().copied().collect();
        assert_eq!(declared, handled);
    }
}
