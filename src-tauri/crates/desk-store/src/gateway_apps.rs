//! Gateway apps: the public half of an app's credentials, entered once.

use desk_model::{Dialect, Gateway, GatewayApp, GatewayAppId};
use rusqlite::{Connection, Params, Row};
use sea_orm::{
    ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};

use crate::{
    Error, Store,
    columns::word,
    entity::gateway_app::{ActiveModel, Column, Entity, Model},
};

const SELECT: &str =
    "SELECT id, gateway, dialect, base_url, app_key, redirect_uri, proxy FROM gateway_apps";

impl Store {
    /// Saves an app and gives it back with its id. The id given is ignored: an app is known by gateway, dialect, base URL and app key.
    pub async fn save_gateway_app(&self, app: &GatewayApp) -> Result<GatewayApp, Error> {
        let key = [
            Column::Gateway,
            Column::Dialect,
            Column::BaseUrl,
            Column::AppKey,
        ];
        let replace = OnConflict::columns(key)
            .update_columns([Column::RedirectUri, Column::Proxy])
            .to_owned();
        let model = ActiveModel {
            id: ActiveValue::NotSet,
            ..model(app).into_active_model()
        };
        let transaction = self.begin().await?;
        Entity::insert(model)
            .on_conflict(replace)
            .exec_without_returning(&*transaction)
            .await?;
        let saved = Entity::find()
            .filter(Column::Gateway.eq(app.gateway.as_str()))
            .filter(Column::Dialect.eq(app.dialect.as_str()))
            .filter(Column::BaseUrl.eq(app.base_url.as_str()))
            .filter(Column::AppKey.eq(app.app_key.as_str()))
            .one(&*transaction)
            .await?;
        transaction.commit().await?;
        let saved =
            saved.ok_or_else(|| Error::database("the app is not there after it was saved"))?;
        Ok(GatewayApp {
            id: GatewayAppId(saved.id),
            ..app.clone()
        })
    }

    /// Every app, in the order in which they were entered.
    pub async fn gateway_apps(&self) -> Result<Vec<GatewayApp>, Error> {
        self.read(|connection| select(connection, "ORDER BY id", []))
            .await
    }

    /// One app.
    pub async fn gateway_app(&self, id: GatewayAppId) -> Result<Option<GatewayApp>, Error> {
        self.read(move |connection| Ok(select(connection, "WHERE id = ?1", [id.0])?.pop()))
            .await
    }
}

fn select(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<GatewayApp>, Error> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} {rest}"))?;
    Ok(statement
        .query_map(params, read)?
        .collect::<Result<_, _>>()?)
}

fn model(app: &GatewayApp) -> Model {
    Model {
        id: app.id.0,
        gateway: app.gateway.as_str().to_owned(),
        dialect: app.dialect.as_str().to_owned(),
        base_url: app.base_url.clone(),
        app_key: app.app_key.clone(),
        redirect_uri: app.redirect_uri.clone(),
        proxy: app.proxy.clone(),
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<GatewayApp> {
    Ok(GatewayApp {
        id: GatewayAppId(row.get("id")?),
        gateway: word(row, "gateway", Gateway::parse)?,
        dialect: word(row, "dialect", Dialect::parse)?,
        base_url: row.get("base_url")?,
        app_key: row.get("app_key")?,
        redirect_uri: row.get("redirect_uri")?,
        proxy: row.get("proxy")?,
    })
}
