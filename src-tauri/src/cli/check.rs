//! `check`: what is stored against what the platform has.

use desk_engine::{CheckReport, ErrorCode, ResourceCheck};
use desk_model::{Resource, UnixSeconds};
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

use super::{
    Exit, arguments::CheckArguments, days, input, output::Output, resolve_shop, shops::words, sync,
};
use crate::{desk::Desk, error::CommandError, words::Words};

/// As far back as orders are compared when no day is named.
const USUAL_DAYS: i64 = 90;

pub(super) async fn run(
    desk: &Desk,
    arguments: &CheckArguments,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shop = resolve_shop(desk, &arguments.shop).await?;
    let (from, to) = span(arguments, desk.now())?;
    input::prepare_vault(desk, std::slice::from_ref(&shop)).await?;
    let check = desk.engine.check_data(
        &shop,
        &Resource::ALL,
        from,
        to,
        arguments.repair,
        CancellationToken::new(),
    );
    let report = sync::with_progress(desk, check, output).await?;
    let words = words(desk);
    output.either(&report, || sentences(&report, words));
    for failure in report
        .resources
        .iter()
        .filter_map(|part| part.error.as_ref())
    {
        output.note(&words.explain(failure).message);
    }
    Ok(exit_of(&report))
}

/// The days in the system's zone, both included.
fn span(
    arguments: &CheckArguments,
    now: UnixSeconds,
) -> Result<(UnixSeconds, UnixSeconds), CommandError> {
    let zone = TimeZone::system();
    let from = match arguments.from {
        Some(day) => days::first_second(day, &zone)?,
        None => now - USUAL_DAYS * 86_400,
    };
    let to = match arguments.to {
        Some(day) => days::last_second(day, &zone)?,
        None => now,
    };
    if from > to {
        return Err(CommandError::new(
            ErrorCode::InvalidInput,
            "--from lies after --to",
        ));
    }
    Ok((from, to))
}

fn sentences(report: &CheckReport, words: Words) -> String {
    let lines: Vec<String> = report
        .resources
        .iter()
        .map(|part| sentence(part, words))
        .collect();
    lines.join("\n")
}

fn sentence(part: &ResourceCheck, words: Words) -> String {
    let resource = words.get(&format!("cli.resource.{}", part.resource.as_str()), &[]);
    let found = words.get(
        "cli.checked",
        &[
            ("checked", &part.checked.to_string()),
            ("missing", &part.missing.count.to_string()),
            (
                "changed",
                &(part.changed.count + part.gone.count).to_string(),
            ),
            ("vanished", &part.vanished.count.to_string()),
            ("repaired", &part.repaired.to_string()),
        ],
    );
    format!("{resource}  {found}")
}

/// Done when nothing differs or everything was set right; a failure's code; else partial.
fn exit_of(report: &CheckReport) -> Exit {
    if let Some(failure) = report.resources.iter().find_map(|part| part.error.as_ref()) {
        return failure.code.into();
    }
    let left = report
        .resources
        .iter()
        .any(|part| differences(part) > part.repaired);
    if left { Exit::Partial } else { Exit::Done }
}

fn differences(part: &ResourceCheck) -> u64 {
    [&part.missing, &part.changed, &part.gone, &part.vanished]
        .into_iter()
        .map(|rows| rows.count)
        .sum()
}
