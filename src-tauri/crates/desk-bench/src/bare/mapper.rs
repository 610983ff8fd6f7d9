//! The integration guide's loop with its own tools, Python and SQLAlchemy, where they are installed. It writes the orders alone, without
//! lines, payloads and statuses.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use desk_store::FILE_NAME;
use rusqlite::types::Value;
use serde_json::{Map, json};

use super::{
    layout::{Layout, Table, empty_database},
    rows::BareRow,
};
use crate::{error::Error, report::Times};

const SCRIPT: &str = include_str!("find_then_write.py");

/// Collects pages for the script: it is one process for all of them.
pub(crate) struct Mapper {
    file: PathBuf,
    orders: Table,
    /// A page per line.
    pages: Vec<u8>,
}

/// The Python to run: `SELLER_DESK_BENCH_PYTHON`, or the one that there is.
fn python() -> String {
    std::env::var("SELLER_DESK_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

impl Mapper {
    /// `None` where Python has no SQLAlchemy.
    pub(crate) async fn create(folder: &Path) -> Result<Option<Self>, Error> {
        let found = Command::new(python())
            .args(["-c", "import sqlalchemy"])
            .stderr(Stdio::null())
            .status();
        if !found.is_ok_and(|status| status.success()) {
            return Ok(None);
        }
        let connection = empty_database(folder).await?;
        connection.pragma_update(None, "journal_mode", "delete")?;
        Ok(Some(Self {
            file: folder.join(FILE_NAME),
            orders: Layout::read(&connection)?.orders,
            pages: Vec::new(),
        }))
    }

    pub(crate) fn add(&mut self, page: &[BareRow]) -> Result<(), Error> {
        let rows: Vec<Map<String, serde_json::Value>> = page
            .iter()
            .map(|row| {
                let names = self.orders.columns.iter().cloned();
                names.zip(row.order.iter().map(json_value)).collect()
            })
            .collect();
        serde_json::to_writer(&mut self.pages, &rows)?;
        self.pages.push(b'\n');
        Ok(())
    }

    /// Has the pages written, one after the other.
    pub(crate) fn run(&self) -> Result<Times, Error> {
        let mut script = Command::new(python())
            .args(["-c", SCRIPT])
            .arg(&self.file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = script.stdin.take() {
            input.write_all(&self.pages)?;
        }
        let output = script.wait_with_output()?;
        let milliseconds: Vec<f64> = serde_json::from_slice(&output.stdout)?;
        let times = milliseconds.into_iter().map(|time| time / 1_000.0);
        Ok(Times(times.map(Duration::from_secs_f64).collect()))
    }
}

fn json_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => json!(number),
        Value::Real(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Blob(bytes) => {
            json!(
                bytes
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<String>()
            )
        }
    }
}
