//! What a check of the data found: the same for window and command line.

use desk_model::{Resource, ShopId};
use desk_store::{Difference, DifferenceKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::failure::Failure;

/// So many ids of a kind are named.
const MOST_NAMED: usize = 100;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckReport {
    /// The shop.
    pub shop_id: ShopId,
    /// Per resource.
    pub resources: Vec<ResourceCheck>,
}

/// What a check found about one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResourceCheck {
    /// What was checked.
    pub resource: Resource,
    /// Rows that the platform listed and that could be read.
    pub checked: u64,
    /// Rows of the platform that are not stored.
    pub missing: FoundRows,
    /// Rows that are stored with another content.
    pub changed: FoundRows,
    /// Rows that are stored as gone, but the platform has them.
    pub gone: FoundRows,
    /// Rows that are stored, but the platform does not have them.
    pub vanished: FoundRows,
    /// Rows that were set right.
    pub repaired: u64,
    /// Why it did not come to its end, or was not repaired entirely.
    pub error: Option<Failure>,
}

/// Rows of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundRows {
    /// How many.
    pub count: u64,
    /// The first hundred of them by the platform's ids.
    pub first: Vec<String>,
}

impl FoundRows {
    pub(crate) fn add(&mut self, remote_id: String) {
        self.count += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(remote_id);
        }
    }
}

impl ResourceCheck {
    /// Takes note of a difference.
    pub(crate) fn add(&mut self, difference: Difference) {
        let kind = match difference.kind {
            DifferenceKind::Missing => &mut self.missing,
            DifferenceKind::Changed => &mut self.changed,
            DifferenceKind::Gone => &mut self.gone,
        };
        kind.add(difference.remote_id);
    }

    pub(crate) fn new(resource: Resource) -> Self {
        Self {
            resource,
            checked: 0,
            missing: FoundRows::default(),
            changed: FoundRows::default(),
            gone: FoundRows::default(),
            vanished: FoundRows::default(),
            repaired: 0,
            error: None,
        }
    }
}
