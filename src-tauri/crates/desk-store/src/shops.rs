//! Shops: saved, renamed, given other credentials.

use desk_model::{GatewayAppId, MallType, Shop, ShopId, TokenState, UnixSeconds};
use rusqlite::{Connection, Params, Row};
use sea_orm::{EntityTrait, IntoActiveModel, Iterable, sea_query::OnConflict};

use crate::{
    Error, Store,
    columns::{seconds, word, words},
    entity::shop::{Column, Entity, Model},
    write::{execute, json_list},
};

const SELECT: &str =
    "SELECT shop_id, app_id, name, region, mall_type, scopes, expires_at, refresh_expires_at,
    token_state, credentials_version, authorized_at FROM shops WHERE NOT is_removed";

/// What a renewed token changes about a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsUpdate {
    /// The version of the credentials in the vault from now on.
    pub version: i64,
    /// When the new token expires.
    pub expires_at: Option<UnixSeconds>,
    /// When the new refresh token expires.
    pub refresh_expires_at: Option<UnixSeconds>,
    /// What the new token may do.
    pub scopes: Vec<String>,
}

impl Store {
    /// Saves a shop, new or known. A shop that was removed comes back with the data that was kept; end its removal first.
    pub async fn save_shop(&self, shop: &Shop) -> Result<(), Error> {
        let all_but_key = Column::iter().filter(|column| !matches!(column, Column::ShopId));
        let replace = OnConflict::column(Column::ShopId)
            .update_columns(all_but_key)
            .to_owned();
        let transaction = self.begin().await?;
        Entity::insert(model(shop)?.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(&*transaction)
            .await?;
        transaction.commit().await
    }

    /// Every shop that is not removed, by name.
    pub async fn shops(&self) -> Result<Vec<Shop>, Error> {
        self.read(|connection| select(connection, "ORDER BY name, shop_id", []))
            .await
    }

    /// One shop that is not removed.
    pub async fn shop(&self, id: &ShopId) -> Result<Option<Shop>, Error> {
        let id = id.as_str().to_owned();
        self.read(|connection| Ok(select(connection, "AND shop_id = ?1", [id])?.pop()))
            .await
    }

    /// Gives a shop another name; `false` if there is no such shop.
    pub async fn rename_shop(&self, id: &ShopId, name: &str) -> Result<bool, Error> {
        self.update_shop(id, "name", name).await
    }

    /// Writes down whether the shop's token can be used.
    pub async fn set_token_state(&self, id: &ShopId, state: TokenState) -> Result<(), Error> {
        self.update_shop(id, "token_state", token_state_word(state))
            .await
            .map(drop)
    }

    /// Points a shop at renewed credentials and makes its token valid. `false`, and nothing changed, where the shop is removed or no longer
    /// has the expected version: whoever changed it meanwhile wins.
    pub async fn update_credentials(
        &self,
        id: &ShopId,
        expected_version: i64,
        update: &CredentialsUpdate,
    ) -> Result<bool, Error> {
        let values = [
            update.version.into(),
            update.expires_at.map(|time| time.0).into(),
            update.refresh_expires_at.map(|time| time.0).into(),
            json_list(&update.scopes)?.into(),
            token_state_word(TokenState::Valid).into(),
            id.as_str().into(),
            expected_version.into(),
        ];
        let transaction = self.begin().await?;
        let updated = execute(
            &transaction,
            "UPDATE shops SET credentials_version = ?, expires_at = ?, refresh_expires_at = ?, scopes = ?, token_state = ?
             WHERE shop_id = ? AND NOT is_removed AND credentials_version = ?",
            values,
        )
        .await?;
        transaction.commit().await?;
        Ok(updated > 0)
    }

    /// Writes down what kind of shop it is now and what its token may do.
    pub async fn update_permissions(
        &self,
        id: &ShopId,
        mall_type: MallType,
        scopes: &[String],
    ) -> Result<(), Error> {
        self.update_shop(id, "mall_type", mall_type_word(mall_type))
            .await?;
        self.update_shop(id, "scopes", &json_list(scopes)?).await?;
        Ok(())
    }

    async fn update_shop(&self, id: &ShopId, column: &str, value: &str) -> Result<bool, Error> {
        let transaction = self.begin().await?;
        let sql = format!("UPDATE shops SET {column} = ? WHERE shop_id = ? AND NOT is_removed");
        let updated = execute(&transaction, &sql, [value.into(), id.as_str().into()]).await?;
        transaction.commit().await?;
        Ok(updated > 0)
    }
}

fn select(connection: &Connection, rest: &str, params: impl Params) -> Result<Vec<Shop>, Error> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} {rest}"))?;
    Ok(statement
        .query_map(params, read)?
        .collect::<Result<_, _>>()?)
}

fn model(shop: &Shop) -> Result<Model, Error> {
    Ok(Model {
        shop_id: shop.shop_id.as_str().to_owned(),
        app_id: shop.app.0,
        name: shop.name.clone(),
        region: shop.region.clone(),
        mall_type: mall_type_word(shop.mall_type).to_owned(),
        scopes: json_list(&shop.scopes)?,
        expires_at: shop.expires_at.map(|time| time.0),
        refresh_expires_at: shop.refresh_expires_at.map(|time| time.0),
        token_state: token_state_word(shop.token_state).to_owned(),
        credentials_version: shop.credentials_version,
        authorized_at: shop.authorized_at.0,
        is_removed: false,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Shop> {
    let mall_types = [
        MallType::Local,
        MallType::SemiManaged,
        MallType::FullManaged,
    ];
    let token_states = [TokenState::Valid, TokenState::Expired, TokenState::Revoked];
    Ok(Shop {
        shop_id: ShopId::new(row.get::<_, String>("shop_id")?),
        app: GatewayAppId(row.get("app_id")?),
        name: row.get("name")?,
        region: row.get("region")?,
        mall_type: word(row, "mall_type", |word| {
            mall_types
                .into_iter()
                .find(|kind| mall_type_word(*kind) == word)
        })?,
        scopes: words(row, "scopes")?,
        expires_at: seconds(row, "expires_at")?,
        refresh_expires_at: seconds(row, "refresh_expires_at")?,
        token_state: word(row, "token_state", |word| {
            token_states
                .into_iter()
                .find(|state| token_state_word(*state) == word)
        })?,
        credentials_version: row.get("credentials_version")?,
        authorized_at: UnixSeconds(row.get("authorized_at")?),
    })
}

fn mall_type_word(mall_type: MallType) -> &'static str {
    match mall_type {
        MallType::Local => "local",
        MallType::SemiManaged => "semi_managed",
        MallType::FullManaged => "full_managed",
    }
}

fn token_state_word(state: TokenState) -> &'static str {
    match state {
        TokenState::Valid => "valid",
        TokenState::Expired => "expired",
        TokenState::Revoked => "revoked",
    }
}
