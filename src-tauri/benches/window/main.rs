//! Measures the real window: how soon it shows orders, how it answers while a seller browses, and what memory it holds. `scripts/bench
//! window` runs it and holds the figures against their targets; alone it prints them as JSON.

#![allow(
    clippy::unwrap_used,
    reason = "what cannot be measured fails by panicking"
)]

mod browsing;
mod empty_window;
mod program;

/// The journeys' desktop, WebDriver and window.
#[path = "../../tests/journeys"]
mod journeys {
    #[allow(dead_code, reason = "the journeys use the rest")]
    pub(crate) mod harness;
}

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use clap::{Parser, Subcommand};
use rusqlite::Connection;
use serde::Serialize;

use crate::browsing::Browsing;
use crate::journeys::harness::desktop::{Desktop, SELLER_DESK};
use crate::program::Program;

/// Starts of each of the two programs.
const STARTS: usize = 9;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    job: Job,
    /// Cargo says so to every benchmark.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Job {
    /// Measures with a copy of this database.
    Measure { database: PathBuf },
    /// Shows a window with one line.
    #[command(hide = true)]
    EmptyWindow,
}

/// All that was measured. Times are milliseconds, memory is bytes.
#[derive(Serialize)]
struct Measured {
    /// From the start of the process to the first painted rows of the orders.
    starts: Vec<f64>,
    /// The same of an empty window.
    empty_starts: Vec<f64>,
    /// After browsing.
    memory: u64,
    empty_memory: u64,
    #[serde(flatten)]
    browsing: Browsing,
}

fn main() {
    match Arguments::parse().job {
        Job::EmptyWindow => empty_window::run().unwrap(),
        Job::Measure { database } => {
            let measured = measure(&database);
            serde_json::to_writer(std::io::stdout(), &measured).unwrap();
        }
    }
}

fn measure(database: &Path) -> Measured {
    let desktop = Desktop::start();
    let shops = prepare(&desktop, database);
    let this = std::env::current_exe().unwrap();
    let this = this.to_str().unwrap();
    let profile = desktop.profile();
    let start_app = || {
        Program::start(
            &desktop,
            SELLER_DESK,
            &["--profile", profile.to_str().unwrap()],
        )
    };
    let start_empty = || Program::start(&desktop, this, &["empty-window"]);

    // The window comes back to the page that it was left on. Both programs are in the system's memory from here on.
    let app = start_app();
    app.window.click("nav-orders");
    app.time_to_paint();
    app.end();
    start_empty().end();

    let (mut starts, mut empty_starts) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let empty = start_empty();
        empty_starts.push(empty.time_to_paint());
        empty.end();
        let app = start_app();
        starts.push(app.time_to_paint());
        app.end();
    }

    let empty = start_empty();
    empty.time_to_paint();
    let empty_memory = empty.memory();
    empty.end();
    let app = start_app();
    app.time_to_paint();
    let browsing = browsing::measure(&app.window, &shops);
    let memory = app.memory();
    app.end();
    Measured {
        starts,
        empty_starts,
        memory,
        empty_memory,
        browsing,
    }
}

/// Copies the database into the desktop's profile, with nothing that begins by itself: no sync, no backup. Gives its shops.
fn prepare(desktop: &Desktop, database: &Path) -> Vec<String> {
    let copy = desktop.profile().join("seller-desk.sqlite3");
    fs::copy(database, &copy).unwrap();
    let connection = Connection::open(copy).unwrap();
    let settings = r#"{"auto_sync":false,"language":"en"}"#;
    connection
        .execute(
            "INSERT OR REPLACE INTO settings (key, value) VALUES ('settings', ?1)",
            [settings],
        )
        .unwrap();
    let backups = desktop.profile().join("backups");
    fs::create_dir(&backups).unwrap();
    let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
    fs::File::create(backups.join(format!("seller-desk.{now}.sqlite3"))).unwrap();
    let mut statement = connection
        .prepare("SELECT shop_id FROM shops ORDER BY shop_id")
        .unwrap();
    let shops = statement.query_map([], |row| row.get(0)).unwrap();
    shops.collect::<Result<_, _>>().unwrap()
}
