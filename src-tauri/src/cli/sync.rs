//! `sync`.

use desk_engine::{ShopSummary, SyncEvent, SyncProgress};
use desk_model::{ResourceCounts, RunResult, ShopId, SyncTrigger};
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{Exit, input, output::Output, resolve_shop, shops::words};
use crate::{
    desk::Desk,
    error::CommandError,
    words::{ExplainedFailure, Words},
};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Progress(&'a SyncProgress),
    Summary { shops: Vec<SummaryLine<'a>> },
}

#[derive(Serialize)]
struct SummaryLine<'a> {
    shop_id: &'a ShopId,
    result: RunResult,
    resources: &'a ResourceCounts,
    error: Option<ExplainedFailure>,
}

pub(super) async fn run(
    desk: &Desk,
    shop: Option<&str>,
    since_days: Option<u32>,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shops = shops(desk, shop).await?;
    input::prepare_vault(desk, &shops).await?;
    let syncing = desk
        .engine
        .sync_shops(&shops, SyncTrigger::CommandLine, since_days);
    let summaries = with_progress(desk, syncing, output).await;
    print_summary(&summaries, words(desk), output);
    Ok(exit_of(&summaries))
}

/// The shop that the word names, or all.
pub(super) async fn shops(desk: &Desk, shop: Option<&str>) -> Result<Vec<ShopId>, CommandError> {
    if let Some(word) = shop {
        return Ok(vec![resolve_shop(desk, word).await?]);
    }
    let shops = desk.engine.store().shops().await?;
    Ok(shops.into_iter().map(|shop| shop.shop_id).collect())
}

/// Prints how far the work has come until it ends; Ctrl-C stops it at the next page.
pub(super) async fn with_progress<T>(
    desk: &Desk,
    work: impl Future<Output = T>,
    output: &Output,
) -> T {
    let mut events = desk.engine.sync_events();
    tokio::pin!(work);
    let done = tokio::select! {
        done = &mut work => done,
        () = print_until_interrupted(&mut events, output) => {
            desk.engine.stop().await;
            work.await
        }
    };
    drain(&mut events, output);
    done
}

/// Ends when the seller presses Ctrl-C.
async fn print_until_interrupted(events: &mut Receiver<SyncEvent>, output: &Output) {
    let interrupted = interrupted();
    tokio::pin!(interrupted);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => print_event(&event, output),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            () = &mut interrupted => return,
        }
    }
}

/// What was said between the last look and the end.
fn drain(events: &mut Receiver<SyncEvent>, output: &Output) {
    while let Ok(event) = events.try_recv() {
        print_event(&event, output);
    }
}

fn print_event(event: &SyncEvent, output: &Output) {
    let SyncEvent::Progress(progress) = event else {
        return;
    };
    if output.is_json() {
        output.object(&Line::Progress(progress));
    } else if progress.pages_done > 0 {
        output.note(&format!(
            "{}  {}  {}  {}/{}",
            progress.shop_id,
            progress.task.as_str(),
            progress.resource.as_str(),
            progress.pages_done,
            progress.pages_total
        ));
    }
}

fn print_summary(summaries: &[ShopSummary], words: Words, output: &Output) {
    let shops: Vec<SummaryLine<'_>> = summaries
        .iter()
        .map(|summary| SummaryLine {
            shop_id: &summary.shop_id,
            result: summary.result,
            resources: &summary.resources,
            error: summary.error.as_ref().map(|failure| words.explain(failure)),
        })
        .collect();
    if output.is_json() {
        output.object(&Line::Summary { shops });
        return;
    }
    for shop in &shops {
        let result = words.get(&format!("cli.result.{}", shop.result.as_str()), &[]);
        output.text(&format!("{}  {result}", shop.shop_id));
        for (resource, counts) in shop.resources {
            let counts = words.get(
                "cli.counts",
                &[
                    ("new", &counts.new.to_string()),
                    ("changed", &counts.changed.to_string()),
                    ("unchanged", &counts.unchanged.to_string()),
                    ("quarantined", &counts.quarantined.to_string()),
                ],
            );
            let resource = words.get(&format!("cli.resource.{}", resource.as_str()), &[]);
            output.text(&format!("  {resource}  {counts}"));
        }
    }
    for failure in summaries
        .iter()
        .filter_map(|summary| summary.error.as_ref())
    {
        output.failure(failure, words);
    }
}

/// Done when every shop is; the first failure's code, else partial.
fn exit_of(summaries: &[ShopSummary]) -> Exit {
    let failed = summaries
        .iter()
        .find(|summary| matches!(summary.result, RunResult::Failed | RunResult::Canceled));
    if let Some(failed) = failed {
        return failed
            .error
            .as_ref()
            .map_or(Exit::Failed, |failure| failure.code.into());
    }
    if summaries
        .iter()
        .any(|summary| summary.result == RunResult::Partial)
    {
        Exit::Partial
    } else {
        Exit::Done
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
