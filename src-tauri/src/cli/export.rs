//! `export`.

use std::path::Path;

use desk_engine::ErrorCode;
use desk_export::{Columns, ExportFormat, IfTaken, Stop, Target};
use desk_model::{Clock, Resource};
use desk_temu::SystemClock;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Exit, arguments::ExportArguments, lists, output::Output};
use crate::{
    desk::Desk,
    error::CommandError,
    export::{Destination, ExportProgress, ExportStyle, Exported, Source, export},
    settings::Language,
    words::Words,
};

/// Stands for standard output in the place of a file.
const STANDARD_OUTPUT: &str = "-";

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Progress(&'a ExportProgress),
    Summary(&'a Exported),
}

pub(super) async fn run(
    desk: &Desk,
    arguments: &ExportArguments,
    output: &Output,
) -> Result<Exit, CommandError> {
    let query = lists::query(desk, arguments.resource, &arguments.list.filters).await?;
    let store = desk.engine.store();
    let listing = store
        .listing(&query, desk.now(), arguments.list.limit)
        .await?;
    let source = Source::of(desk, listing).await?;
    let language = arguments
        .language
        .unwrap_or(desk.settings().settings.language);
    write(source, arguments, language, output).await
}

/// A profile that was never written to: a file with a header and no row.
pub(super) async fn nothing(
    arguments: &ExportArguments,
    output: &Output,
) -> Result<Exit, CommandError> {
    lists::query_nothing(arguments.resource, &arguments.list.filters)?;
    let source = Source::nothing(arguments.resource);
    let language = arguments.language.unwrap_or_default();
    write(source, arguments, language, output).await
}

async fn write(
    source: Source,
    arguments: &ExportArguments,
    language: Language,
    output: &Output,
) -> Result<Exit, CommandError> {
    let destination = destination(arguments, output)?;
    let to_standard_output = matches!(destination, Destination::StandardOutput);
    let style = ExportStyle {
        format: arguments.format,
        columns: arguments.columns.clone(),
        zone: arguments
            .list
            .filters
            .zone
            .clone()
            .unwrap_or_else(system_zone),
        language,
        by_line: arguments.lines,
    };
    let stop = Stop::default();
    let stopping = stop_when_interrupted(stop.clone());
    let as_json = output.is_json();
    let tell = move |progress: ExportProgress| print_progress(&progress, as_json);
    let now = SystemClock.now();
    let exported = tokio::select! {
        exported = export(source, &style, destination, stop, now, tell) => exported,
        never = stopping => match never {},
    };
    let exported = exported.map_err(|error| with_columns(error, arguments.resource))?;
    if !to_standard_output {
        output.either(&Line::Summary(&exported), || {
            let rows = exported.rows.to_string();
            Words::of(language).get("cli.exported", &[("rows", &rows), ("path", &exported.path)])
        });
    }
    Ok(Exit::Done)
}

fn destination(arguments: &ExportArguments, output: &Output) -> Result<Destination, CommandError> {
    if arguments.output != Path::new(STANDARD_OUTPUT) {
        return Ok(Destination::File(Target {
            path: arguments.output.clone(),
            if_taken: if arguments.overwrite {
                IfTaken::Replace
            } else {
                IfTaken::Refuse
            },
        }));
    }
    let refuse = |reason: &str| Err(CommandError::new(ErrorCode::InvalidInput, reason));
    if arguments.format != ExportFormat::Csv {
        return refuse("standard output takes csv only");
    }
    if output.is_json() {
        return refuse("standard output cannot take both --json and the rows");
    }
    Ok(Destination::StandardOutput)
}

/// Who mistypes a column is told which there are.
fn with_columns(mut error: CommandError, resource: Resource) -> CommandError {
    if error.0.code == ErrorCode::UnknownColumn {
        let known = Columns::words(resource).join(", ");
        error.0.message = format!("{}; there are: {known}", error.0.message);
    }
    error
}

fn print_progress(progress: &ExportProgress, as_json: bool) {
    let output = Output::new(as_json);
    if as_json {
        output.object(&Line::Progress(progress));
    } else if progress.rows > 0 {
        output.note(&format!("{}/{}", progress.rows, progress.total));
    }
}

/// Ends never: the export does, once it was stopped.
async fn stop_when_interrupted(stop: Stop) -> std::convert::Infallible {
    if tokio::signal::ctrl_c().await.is_ok() {
        stop.request();
    }
    std::future::pending().await
}

fn system_zone() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}
