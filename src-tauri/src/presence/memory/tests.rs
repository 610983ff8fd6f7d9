use desk_model::PageCounts;

use super::*;

const NOW: UnixSeconds = UnixSeconds(1_800_000_000);

fn shop(number: u32) -> ShopId {
    ShopId::new(format!("us:{number}"))
}

/// Two shops whose authorizations are far from their ends.
fn facts(now: UnixSeconds) -> Facts {
    let token = |number| TokenEnd {
        shop_id: shop(number),
        ends_at: Some(NOW + 300 * DAY),
        works: true,
    };
    Facts {
        now,
        deadlines: Vec::new(),
        tokens: vec![token(1), token(2)],
        unsettled: BTreeSet::new(),
        is_syncing: false,
    }
}

fn order(shop_number: u32, sn: &str, ship_by: UnixSeconds) -> Deadline {
    Deadline {
        shop_id: shop(shop_number),
        order_sn: OrderSn::new(sn),
        ship_by,
    }
}

fn notice(kind: NoticeKind, count: u64, shop: Option<ShopId>) -> Notice {
    Notice { kind, count, shop }
}

/// A sync of everything, and how it ended; one that failed did so with the products.
fn synced(shop_number: u32, result: RunResult, new: u64) -> ShopSummary {
    let mut settled = BTreeSet::from(Resource::ALL);
    if result == RunResult::Failed {
        settled.remove(&Resource::Products);
    }
    let counts = |resource| PageCounts {
        new: if resource == Resource::Orders { new } else { 0 },
        ..PageCounts::default()
    };
    ShopSummary {
        shop_id: shop(shop_number),
        result,
        resources: Resource::ALL
            .map(|resource| (resource, counts(resource)))
            .into(),
        error: None,
        settled,
    }
}

/// As after a restart.
fn stored(memory: &Memory) -> Memory {
    serde_json::from_str(&serde_json::to_string(memory).unwrap()).unwrap()
}

#[test]
fn new_orders_of_all_shops_are_told_together_when_the_last_sync_ends() {
    let mut memory = Memory::default();
    memory.note_sync(&synced(1, RunResult::Complete, 3), false);
    let syncing = Facts {
        is_syncing: true,
        ..facts(NOW)
    };
    assert_eq!(memory.tell(&syncing), []);
    memory.note_sync(&synced(2, RunResult::Partial, 2), false);
    let told = memory.tell(&facts(NOW));
    assert_eq!(told, [notice(NoticeKind::NewOrders, 5, None)]);
    assert_eq!(memory.tell(&facts(NOW)), [], "told once");

    memory.note_sync(&synced(2, RunResult::Complete, 1), false);
    let told = memory.tell(&facts(NOW));
    assert_eq!(told, [notice(NoticeKind::NewOrders, 1, Some(shop(2)))]);
}

#[test]
fn a_sync_that_brings_nothing_and_a_first_sync_tell_nothing() {
    let mut memory = Memory::default();
    memory.note_sync(&synced(1, RunResult::Complete, 0), false);
    memory.note_sync(&synced(2, RunResult::Complete, 4_000), true);
    assert_eq!(memory.tell(&facts(NOW)), []);
}

#[test]
fn while_a_shop_is_being_filled_its_orders_wait() {
    let mut memory = Memory::default();
    memory.note_sync(&synced(1, RunResult::Complete, 2), false);
    let mut filling = facts(NOW);
    filling.unsettled.insert(shop(1));
    filling.deadlines = vec![order(1, "A", NOW - 1), order(2, "B", NOW - 1)];
    let overdue = NoticeKind::Deadline(Urgency::Overdue);
    assert_eq!(memory.tell(&filling), [notice(overdue, 1, Some(shop(2)))]);

    filling.unsettled.clear();
    assert_eq!(
        memory.tell(&filling),
        [
            notice(NoticeKind::NewOrders, 2, Some(shop(1))),
            notice(overdue, 1, Some(shop(1)))
        ]
    );
}

#[test]
fn what_was_told_before_a_backfill_is_not_told_after_it() {
    let mut memory = Memory::default();
    let mut seen = facts(NOW);
    seen.deadlines = vec![order(1, "A", NOW - 1)];
    assert_eq!(memory.tell(&seen).len(), 1);
    seen.unsettled.insert(shop(1));
    assert_eq!(memory.tell(&seen), []);
    seen.unsettled.clear();
    assert_eq!(memory.tell(&seen), []);
}

#[test]
fn an_order_is_told_once_at_a_day_at_six_hours_and_when_it_is_late() {
    let mut memory = Memory::default();
    let ship_by = NOW + DAY;
    let mut told = Vec::new();
    for now in (0..=26 * HOUR).step_by(600).map(|passed| NOW + passed) {
        let mut seen = facts(now);
        if ship_by - now < LOOK_AHEAD {
            seen.deadlines = vec![order(1, "A", ship_by)];
        }
        memory = stored(&memory);
        told.extend(
            memory
                .tell(&seen)
                .into_iter()
                .map(|notice| (now - NOW, notice.kind)),
        );
    }
    assert_eq!(
        told,
        [
            (600, NoticeKind::Deadline(Urgency::Day)),
            (18 * HOUR + 600, NoticeKind::Deadline(Urgency::SixHours)),
            (DAY + 600, NoticeKind::Deadline(Urgency::Overdue)),
        ]
    );
}

