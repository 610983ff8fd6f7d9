//! Who may ask for what: tokens, scopes, kinds of shops.

use super::find;
use crate::error::Error;
use crate::sandbox::{Dialect, Sandbox};
use crate::world::MallType;

impl Sandbox {
    /// Lets the shop's access tokens of a dialect run out; refresh tokens live on.
    pub fn expire_token(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        state.tokens.expire(dialect, shop, now);
        Ok(())
    }

    /// Kills all the shop's tokens of a dialect, refresh tokens included.
    pub fn revoke_token(&self, dialect: Dialect, shop_id: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.tokens.revoke(dialect, shop);
        Ok(())
    }

    /// Issues a new token, as a seller does who copies it from the page; [`Sandbox::credentials`] then shows it.
    /// On the open platform the shop's older tokens die.
    pub fn renew_token(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<String, Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        Ok(state.tokens.issue(dialect, shop, now).access_token.clone())
    }

    /// Access tokens of the shop live that many seconds from `now`; later ones from their issue.
    pub fn set_token_lifetime(&self, shop_id: &str, seconds: i64, now: i64) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        state.tokens.set_lifetime(shop, seconds, now);
        Ok(())
    }

    /// Takes a scope of either dialect (`order/list`, `bg.order.list.v2.get`) from the shop's tokens.
    pub fn drop_scope(&self, shop_id: &str, scope: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].scopes.remove(scope);
        Ok(())
    }

    /// Gives a scope to the shop's tokens.
    pub fn grant_scope(&self, shop_id: &str, scope: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].scopes.insert(scope.to_owned());
        Ok(())
    }

    /// Makes the shop local, semi-managed or full-managed.
    pub fn set_mall_type(&self, shop_id: &str, mall_type: MallType) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].mall_type = mall_type;
        Ok(())
    }
}
