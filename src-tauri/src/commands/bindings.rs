//! Writes the contract in TypeScript; what is written is committed.

use std::collections::BTreeMap;

use desk_model::{Resource, SortColumn};

use ts_rs::TS as _;

use super::{Commands, Events};

#[test]
fn export_bindings() {
    let config = ts_rs::Config::from_env();
    Commands::export_all(&config).unwrap();
    Events::export_all(&config).unwrap();
}

/// By which columns each list can be sorted, which no type tells.
#[test]
fn export_sort_columns() {
    let columns = |resource| {
        let belongs = |column: &SortColumn| column.belongs_to(resource);
        let columns: Vec<_> = SortColumn::ALL.into_iter().filter(belongs).collect();
        (resource, columns)
    };
    let all = BTreeMap::from(Resource::ALL.map(columns));
    let text = serde_json::to_string_pretty(&all).unwrap() + "\n";
    let folder = ts_rs::Config::from_env().out_dir().to_owned();
    std::fs::write(folder.join("sort-columns.json"), text).unwrap();
}
