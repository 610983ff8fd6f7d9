//! Brings the tables up to date, one dated step after the other. A step that was released is never edited.
//!
//! A mirror has no foreign keys: rows arrive in any order, and a shop may be gone before its orders are.

use sea_orm_migration::prelude::*;

mod m20261122_000001_create_shops;
mod m20261122_000002_create_orders;
mod m20261122_000003_create_products;
mod m20261122_000004_create_activities;
mod m20261122_000005_create_payloads;
mod m20261122_000006_create_sync_state;
mod m20261122_000007_create_settings;
mod m20261122_000008_add_sync_tasks;
mod m20261122_000009_add_gone_rows;
mod m20261122_000010_add_amounts_due;
mod m20261122_000011_order_statuses_seen;
mod m20261122_000012_add_goods;
mod m20261122_000013_add_clock_to_sync_runs;
mod m20261122_000014_add_shop_removals;
mod m20261122_000015_add_order_changes;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_shops::Migration),
            Box::new(m20261122_000002_create_orders::Migration),
            Box::new(m20261122_000003_create_products::Migration),
            Box::new(m20261122_000004_create_activities::Migration),
            Box::new(m20261122_000005_create_payloads::Migration),
            Box::new(m20261122_000006_create_sync_state::Migration),
            Box::new(m20261122_000007_create_settings::Migration),
            Box::new(m20261122_000008_add_sync_tasks::Migration),
            Box::new(m20261122_000009_add_gone_rows::Migration),
            Box::new(m20261122_000010_add_amounts_due::Migration),
            Box::new(m20261122_000011_order_statuses_seen::Migration),
            Box::new(m20261122_000012_add_goods::Migration),
            Box::new(m20261122_000013_add_clock_to_sync_runs::Migration),
            Box::new(m20261122_000014_add_shop_removals::Migration),
            Box::new(m20261122_000015_add_order_changes::Migration),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i10_every_step_is_a_transaction() {
        for step in Migrator::migrations() {
            assert_eq!(step.use_transaction(), Some(true), "{}", step.name());
        }
    }
}