#[test]
fn deadlines_are_grouped_the_most_pressing_first() {
    let mut memory = Memory::default();
    let mut seen = facts(NOW);
    seen.deadlines = vec![
        order(1, "A", NOW - 1),
        order(2, "B", NOW + 6 * HOUR - 1),
        order(1, "C", NOW + 6 * HOUR),
        order(1, "D", NOW + DAY - 1),
    ];
    assert_eq!(
        memory.tell(&seen),
        [
            notice(NoticeKind::Deadline(Urgency::Overdue), 1, Some(shop(1))),
            notice(NoticeKind::Deadline(Urgency::SixHours), 1, Some(shop(2))),
            notice(NoticeKind::Deadline(Urgency::Day), 2, Some(shop(1))),
        ]
    );
}

#[test]
fn a_shipped_order_is_forgotten() {
    let mut memory = Memory::default();
    let mut seen = facts(NOW);
    seen.deadlines = vec![order(1, "A", NOW - 1)];
    memory.tell(&seen);
    assert_ne!(memory, Memory::default());
    memory.tell(&facts(NOW));
    assert_eq!(memory, Memory::default());
}

#[test]
fn the_third_failure_in_a_row_is_told_and_the_fourth_is_not() {
    let mut memory = Memory::default();
    let fail = |memory: &mut Memory| memory.note_sync(&synced(1, RunResult::Failed, 0), false);
    for _ in 0..2 {
        fail(&mut memory);
        memory.note_sync(&synced(1, RunResult::Canceled, 0), false);
        assert_eq!(memory.tell(&facts(NOW)), []);
    }
    memory = stored(&memory);
    fail(&mut memory);
    let told = [notice(NoticeKind::SyncFailing, 1, Some(shop(1)))];
    assert_eq!(memory.tell(&facts(NOW)), told);
    fail(&mut memory);
    assert_eq!(memory.tell(&facts(NOW)), []);

    memory.note_sync(&synced(1, RunResult::Complete, 0), false);
    for _ in 0..2 {
        fail(&mut memory);
        assert_eq!(memory.tell(&facts(NOW)), []);
    }
    fail(&mut memory);
    assert_eq!(memory.tell(&facts(NOW)), told, "a new row of failures");
}

#[test]
fn what_fails_seldom_is_told_though_other_things_are_read_well_in_between() {
    let mut memory = Memory::default();
    let mut orders = synced(1, RunResult::Complete, 0);
    orders.settled = BTreeSet::from([Resource::Orders]);
    for number in 1..=3 {
        memory.note_sync(&synced(1, RunResult::Failed, 0), false);
        for _ in 0..6 {
            memory.note_sync(&orders, false);
        }
        memory = stored(&memory);
        let told = memory.tell(&facts(NOW));
        assert_eq!(told.len(), usize::from(number == 3), "{number}");
    }
    let mut products = orders.clone();
    products.settled = BTreeSet::from([Resource::Products]);
    memory.note_sync(&products, false);
    assert_eq!(memory, Memory::default(), "they are read again");
}

#[test]
fn a_sync_that_fails_before_it_begins_is_over_with_any_that_works() {
    let mut memory = Memory::default();
    let mut failed = synced(1, RunResult::Failed, 0);
    (failed.resources, failed.settled) = (BTreeMap::new(), BTreeSet::new());
    memory.note_sync(&failed, false);
    let mut orders = synced(1, RunResult::Complete, 0);
    orders.settled = BTreeSet::from([Resource::Orders]);
    memory.note_sync(&orders, false);
    assert_eq!(memory, Memory::default());
}

#[test]
fn an_authorization_is_told_at_14_7_3_and_1_days_and_when_it_has_ended() {
    let mut memory = Memory::default();
    let mut told = Vec::new();
    for hour in 0..=24 * 21 {
        let mut seen = facts(NOW + hour * HOUR);
        seen.tokens[0].ends_at = Some(NOW + 20 * DAY);
        memory = stored(&memory);
        told.extend(
            memory
                .tell(&seen)
                .into_iter()
                .map(|notice| (hour, notice.kind)),
        );
    }
    let steps = [(6, 14), (13, 7), (17, 3), (19, 1), (20, 0)];
    let expected = steps.map(|(day, days)| (day * 24, NoticeKind::TokenEnds(days)));
    assert_eq!(told, expected);
}

#[test]
fn a_new_authorization_is_told_anew_and_a_revoked_one_at_once() {
    let mut memory = Memory::default();
    let mut seen = facts(NOW);
    seen.tokens[0].ends_at = Some(NOW + 2 * DAY);
    assert_eq!(memory.tell(&seen).len(), 1);
    assert_eq!(memory.tell(&facts(NOW)), [], "authorized again");
    seen.tokens[0].ends_at = Some(NOW + 3 * DAY);
    assert_eq!(memory.tell(&seen).len(), 1);
    seen.tokens[0].ends_at = Some(NOW + 13 * DAY);
    let anew = [notice(NoticeKind::TokenEnds(14), 1, Some(shop(1)))];
    assert_eq!(
        memory.tell(&seen),
        anew,
        "authorized again, for a short time"
    );
    seen.tokens[0].works = false;
    let ended = [notice(NoticeKind::TokenEnds(0), 1, Some(shop(1)))];
    assert_eq!(memory.tell(&seen), ended);
}

#[test]
fn nothing_is_told_of_a_removed_shop() {
    let mut memory = Memory::default();
    memory.note_sync(&synced(3, RunResult::Complete, 2), false);
    for _ in 0..3 {
        memory.note_sync(&synced(3, RunResult::Failed, 0), false);
    }
    assert_eq!(memory.tell(&facts(NOW)), []);
    assert_eq!(memory, Memory::default());
}
