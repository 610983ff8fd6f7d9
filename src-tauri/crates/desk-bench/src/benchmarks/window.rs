//! The real window beside an empty one. It is driven by the bench target of the app itself, which has the journeys' desktop; what that
//! measured is held against the targets here.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use desk_store::FILE_NAME;
use serde::Deserialize;

use crate::{
    data_set,
    error::Error,
    report::{Report, Target, Times},
};

const MEGABYTE: f64 = 1_000_000.0;

/// What is measured only to compare the others with: what the computer and the web view do by themselves.
const TO_COMPARE: [&str; 2] = ["doing nothing", "scrolling a plain list"];

/// What the bench target prints. Times are milliseconds, memory is bytes.
#[derive(Deserialize)]
struct Measured {
    starts: Vec<f64>,
    empty_starts: Vec<f64>,
    indexed_filters: Vec<f64>,
    other_filters: Vec<f64>,
    frames: Vec<f64>,
    plain_frames: Vec<f64>,
    jumps: Vec<f64>,
    standstills: Vec<Standstill>,
    memory: u64,
    empty_memory: u64,
}

/// The longest time in which the page's main thread took nothing else up.
#[derive(Deserialize)]
struct Standstill {
    during: String,
    /// Of each round.
    longest: Vec<f64>,
}

pub(super) async fn run(report: &mut Report) -> Result<(), Error> {
    let database = data_set::kept(report.rows).await?.join(FILE_NAME);
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    // The app as users get it: with its own page in it.
    let output = Command::new(cargo)
        .args(["bench", "--locked", "--profile", "measure"])
        .args(["--features", "tauri/custom-protocol"])
        .args(["--package", "seller-desk", "--bench", "window"])
        .args(["--", "measure"])
        .arg(database)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(Error::Wrong("the window could not be measured".to_owned()));
    }
    tell(report, &serde_json::from_slice(&output.stdout)?);
    Ok(())
}

fn tell(report: &mut Report, measured: &Measured) {
    let start = times(&measured.starts);
    let empty_start = times(&measured.empty_starts);
    report.spread("start to first painted orders", &start, "ms");
    report.spread("start of an empty window", &empty_start, "ms");
    report
        .figure(
            "start: × empty window",
            start.median() / empty_start.median(),
            "×",
        )
        .target(Target::Most(1.5));

    let filters = [
        (
            "filter on an index to painted",
            &measured.indexed_filters,
            150.0,
        ),
        (
            "filter or sort of any column to painted",
            &measured.other_filters,
            400.0,
        ),
        ("frame while scrolling", &measured.frames, 25.0),
    ];
    for (name, milliseconds, most) in filters {
        let times = times(milliseconds);
        report.spread(name, &times, "ms");
        report
            .figure(&format!("{name}: p95"), times.percentile(95), "ms")
            .target(Target::Most(most));
    }

    let (frames, plain_frames) = (times(&measured.frames), times(&measured.plain_frames));
    report.spread("frame while scrolling a plain list", &plain_frames, "ms");
    let ratio = frames.percentile(95) / plain_frames.percentile(95);
    report.figure("frame: p95 × plain list", ratio, "×");

    let jumps = times(&measured.jumps);
    report.spread("jump to painted", &jumps, "ms");
    report
        .figure("jump to painted: longest", jumps.percentile(100), "ms")
        .target(Target::Most(100.0));
    for Standstill { during, longest } in &measured.standstills {
        let name = format!("longest standstill while {during}");
        report.spread(&name, &times(longest), "ms");
        let last = report.figures.last_mut();
        if let Some(figure) = last.filter(|_| !TO_COMPARE.contains(&during.as_str())) {
            figure.target(Target::Most(50.0));
        }
    }
    report.remark("of the rounds of a standstill the median counts: the computer holds a page up by itself, as doing nothing and a plain list tell");

    let (memory, empty_memory) = (measured.memory as f64, measured.empty_memory as f64);
    report.figure("memory after browsing (PSS)", memory / MEGABYTE, "MB");
    report.figure(
        "memory of an empty window (PSS)",
        empty_memory / MEGABYTE,
        "MB",
    );
    report
        .figure("memory: × empty window", memory / empty_memory, "×")
        .target(Target::Most(1.3));
}

fn times(milliseconds: &[f64]) -> Times {
    let time = |milliseconds: &f64| Duration::from_secs_f64(milliseconds / 1_000.0);
    Times(milliseconds.iter().map(time).collect())
}
