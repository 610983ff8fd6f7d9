//! The plan against a made-up world.

mod intervals;
mod world;

use self::world::*;
use super::*;
use crate::{ErrorCode, failure::Failure};

fn gaps(starts: &[i64]) -> Vec<i64> {
    starts.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn each_shop_runs_at_once_and_then_after_its_interval_and_up_to_a_tenth() {
    let mut world = World::new(3, 30);
    world.live(7 * 24 * HOUR);
    let runs = world.take_runs();
    for number in 0..3 {
        let own: Vec<i64> = runs
            .iter()
            .filter(|(_, name)| *name == shop(number))
            .map(|(at, _)| *at - START)
            .collect();
        assert_eq!(own[0], 0);
        let gaps = gaps(&own);
        assert!(
            gaps.iter().all(|gap| (1_800..=1_985).contains(gap)),
            "{gaps:?}"
        );
        let spread = gaps.iter().max().unwrap() - gaps.iter().min().unwrap();
        assert!(spread > 120, "they differ by chance: {gaps:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_plan_and_another_one_another() {
    let runs = |seed| {
        let mut world = World::new(2, 10);
        world.plan.random = Random::new(seed);
        world.live(24 * HOUR);
        world.take_runs()
    };
    assert_eq!(runs(1), runs(1));
    assert_ne!(runs(1), runs(2));
}

#[test]
fn i19_after_a_sleep_or_a_clock_set_ahead_each_shop_runs_once_and_not_all_at_the_same_moment() {
    // A night, a time zone, and a day.
    for jump in [8 * HOUR, HOUR, 24 * HOUR] {
        let mut world = World::new(10, 30);
        world.live(24 * HOUR);
        world.take_runs();
        world.now = world.now + jump;
        let woken = world.now;
        world.live(20 * MINUTE);
        let runs = world.take_runs();
        let mut shops: Vec<&ShopId> = runs.iter().map(|(_, shop)| shop).collect();
        shops.sort_unstable();
        shops.dedup();
        assert_eq!((runs.len(), shops.len()), (10, 10), "{runs:?}");
        let late = runs.iter().map(|(at, _)| *at - woken).max().unwrap();
        assert!(
            (5..=40).contains(&late),
            "caught up soon, but spread: {late} s"
        );
        world.live(30 * MINUTE);
        assert_eq!(world.take_runs().len(), 10, "and then as always");
    }
}

#[test]
fn i19_a_clock_set_back_changes_nothing() {
    for jump in [HOUR, 24 * HOUR] {
        let (mut world, mut calm) = (World::new(4, 30), World::new(4, 30));
        for world in [&mut world, &mut calm] {
            world.broken.insert(shop(3), ErrorCode::PlatformUnavailable);
            world.live(6 * HOUR + 11 * MINUTE);
            world.take_runs();
        }
        let since = calm.now;
        // Between two looks; the plan moves along with the clock.
        world.now = world.now - jump;
        let begun = world.now;
        world.live(6 * HOUR);
        calm.live(6 * HOUR);
        let seen: Vec<(i64, ShopId)> = world
            .take_runs()
            .into_iter()
            .map(|(at, shop)| (at - begun, shop))
            .collect();
        let expected: Vec<(i64, ShopId)> = calm
            .take_runs()
            .into_iter()
            .map(|(at, shop)| (at - since, shop))
            .collect();
        assert_eq!(seen.len(), expected.len(), "neither a storm nor a silence");
        for ((at, shop), (calm_at, calm_shop)) in seen.iter().zip(&expected) {
            assert_eq!(shop, calm_shop);
            assert!(
                (at - calm_at).abs() <= 2 * LOOK,
                "{at} instead of {calm_at}"
            );
        }
    }
}

#[test]
fn f3_a_platform_in_trouble_is_asked_less_and_less_and_found_well_by_itself() {
    for code in [
        ErrorCode::PlatformUnavailable,
        ErrorCode::RateLimited,
        ErrorCode::MalformedResponse,
    ] {
        let mut world = World::new(2, 10);
        world.broken.insert(shop(0), code);
        world.live(30 * MINUTE);
        let waiting = world.plan.state(world.now).waiting;
        assert_eq!(waiting.len(), 1);
        assert_eq!(
            (waiting[0].shop_id.clone(), waiting[0].reason.code),
            (shop(0), code)
        );
        let runs = world.runs.clone();
        let other = runs.iter().filter(|(_, name)| *name == shop(1)).count();
        assert!(other >= 3, "the other shop goes on");
        assert_eq!(world.starts(0, START), [0, 60, 180, 420, 900]);

        world.broken.clear();
        world.live(30 * MINUTE);
        let starts = world.starts(0, START);
        assert_eq!(starts[0], 1_860, "the time that was told");
        assert!((600..=665).contains(&(starts[1] - starts[0])), "{starts:?}");
        assert_eq!(world.plan.state(world.now).waiting, []);
    }
}

#[test]
fn a_sync_by_hand_closes_the_breaker_when_it_works_and_lengthens_nothing_when_it_does_not() {
    let mut world = World::new(1, 600);
    world.broken.insert(shop(0), ErrorCode::PlatformUnavailable);
    world.live(8 * MINUTE);
    assert_eq!(world.starts(0, START), [0, 60, 180, 420]);
    let before = world.plan.state(world.now).waiting;
    world.end_by_hand(&shop(0), Some(ErrorCode::PlatformUnavailable));
    assert_eq!(world.plan.state(world.now).waiting, before);
    world.end_by_hand(&shop(0), None);
    assert_eq!(world.plan.state(world.now).waiting, []);
    world.live(HOUR);
    assert!(world.starts(0, START).is_empty(), "it has just run");
}

#[test]
fn i17_a_shop_is_tried_when_the_platform_said_and_not_before() {
    let mut world = World::new(1, 1);
    world.plan.asked_to_wait(&shop(0), START + 2 * HOUR);
    world.broken.insert(shop(0), ErrorCode::RateLimited);
    world.live(LOOK);
    world.broken.clear();
    let told = world.plan.state(world.now);
    assert_eq!(told.next_at, Some(START + 2 * HOUR));
    world.live(3 * HOUR);
    assert_eq!(world.starts(0, START)[..2], [0, 2 * HOUR]);
}

#[test]
fn i16_what_needs_a_person_opens_no_breaker_and_is_tried_at_the_usual_pace() {
    for code in [
        ErrorCode::TokenRevoked,
        ErrorCode::ShopUnauthorized,
        ErrorCode::SignatureRejected,
        ErrorCode::Canceled,
    ] {
        let mut world = World::new(1, 30);
        world.broken.insert(shop(0), code);
        world.live(2 * HOUR);
        let state = world.plan.state(world.now);
        assert_eq!((state.waiting, state.paused), (Vec::new(), None));
        let gaps = gaps(&world.starts(0, START));
        assert!(gaps.iter().all(|gap| *gap >= 1_800), "{code:?}: {gaps:?}");
    }
}

#[test]
fn f20_offline_one_small_call_probes_and_everything_goes_when_it_works() {
    let mut world = World::new(20, 10);
    world.live(HOUR);
    world.take_runs();
    world.away = Some(ErrorCode::Network);
    world.live(30 * MINUTE);
    let begun = world.probes[0];
    let runs = world.take_runs();
    assert!(
        runs.iter().all(|(at, _)| *at <= begun),
        "nothing but the probe goes: {runs:?}"
    );
    let probes: Vec<i64> = world.probes.iter().map(|at| *at - begun).collect();
    assert_eq!(probes[..6], [0, 30, 90, 210, 450, 750], "30 s … 5 min");
    let state = world.plan.state(world.now);
    assert_eq!(state.paused.unwrap().code, ErrorCode::Network);
    assert_eq!(state.waiting, [], "no shop is to blame");

    world.away = None;
    let asked = world.probes.len();
    world.live(5 * MINUTE + 45);
    assert_eq!(world.probes.len(), asked + 1);
    let back = world.probes[asked];
    let runs = world.take_runs();
    assert_eq!(runs.len(), 20, "each overdue shop once");
    let times: BTreeSet<UnixSeconds> = runs.iter().map(|(at, _)| *at).collect();
    assert!(
        times.len() > 3 && *times.last().unwrap() - back <= 35,
        "{times:?}"
    );
}

#[test]
fn f20_one_host_that_is_gone_holds_only_its_own_shop() {
    let mut world = World::new(3, 10);
    world.broken.insert(shop(1), ErrorCode::Network);
    world.live(6 * HOUR);
    assert!(world.probes.len() <= 12, "{} probes", world.probes.len());
    let state = world.plan.state(world.now);
    assert_eq!(state.waiting[0].shop_id, shop(1));
    assert_eq!(state.paused, None);
    let runs = world.take_runs();
    let count = |number| {
        runs.iter()
            .filter(|(_, name)| *name == shop(number))
            .count()
    };
    assert!(count(0) > 30 && count(2) > 30, "the others hardly notice");
    assert!(count(1) <= 12, "{} runs of a dead host", count(1));
}

#[test]
fn f12_f15_a_disk_or_vault_that_is_away_pauses_everything_with_its_reason() {
    for code in [
        ErrorCode::DiskFull,
        ErrorCode::FolderNotWritable,
        ErrorCode::StorageFailed,
        ErrorCode::KeychainLocked,
        ErrorCode::KeychainSlow,
        ErrorCode::PassphraseNeeded,
    ] {
        let mut world = World::new(5, 10);
        world.live(LOOK);
        world.take_runs();
        world.away = Some(code);
        world.live(2 * HOUR);
        let runs = world.take_runs();
        assert!(
            runs.len() <= 5,
            "{code:?}: {} runs into the same wall",
            runs.len()
        );
        let state = world.plan.state(world.now);
        assert_eq!(state.paused.unwrap().code, code);
        assert!(state.next_at.unwrap() - world.now <= 5 * MINUTE);

        world.away = None;
        world.live(6 * MINUTE);
        assert_eq!(world.plan.state(world.now).paused, None);
        assert!(world.take_runs().len() >= 5, "it goes on by itself");
    }
}

#[test]
fn f12_a_disk_with_room_for_the_probe_alone_is_no_storm() {
    let mut world = World::new(1, 10);
    // The probe always works, the run never does.
    for _ in 0..2 * HOUR / LOOK {
        world.plan.look(world.now);
        for step in world.plan.next(world.now) {
            world.plan.begin(&step, world.now);
            match &step {
                Step::Sync(shop, resources) => {
                    world.runs.push((world.now, shop.clone()));
                    world.end(shop, resources, Some(ErrorCode::DiskFull));
                }
                Step::Probe(..) => world.plan.probed(None, Ok(()), world.now),
                _ => {}
            }
            world.plan.done(&step);
        }
        world.now = world.now + LOOK;
    }
    assert!(
        world.runs.len() <= 30,
        "{} runs in two hours",
        world.runs.len()
    );
}

#[test]
fn a_sync_by_hand_that_works_ends_a_pause() {
    let mut world = World::new(3, 10);
    world.away = Some(ErrorCode::Network);
    world.live(20 * MINUTE);
    world.take_runs();
    world.away = None;
    world.end_by_hand(&shop(2), None);
    assert_eq!(world.plan.state(world.now).paused, None);
    world.live(MINUTE);
    assert_eq!(world.take_runs().len(), 2, "the other two are overdue");
}

#[test]
fn a_shop_that_runs_is_not_started_again_and_one_that_is_gone_is_forgotten() {
    let mut world = World::new(1, 1);
    let step = Step::Sync(shop(0), everything());
    world.plan.begin(&step, world.now);
    world.live(HOUR);
    assert!(
        world.take_runs().is_empty(),
        "it has been running all the time"
    );
    world.plan.keep(&BTreeMap::new());
    assert!(world.plan.knows(&shop(0)), "until its run has ended");
    world.plan.done(&step);
    world.plan.keep(&BTreeMap::new());
    assert!(!world.plan.knows(&shop(0)));
    assert_eq!(world.plan.state(world.now).next_at, None);
}

#[test]
fn what_else_is_due_follows_a_sync_that_worked_and_a_backup_when_nothing_runs() {
    let mut world = World::new(1, 600);
    world.live(LOOK);
    world.live(3 * LOOK);
    let steps: Vec<Step> = world.others.iter().map(|(_, step)| step.clone()).collect();
    assert_eq!(
        steps,
        [Step::RefreshTokens, Step::Maintain(shop(0)), Step::BackUp]
    );
    world.others.clear();
    world.live(48 * HOUR);
    let count = |wanted: &Step| {
        world
            .others
            .iter()
            .filter(|(_, step)| step == wanted)
            .count()
    };
    assert_eq!(count(&Step::BackUp), 2, "once a day");
    assert_eq!(count(&Step::RefreshTokens), 48, "every hour");
    world.others.clear();
    world.broken.insert(shop(0), ErrorCode::PlatformUnavailable);
    world.live(11 * HOUR);
    let count = |wanted: &Step| {
        world
            .others
            .iter()
            .filter(|(_, step)| step == wanted)
            .count()
    };
    assert_eq!(
        count(&Step::Maintain(shop(0))),
        0,
        "nothing behind a failure"
    );
}

#[test]
fn switched_off_nothing_is_synced_or_probed() {
    let mut world = World::new(2, 1);
    world.away = Some(ErrorCode::Network);
    world.live(MINUTE);
    world.plan.set_schedule(Schedule {
        enabled: false,
        intervals: Intervals::all(1),
    });
    world.take_runs();
    world.probes.clear();
    world.end_by_hand(&shop(0), Some(ErrorCode::Network));
    world.live(HOUR);
    assert_eq!((world.take_runs().len(), world.probes.len()), (0, 0));
    let state = world.plan.state(world.now);
    assert_eq!((state.next_at, state.paused), (None, None));
}
