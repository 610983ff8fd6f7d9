//! Lists of which something is hidden: no count and no order is then taken as it stands in an index.

use std::path::Path;

use desk_model::{ListQuery, Resource, ShipRisk, SortColumn, UnixSeconds};
use desk_store::{Access, FILE_NAME, Store};
use rusqlite::Connection;

use super::{after_commits, cases::Case, measure, measure_first};
use crate::{error::Error, report::Report};

/// One order of so many is gone from the platform.
const ONE_OF: u32 = 1000;

/// Hides orders of the database in the folder, which is a copy, and measures the lists of the others.
pub(super) async fn measure_others(
    folder: &Path,
    now: UnixSeconds,
    report: &mut Report,
) -> Result<(), Error> {
    let file = folder.join(FILE_NAME);
    Connection::open(&file)?
        .execute("UPDATE orders SET gone_at = 1 WHERE id % ?1 = 0", [ONE_OF])?;
    let store = Store::open(folder, Access::ReadOnly).await?;
    let bare = Connection::open(&file)?;
    for case in cases(now) {
        measure(&store, &bare, &case, now, report).await?;
        measure_first(folder, &case, now, report).await?;
        after_commits::measure(&store, &bare, &case, now, report).await?;
    }
    store.close().await;
    Ok(())
}

fn cases(now: UnixSeconds) -> [Case; 3] {
    let all = || ListQuery::all(Resource::Orders);
    let here = "FROM orders AS o WHERE gone_at IS NULL";
    [
        Case {
            name: "some gone: all others, newest first",
            query: all(),
            milliseconds: 150.0,
            bare: format!("SELECT id {here} ORDER BY created_at DESC, id DESC"),
        },
        Case {
            name: "some gone: all others, by pieces",
            query: ListQuery {
                sort: SortColumn::Quantity,
                ..all()
            },
            milliseconds: 300.0,
            bare: format!("SELECT id {here} ORDER BY pieces DESC, id DESC"),
        },
        Case {
            name: "some gone: overdue",
            query: ListQuery {
                risk: vec![ShipRisk::Overdue],
                ..all()
            },
            milliseconds: 50.0,
            bare: format!(
                "SELECT id {here} AND status IN ('unshipped', 'partially_shipped') AND ship_by < {now} ORDER BY created_at DESC, id DESC",
                now = now.0
            ),
        },
    ]
}
