//! `shops add|list|test|remove`.

use desk_engine::{AppInput, DataState};
use desk_model::{Dialect, Gateway, MallType, ShopId, TokenState, UnixSeconds};
use serde::Serialize;

use super::{Exit, arguments::AddArguments, input, output::Output, output::time, resolve_shop};
use crate::{
    commands::{ShopCard, shops::shop_cards},
    desk::Desk,
    error::CommandError,
    words::Words,
};

/// A shop as it is printed.
#[derive(Serialize)]
struct ShopLine {
    shop_id: ShopId,
    name: String,
    gateway: Gateway,
    dialect: Dialect,
    base_url: String,
    app_key: String,
    region: Option<String>,
    mall_type: MallType,
    token_state: TokenState,
    expires_at: Option<UnixSeconds>,
    refresh_expires_at: Option<UnixSeconds>,
    scopes: Vec<String>,
    authorized_at: UnixSeconds,
    data: Vec<DataState>,
}

impl From<ShopCard> for ShopLine {
    fn from(card: ShopCard) -> Self {
        Self {
            shop_id: card.shop.shop_id,
            name: card.shop.name,
            gateway: card.app.gateway,
            dialect: card.app.dialect,
            base_url: card.app.base_url,
            app_key: card.app.app_key,
            region: card.shop.region,
            mall_type: card.shop.mall_type,
            token_state: card.shop.token_state,
            expires_at: card.shop.expires_at,
            refresh_expires_at: card.shop.refresh_expires_at,
            scopes: card.shop.scopes,
            authorized_at: card.shop.authorized_at,
            data: card.data,
        }
    }
}

impl ShopLine {
    fn text(&self) -> String {
        let complete = self
            .data
            .iter()
            .filter_map(|state| state.complete_through)
            .min();
        format!(
            "{}  {}  {}  {:?}  {}",
            self.shop_id,
            super::output::plain(&self.name),
            self.region.as_deref().unwrap_or("–"),
            self.token_state,
            time(complete)
        )
    }
}

pub(super) async fn add(
    desk: &Desk,
    arguments: &AddArguments,
    output: &Output,
) -> Result<Exit, CommandError> {
    let credentials = input::credentials()?;
    input::open_vault(desk).await?;
    let mut app = AppInput {
        gateway: arguments.gateway,
        dialect: arguments.dialect,
        base_url: arguments.base_url.clone(),
        app_key: arguments.app_key.clone(),
        app_secret: credentials.app_secret,
        redirect_uri: None,
        proxy: arguments.proxy.clone(),
    };
    desk.fill_from_environment(&mut app);
    let shop = desk.engine.add_shop(&app, credentials.token).await?;
    desk.record_vault().await?;
    desk.forget_secret_in_file(&app)?;
    for card in shop_cards(desk)
        .await?
        .into_iter()
        .filter(|card| card.shop.shop_id == shop.shop_id)
    {
        let line = ShopLine::from(card);
        output.either(&line, || line.text());
    }
    Ok(Exit::Done)
}

pub(super) async fn list(desk: &Desk, output: &Output) -> Result<Exit, CommandError> {
    for card in shop_cards(desk).await? {
        let line = ShopLine::from(card);
        output.either(&line, || line.text());
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct TestLine<'a> {
    shop_id: &'a ShopId,
    connected: bool,
    clock_offset_seconds: i64,
}

pub(super) async fn test(desk: &Desk, word: &str, output: &Output) -> Result<Exit, CommandError> {
    let shop_id = resolve_shop(desk, word).await?;
    input::prepare_vault(desk, std::slice::from_ref(&shop_id)).await?;
    let connection = desk.engine.test_shop(&shop_id).await?;
    let line = TestLine {
        shop_id: &shop_id,
        connected: true,
        clock_offset_seconds: connection.clock_offset_seconds,
    };
    output.either(&line, || words(desk).get("cli.connected", &[]));
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct RemovedLine<'a> {
    removed: &'a ShopId,
    data_kept: bool,
}

pub(super) async fn remove(
    desk: &Desk,
    word: &str,
    keep_data: bool,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shop_id = resolve_shop(desk, word).await?;
    input::open_vault(desk).await?;
    desk.engine.remove_shop(&shop_id, keep_data).await?;
    let key = if keep_data {
        "cli.removed_data_kept"
    } else {
        "cli.removed"
    };
    output.either(
        &RemovedLine {
            removed: &shop_id,
            data_kept: keep_data,
        },
        || words(desk).get(key, &[("shop", shop_id.as_str())]),
    );
    Ok(Exit::Done)
}

pub(super) fn words(desk: &Desk) -> Words {
    Words::of(desk.settings().settings.language)
}
