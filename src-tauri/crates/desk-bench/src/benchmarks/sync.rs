//! All orders of all shops from a stand-in in this process: the engine, and alternately a bare loop on one thread.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use desk_model::Dialect;
use desk_sandbox::{Credentials, Sandbox};

use crate::{
    bare::{BareSync, BareWriter},
    desk::{Desk, UNPACED},
    error::Error,
    report::{Report, Target, rate},
    stand_in::{InProcess, NOWHERE, SHOPS, connect_in_process, sandbox},
};

const ROUNDS: usize = 3;

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let sandbox = sandbox(SHOPS, report.rows);
    let credentials = sandbox.credentials(NOWHERE);
    // The stand-in makes a shop's history when it is first asked for.
    for shop in &credentials.guide.shops {
        let made = sandbox.order_digests(&shop.shop_id);
        made.map_err(|error| Error::Wrong(error.to_string()))?;
    }
    let (mut bare, mut engine) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(bare_rate(&sandbox, &credentials, report.rows).await?);
        engine.push(engine_rate(&sandbox, &credentials, report.rows).await?);
    }
    let (bare, engine) = (median(bare), median(engine));
    report
        .figure("engine", engine, "rows/s")
        .target(Target::LeastWhenIdle(40_000.0));
    report.figure("fetch, parse, insert alone (one thread)", bare, "rows/s");
    report
        .figure("speed of fetch, parse, insert alone", engine / bare, "×")
        .target(Target::Least(0.5));
    Ok(())
}

async fn bare_rate(
    sandbox: &Arc<Sandbox>,
    credentials: &Credentials,
    expected: u64,
) -> Result<f64, Error> {
    let folder = tempfile::tempdir()?;
    let mut writer = BareWriter::create(folder.path()).await?;
    let bare = BareSync {
        transport: Arc::new(InProcess {
            sandbox: sandbox.clone(),
            latency: Duration::ZERO,
        }),
        base_url: NOWHERE,
        app: &credentials.guide,
    };
    let start = Instant::now();
    let mut rows = 0;
    for shop in &credentials.guide.shops {
        rows += bare.read(shop, &mut writer).await?;
    }
    let rate = rate(rows, start.elapsed());
    all_came(rows, expected)?;
    Ok(rate)
}

async fn engine_rate(
    sandbox: &Arc<Sandbox>,
    credentials: &Credentials,
    expected: u64,
) -> Result<f64, Error> {
    let folder = tempfile::tempdir()?;
    let connect = connect_in_process(sandbox, Duration::ZERO);
    let desk = Desk::open(folder.path(), Dialect::Guide, credentials, connect, UNPACED).await?;
    let start = Instant::now();
    let synced = desk.sync_all().await?;
    let rate = rate(synced.rows, start.elapsed());
    desk.engine.store().close().await;
    all_came(synced.orders, expected)?;
    Ok(rate)
}

/// A loop that skips rows is fast.
pub(super) fn all_came(orders: u64, expected: u64) -> Result<(), Error> {
    if orders < expected {
        return Err(Error::Wrong(format!("{orders} of {expected} orders came")));
    }
    Ok(())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
