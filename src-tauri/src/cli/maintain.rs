//! `maintain`: what the app does by itself between two syncs.

use desk_engine::Engine;
use desk_model::ShopId;

use super::{Exit, input, output::Output, shops::words, sync};
use crate::{desk::Desk, error::CommandError};

pub(super) async fn run(
    desk: &Desk,
    shop: Option<&str>,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shops = sync::shops(desk, shop).await?;
    input::prepare_vault(desk, &shops).await?;
    let outcomes = sync::with_progress(desk, maintain(&desk.engine, &shops), output).await;
    let mut exit = Exit::Done;
    for error in outcomes.into_iter().filter_map(Result::err) {
        let failure = CommandError::from(error).0;
        output.failure(&failure, words(desk));
        exit = failure.code.into();
    }
    Ok(exit)
}

async fn maintain(engine: &Engine, shops: &[ShopId]) -> Vec<Result<(), desk_engine::Error>> {
    let each = shops.iter().map(|shop| engine.maintain_shop(shop));
    futures_util::future::join_all(each).await
}
