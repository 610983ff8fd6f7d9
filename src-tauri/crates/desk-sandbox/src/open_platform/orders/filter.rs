//! The filters of the order list (§4.1).

use super::super::{BAD_PARAMETERS, optional};
use super::{BY_SELLER, BY_WAREHOUSE, fulfillment_type, labels};
use crate::body::Parameters;
use crate::http::Refusal;
use crate::view::View;
use crate::world::{Line, Order};

/// Filters of the list beyond its main time window. Unset ones let everything pass.
pub(super) struct Filter {
    status: i64,
    numbers: Option<Vec<String>>,
    pub(super) created: Window,
    pub(super) updated: Window,
    confirmed: Window,
    due: Window,
    region_id: Option<i64>,
    fulfillment: Vec<String>,
    labels: Vec<String>,
    abnormal: Vec<String>,
    presale: bool,
    qualification: bool,
    sku_id: Option<i64>,
}

pub(super) type Window = Option<(i64, i64)>;

impl Filter {
    pub(super) fn read(parameters: &Parameters) -> Result<Self, Refusal> {
        let bad = |message: &str| Refusal::new(BAD_PARAMETERS, message);
        let status = optional(parameters.integer("parentOrderStatus"))?.unwrap_or(0);
        if ![0, 1, 2, 3, 4, 5, 41, 51].contains(&status) {
            return Err(bad("bad parameters: parentOrderStatus"));
        }
        let numbers = optional(parameters.texts("parentOrderSnList"))?;
        if numbers.as_ref().is_some_and(|numbers| numbers.len() > 20) {
            return Err(bad(
                "bad parameters: parentOrderSnList has more than 20 entries",
            ));
        }
        let fulfillment = optional(parameters.texts("fulfillmentTypeList"))?;
        let fulfillment = fulfillment
            .filter(|list| !list.is_empty())
            .unwrap_or_else(|| vec![BY_SELLER.to_owned()]);
        if fulfillment
            .iter()
            .any(|kind| kind != BY_SELLER && kind != BY_WAREHOUSE)
        {
            return Err(bad("bad parameters: fulfillmentTypeList"));
        }
        Ok(Self {
            status,
            numbers,
            created: window(parameters, "createAfter", "createBefore")?,
            updated: window(parameters, "updateAtStart", "updateAtEnd")?,
            confirmed: window(parameters, "parentConfirmTimeStart", "parentConfirmTimeEnd")?,
            due: window(
                parameters,
                "expectShipLatestTimeStart",
                "expectShipLatestTimeEnd",
            )?,
            region_id: optional(parameters.integer("regionId"))?,
            fulfillment,
            labels: optional(parameters.texts("parentOrderLabel"))?.unwrap_or_default(),
            abnormal: optional(parameters.texts("packageAbnormalTypeList"))?.unwrap_or_default(),
            presale: optional(parameters.boolean("hasPreSaleOrder"))?.unwrap_or(false),
            qualification: optional(parameters.boolean("hasQualificationRequiredOrder"))?
                .unwrap_or(false),
            sku_id: optional(parameters.integer("skuId"))?,
        })
    }

    /// Whether no order is left out, but by the times of creation and update.
    pub(super) fn lets_all_pass(&self) -> bool {
        self.status == 0
            && self.numbers.is_none()
            && self.confirmed.is_none()
            && self.due.is_none()
            && self.region_id.is_none()
            && [BY_SELLER, BY_WAREHOUSE]
                .iter()
                .all(|kind| self.fulfillment.iter().any(|wanted| wanted == kind))
            && self.labels.is_empty()
            && self.abnormal.is_empty()
            && !self.presale
            && !self.qualification
            && self.sku_id.is_none()
    }

    /// No order here has an abnormal package or needs a qualification.
    pub(super) fn matches(&self, view: &View<'_>, order: &Order) -> bool {
        let sells = |line: &Line| {
            self.sku_id == Some(view.records.products[line.product].skus[line.sku].id)
        };
        (self.status == 0 || self.status == order.status)
            && within(self.created, Some(order.created_at))
            && within(self.updated, Some(order.updated_at))
            && within(self.confirmed, order.confirmed_at)
            && within(self.due, order.ship_by)
            && self
                .region_id
                .is_none_or(|region| region == view.shop.markets[order.market].region_id)
            && self
                .fulfillment
                .iter()
                .any(|kind| kind == fulfillment_type(order))
            && (self.numbers.as_ref())
                .is_none_or(|numbers| numbers.contains(&order.number(view.shop)))
            && (self.labels.is_empty()
                || labels(order, view.now)
                    .iter()
                    .any(|(name, set)| *set && self.labels.iter().any(|label| label == name)))
            && self.abnormal.is_empty()
            && (!self.presale || order.presale)
            && !self.qualification
            && (self.sku_id.is_none() || order.lines.iter().any(sells))
    }
}

/// A closed window in seconds; both ends or none.
fn window(parameters: &Parameters, start_name: &str, end_name: &str) -> Result<Window, Refusal> {
    let start = optional(parameters.integer(start_name))?;
    let end = optional(parameters.integer(end_name))?;
    let missing = |name: &str| Refusal::new(140_020_013, format!("{name} not passed in"));
    let (start, end) = match (start, end) {
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(missing(end_name)),
        (None, Some(_)) => return Err(missing(start_name)),
        (Some(start), Some(end)) => (start, end),
    };
    // Eleven digits and more are milliseconds.
    if [start, end]
        .iter()
        .any(|time| !(0..10_000_000_000).contains(time))
    {
        return Err(Refusal::new(
            140_020_014,
            format!("{start_name} and {end_name} must be second-level timestamps"),
        ));
    }
    if end < start {
        return Err(Refusal::new(
            140_020_012,
            format!("{end_name} is before {start_name}"),
        ));
    }
    Ok(Some((start, end)))
}

fn within(window: Window, time: Option<i64>) -> bool {
    window.is_none_or(|(start, end)| time.is_some_and(|time| (start..=end).contains(&time)))
}
