//! How much of the file an order takes, and which tables and indexes take it.

use rusqlite::Connection;

use crate::{
    error::Error,
    report::{Report, Target},
};

/// What the platform sent, word for word.
const PAYLOADS: &str = "raw_payloads";

/// So many of the largest are named.
const LARGEST: usize = 12;

pub(super) fn tell(bare: &Connection, report: &mut Report) -> Result<(), Error> {
    let orders: u64 = bare.query_row("SELECT count(*) FROM orders", [], |row| row.get(0))?;
    let per_order = |bytes: u64| bytes as f64 / orders.max(1) as f64;
    let sizes = "SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC";
    let mut statement = bare.prepare(sizes)?;
    let sizes: Vec<(String, u64)> = statement
        .query_map([], |row| row.try_into())?
        .collect::<Result<_, _>>()?;
    let all: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    let payloads = sizes.iter().filter(|(name, _)| name == PAYLOADS);
    let payloads: u64 = payloads.map(|(_, bytes)| bytes).sum();
    report.figure("file per order", per_order(all), "bytes");
    report
        .figure(
            "the same without payloads",
            per_order(all - payloads),
            "bytes",
        )
        .target(Target::Most(600.0));
    for (name, bytes) in sizes.iter().take(LARGEST) {
        report.figure(&format!("  {name}"), per_order(*bytes), "bytes");
    }
    Ok(())
}
