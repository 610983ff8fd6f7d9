//! Activities with the shop's products in them: into their tables and back.

use desk_model::{
    Activity, ActivityId, ActivityItem, ActivityStatus, ProductId, Resource, ShopId, SkuId,
    UnixSeconds,
};
use rusqlite::{Connection, Row};

use crate::{
    Error,
    columns::{minor_and_currency, money, seconds},
    mirror::{Accepted, MirrorRow, Stored},
    search::{fold, search_text},
    write::{OnConflict, REPLACE_ROW, RowWriter, json_list},
};

impl MirrorRow for Activity {
    const RESOURCE: Resource = Resource::Activities;

    fn remote_id(&self) -> &str {
        self.activity_id.as_str()
    }

    fn updated_at(&self) -> Option<UnixSeconds> {
        self.updated_at
    }

    fn complete_from(&mut self, stored: &Stored) {
        self.updated_at = self.updated_at.or(stored.version.updated_at);
    }

    fn set_shop(&mut self, shop_id: ShopId) {
        self.shop_id = shop_id;
    }

    fn pictures(&self) -> Vec<&str> {
        Vec::new()
    }

    fn write(connection: &Connection, page: &[Accepted<'_, Self>]) -> Result<(), Error> {
        let mut activities = RowWriter::new(connection, "activities", REPLACE_ROW);
        let mut items = RowWriter::new(connection, "activity_items", OnConflict::Fail);
        let mut delete_items =
            connection.prepare_cached("DELETE FROM activity_items WHERE activity_row = ?1")?;
        for accepted in page {
            write_activity(&mut activities, accepted)?;
            if !accepted.is_new {
                delete_items.execute([accepted.id])?;
            }
            for (position, item) in accepted.row.items.iter().enumerate() {
                write_item(&mut items, accepted.id, position, item)?;
            }
        }
        Ok(())
    }
}

fn write_activity(
    activities: &mut RowWriter<'_>,
    accepted: &Accepted<'_, Activity>,
) -> Result<(), Error> {
    let row = &accepted.row;
    let searched = [
        row.name.as_str(),
        row.activity_id.as_str(),
        row.activity_type.as_str(),
    ];
    activities.write(&[
        ("id", &accepted.id),
        ("shop_id", &accepted.shop_id.as_str()),
        ("activity_id", &row.activity_id.as_str()),
        ("name", &row.name),
        ("folded_name", &fold(&row.name)),
        ("activity_type", &row.activity_type),
        ("status", &row.status.as_str()),
        ("platform_status", &row.platform_status),
        ("start_time", &row.start_time.map(|time| time.0)),
        ("end_time", &row.end_time.map(|time| time.0)),
        ("enroll_deadline", &row.enroll_deadline.map(|time| time.0)),
        ("joined", &row.joined),
        ("updated_at", &row.updated_at.map(|time| time.0)),
        ("content_hash", &accepted.content_hash),
        ("first_seen_at", &accepted.first_seen_at.0),
        ("fetched_at", &accepted.fetched_at.0),
        ("fetch_seq", &accepted.fetch_seq),
        ("search_text", &search_text(searched)),
        ("gone_at", &accepted.gone_at.map(|time| time.0)),
    ])
}

fn write_item(
    items: &mut RowWriter<'_>,
    activity_row: i64,
    position: usize,
    item: &ActivityItem,
) -> Result<(), Error> {
    let (price_minor, price_currency) = minor_and_currency(item.activity_price.as_ref());
    items.write(&[
        ("activity_row", &activity_row),
        ("position", &position),
        ("product_id", &item.product_id.as_str()),
        ("sku_id", &item.sku_id.as_ref().map(SkuId::as_str)),
        ("price_minor", &price_minor),
        ("price_currency", &price_currency),
        ("quantity", &item.quantity),
        ("remaining", &item.remaining),
    ])
}

/// The activities with these row ids, in their order; ids that are gone are left out.
pub(crate) fn by_row_ids(connection: &Connection, ids: &[i64]) -> Result<Vec<Activity>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, activity_id, shop_id, name, activity_type, status, platform_status, start_time, end_time,
            enroll_deadline, joined, updated_at
         FROM json_each(?1) AS wanted JOIN activities AS a ON a.id = wanted.value ORDER BY wanted.key",
    )?;
    let rows = statement.query_map([json_list(ids)?], |row| {
        Ok((row.get(0)?, read_activity(row)?))
    })?;
    let mut activities = rows.collect::<Result<Vec<(i64, Activity)>, _>>()?;

    let mut statement = connection.prepare_cached(
        "SELECT wanted.key, product_id, sku_id, price_minor, price_currency, quantity, remaining
         FROM json_each(?1) AS wanted JOIN activity_items AS i ON i.activity_row = wanted.value
         ORDER BY wanted.key, i.position",
    )?;
    let found = json_list(&activities.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    let mut rows = statement.query([found])?;
    while let Some(row) = rows.next()? {
        activities[row.get::<_, usize>(0)?]
            .1
            .items
            .push(read_item(row)?);
    }
    Ok(activities
        .into_iter()
        .map(|(_, activity)| activity)
        .collect())
}

fn read_activity(row: &Row<'_>) -> rusqlite::Result<Activity> {
    Ok(Activity {
        activity_id: ActivityId::new(row.get::<_, String>("activity_id")?),
        shop_id: ShopId::new(row.get::<_, String>("shop_id")?),
        name: row.get("name")?,
        activity_type: row.get("activity_type")?,
        status: ActivityStatus::parse(row.get_ref("status")?.as_str()?),
        platform_status: row.get("platform_status")?,
        start_time: seconds(row, "start_time")?,
        end_time: seconds(row, "end_time")?,
        enroll_deadline: seconds(row, "enroll_deadline")?,
        joined: row.get("joined")?,
        updated_at: seconds(row, "updated_at")?,
        items: Vec::new(),
    })
}

fn read_item(row: &Row<'_>) -> rusqlite::Result<ActivityItem> {
    Ok(ActivityItem {
        product_id: ProductId::new(row.get::<_, String>("product_id")?),
        sku_id: row.get::<_, Option<String>>("sku_id")?.map(SkuId::new),
        activity_price: money(row, "price_minor", "price_currency")?,
        quantity: row.get("quantity")?,
        remaining: row.get("remaining")?,
    })
}
