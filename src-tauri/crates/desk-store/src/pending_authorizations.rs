//! Authorizations under way: begun in the app, to be ended by a browser that comes back. Each is taken at most once.

use desk_model::{GatewayAppId, ShopId, UnixSeconds};
use rusqlite::OptionalExtension;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use crate::{
    Error, Store,
    entity::pending_authorization::{Column, Entity, Model},
};

/// An authorization that waits for the browser. Its secrets (`state`, PKCE verifier) are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAuthorization {
    /// The public name of the attempt.
    pub authorization_id: String,
    /// Hexadecimal SHA-256 of the one-time `state`.
    pub state_hash: String,
    /// The app that asks.
    pub app: GatewayAppId,
    /// Where the browser is sent after the consent.
    pub redirect_uri: String,
    /// The shop that is authorized again, if it is one.
    pub shop_id: Option<ShopId>,
    /// When it was begun.
    pub created_at: UnixSeconds,
    /// From when on it is no longer accepted.
    pub expires_at: UnixSeconds,
}

impl Store {
    /// Remembers an authorization that was begun.
    pub async fn add_pending_authorization(
        &self,
        pending: &PendingAuthorization,
    ) -> Result<(), Error> {
        let transaction = self.begin().await?;
        Entity::insert(model(pending).into_active_model())
            .exec_without_returning(&*transaction)
            .await?;
        transaction.commit().await
    }

    /// Looks at the authorization with this hash of its `state` without taking it. `None` when it is unknown, taken, or expired.
    pub async fn pending_authorization(
        &self,
        state_hash: &str,
        now: UnixSeconds,
    ) -> Result<Option<PendingAuthorization>, Error> {
        let state_hash = state_hash.to_owned();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT authorization_id, state_hash, app_id, redirect_uri, shop_id, created_at, expires_at
                 FROM pending_authorizations WHERE state_hash = ?1 AND expires_at > ?2",
            )?;
            let found = statement.query_row((state_hash, now.0), |row| {
                Ok(PendingAuthorization {
                    authorization_id: row.get(0)?,
                    state_hash: row.get(1)?,
                    app: GatewayAppId(row.get(2)?),
                    redirect_uri: row.get(3)?,
                    shop_id: row.get::<_, Option<String>>(4)?.map(ShopId::new),
                    created_at: UnixSeconds(row.get(5)?),
                    expires_at: UnixSeconds(row.get(6)?),
                })
            });
            Ok(found.optional()?)
        })
        .await
    }

    /// Takes the authorization with this hash of its `state` out of the store: of several takers, one gets it. `None` when it is unknown,
    /// taken, or expired.
    pub async fn take_pending_authorization(
        &self,
        state_hash: &str,
        now: UnixSeconds,
    ) -> Result<Option<PendingAuthorization>, Error> {
        let in_time = Column::StateHash
            .eq(state_hash)
            .and(Column::ExpiresAt.gt(now.0));
        self.take(in_time).await
    }

    /// Takes an authorization out of the store by its public name, for example because the seller gave it up.
    pub async fn remove_pending_authorization(
        &self,
        authorization_id: &str,
    ) -> Result<Option<PendingAuthorization>, Error> {
        self.take(Column::AuthorizationId.eq(authorization_id))
            .await
    }

    /// Forgets the authorizations that expired and gives their public names: the caller's vault still has their PKCE verifiers.
    pub async fn purge_expired_authorizations(
        &self,
        now: UnixSeconds,
    ) -> Result<Vec<String>, Error> {
        let transaction = self.begin().await?;
        let expired = remove(&transaction, Column::ExpiresAt.lte(now.0)).await?;
        transaction.commit().await?;
        Ok(expired)
    }

    /// Finds and deletes. Nobody comes between: the transaction holds the write lock from its beginning.
    async fn take(&self, which: Expr) -> Result<Option<PendingAuthorization>, Error> {
        let transaction = self.begin().await?;
        let Some(model) = Entity::find().filter(which).one(&*transaction).await? else {
            return Ok(None);
        };
        Entity::delete_by_id(model.authorization_id.clone())
            .exec(&*transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(PendingAuthorization {
            authorization_id: model.authorization_id,
            state_hash: model.state_hash,
            app: GatewayAppId(model.app_id),
            redirect_uri: model.redirect_uri,
            shop_id: model.shop_id.map(ShopId::new),
            created_at: UnixSeconds(model.created_at),
            expires_at: UnixSeconds(model.expires_at),
        }))
    }
}

/// Forgets the authorizations that were begun for a shop and gives their public names.
pub(crate) async fn remove_of_shop(
    transaction: &DatabaseTransaction,
    shop: &ShopId,
) -> Result<Vec<String>, Error> {
    remove(transaction, Column::ShopId.eq(shop.as_str())).await
}

async fn remove(transaction: &DatabaseTransaction, which: Expr) -> Result<Vec<String>, Error> {
    let found = Entity::find()
        .filter(which.clone())
        .all(transaction)
        .await?;
    Entity::delete_many()
        .filter(which)
        .exec(transaction)
        .await?;
    let names = found.into_iter().map(|model| model.authorization_id);
    Ok(names.collect())
}

fn model(pending: &PendingAuthorization) -> Model {
    Model {
        authorization_id: pending.authorization_id.clone(),
        state_hash: pending.state_hash.clone(),
        app_id: pending.app.0,
        redirect_uri: pending.redirect_uri.clone(),
        shop_id: pending.shop_id.as_ref().map(|id| id.as_str().to_owned()),
        created_at: pending.created_at.0,
        expires_at: pending.expires_at.0,
    }
}
