//! Measures Seller Desk against bare loops that do the same work, and makes data sets to measure with. Not shipped.

mod bare;
mod benchmarks;
mod data_set;
mod desk;
mod error;
mod pages;
mod report;
mod stand_in;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use clap::{Parser, Subcommand};
use serde_json::json;

use crate::{
    benchmarks::Benchmark,
    error::Error,
    report::{Figure, Machine, Report},
};

/// Measures Seller Desk against bare loops that do the same work.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Runs benchmarks, each in a process of its own, and prints a table of each.
    Run {
        /// Which; all where none is named.
        benchmarks: Vec<Benchmark>,
        /// Orders to run each with, instead of as many as it takes to say something.
        #[arg(long)]
        rows: Option<u64>,
        /// Where to write all figures as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Makes a database with so many orders over 40 shops in a folder, by a sync.
    DataSet {
        /// The folder; its database must not be there yet.
        folder: PathBuf,
        /// Orders.
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
    },
    /// Runs one benchmark and prints it as JSON.
    #[command(hide = true)]
    One {
        benchmark: Benchmark,
        #[arg(long)]
        rows: Option<u64>,
    },
    /// Serves the stand-in platform.
    #[command(hide = true)]
    StandIn { shops: u32, orders: u64 },
}

#[tokio::main]
async fn main() -> ExitCode {
    match work(Arguments::parse().job).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // A closed terminal hears nothing.
            let _ = writeln!(std::io::stderr(), "desk-bench: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every target was met.
async fn work(job: Job) -> Result<bool, Error> {
    match job {
        Job::Run {
            benchmarks,
            rows,
            json,
        } => {
            let all = benchmarks.is_empty();
            let benchmarks = if all {
                Benchmark::ALL.to_vec()
            } else {
                benchmarks
            };
            return run(&benchmarks, rows, json.as_deref());
        }
        Job::DataSet { folder, rows } => {
            let orders = data_set::make(&folder, rows).await?;
            writeln!(std::io::stdout(), "{}: {orders} orders", folder.display())?;
        }
        Job::One { benchmark, rows } => {
            let report = benchmark.run(rows).await?;
            writeln!(std::io::stdout(), "{}", serde_json::to_string(&report)?)?;
        }
        Job::StandIn { shops, orders } => stand_in::run(shops, orders).await?,
    }
    Ok(true)
}

/// Each benchmark in a process of its own: what one leaves in memory must not count for the next.
fn run(benchmarks: &[Benchmark], rows: Option<u64>, json: Option<&Path>) -> Result<bool, Error> {
    let machine = Machine::this();
    let mut reports = Vec::new();
    for benchmark in benchmarks {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["one", benchmark.name()])
            .stderr(Stdio::inherit());
        if let Some(rows) = rows {
            command.args(["--rows", &rows.to_string()]);
        }
        let output = command.output()?;
        if !output.status.success() {
            return Err(Error::Wrong(format!(
                "{} could not be run",
                benchmark.name()
            )));
        }
        let report: Report = serde_json::from_slice(&output.stdout)?;
        write!(std::io::stdout(), "{}", report.table())?;
        reports.push(report);
    }
    if let Some(path) = json {
        let all = json!({"machine": machine, "benchmarks": reports});
        fs::write(path, serde_json::to_string_pretty(&all)?)?;
    }
    let mut figures = reports.iter().flat_map(|report| &report.figures);
    Ok(!figures.any(Figure::has_failed))
}
