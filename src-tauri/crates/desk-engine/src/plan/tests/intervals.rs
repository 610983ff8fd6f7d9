//! Orders, products and activities each at an interval of their own.

use super::*;

const EACH: Intervals = Intervals {
    orders: 10,
    products: 60,
    activities: 240,
};

fn world(intervals: Intervals) -> World {
    let mut world = World::new(1, 1);
    world.plan.set_schedule(every(intervals));
    world
}

/// A world whose log tells when resources were last read.
fn world_after(ends: &[(Resource, UnixSeconds)], intervals: Intervals) -> World {
    let mut world = world(intervals);
    world.plan.keep(&BTreeMap::new());
    world.plan.add(shop(0), ends.iter().copied().collect());
    world.plan.keep(&[(shop(0), everything())].into());
    world
}

fn every(intervals: Intervals) -> Schedule {
    Schedule {
        enabled: true,
        intervals,
    }
}

fn only(resource: Resource) -> BTreeSet<Resource> {
    BTreeSet::from([resource])
}

impl World {
    /// When a resource was read since the last call, in seconds since the start.
    fn reads(&self, resource: Resource) -> Vec<i64> {
        let runs = self.runs.iter().zip(&self.read);
        let own = runs.filter(|(_, read)| read.contains(&resource));
        own.map(|((at, _), _)| *at - START).collect()
    }

    fn forget(&mut self) {
        self.runs.clear();
        self.read.clear();
    }
}

#[test]
fn each_resource_is_read_at_its_own_interval_and_never_later_than_a_tenth_of_it() {
    let mut world = world(EACH);
    world.live(7 * 24 * HOUR);
    for resource in Resource::ALL {
        let interval = EACH.seconds(resource);
        let reads = world.reads(resource);
        assert_eq!(reads[0], 0);
        let gaps = gaps(&reads);
        let allowed = interval..=interval + interval / 10 + LOOK;
        assert!(
            gaps.iter().all(|gap| allowed.contains(gap)),
            "{resource:?}: {gaps:?}"
        );
    }
    assert!(world.read.iter().all(|read| !read.is_empty()));
}

#[test]
fn what_is_due_together_goes_in_one_run() {
    let mut world = world(Intervals::all(30));
    world.live(24 * HOUR);
    assert!(world.read.len() > 40);
    assert!(world.read.iter().all(|read| *read == everything()));

    world.plan.set_schedule(every(EACH));
    world.live(24 * HOUR);
    world.forget();
    world.live(24 * HOUR);
    let alone = |resource| {
        let read = only(resource);
        world.read.iter().filter(|other| **other == read).count()
    };
    let (products, activities) = (alone(Resource::Products), alone(Resource::Activities));
    assert!(alone(Resource::Orders) > 100, "mostly orders alone");
    let reads = world.reads(Resource::Products).len();
    assert!(
        products * 4 <= reads * 3 && activities <= 4,
        "{products} of {reads} reads of products, and {activities} of activities, were runs of their own"
    );
}

#[test]
fn a_shorter_interval_of_one_resource_takes_effect_for_it_alone() {
    let mut world = world(Intervals::all(240));
    world.live(HOUR);
    world.forget();
    world.plan.set_schedule(every(Intervals {
        products: 30,
        ..Intervals::all(240)
    }));
    let next = world.plan.state(world.now).next_at.unwrap();
    assert_eq!(next, world.now, "overdue by its new interval");
    world.live(2 * HOUR);
    assert_eq!(world.reads(Resource::Products)[0], HOUR);
    assert_eq!(world.reads(Resource::Products).len(), 4);
    assert!(world.reads(Resource::Orders).is_empty());
    assert!(world.reads(Resource::Activities).is_empty());
}

#[test]
fn next_is_the_first_resource_of_any_shop() {
    for resource in Resource::ALL {
        let next = |at: UnixSeconds| {
            let ends =
                Resource::ALL.map(|other| (other, if other == resource { at } else { START }));
            let world = world_after(&ends, Intervals::all(100));
            world.plan.state(START).next_at.unwrap() - START
        };
        let earlier = next(START - HOUR);
        assert!((40 * MINUTE..=50 * MINUTE).contains(&earlier), "{earlier}");
        let later = next(START + HOUR);
        assert!((100 * MINUTE..=110 * MINUTE).contains(&later), "{later}");
    }
}

#[test]
fn i10_what_was_cut_off_goes_on_at_once_and_what_was_not_waits() {
    let ends = [Resource::Orders, Resource::Activities].map(|resource| (resource, START));
    let mut world = world_after(&ends, Intervals::all(30));
    world.live(20 * MINUTE);
    assert_eq!(world.reads(Resource::Products), [0]);
    assert_eq!(world.read, [only(Resource::Products)]);
}

#[test]
fn a_sync_by_hand_counts_for_what_it_read() {
    let mut world = world(Intervals::all(60));
    world.live(30 * MINUTE);
    world.forget();
    world.end(&shop(0), &only(Resource::Orders), None);
    world.live(59 * MINUTE);
    assert!(world.reads(Resource::Orders).is_empty());
    assert_eq!(world.reads(Resource::Products).len(), 1);
}

#[test]
fn a_resource_that_a_shop_does_not_have_is_never_due_until_it_has() {
    let mut world = world(EACH);
    let orders = only(Resource::Orders);
    world.plan.keep(&[(shop(0), orders.clone())].into());
    world.live(24 * HOUR);
    let runs = world.read.len();
    assert!((125..=145).contains(&runs), "{runs} runs in a day");
    assert!(world.read.iter().all(|read| *read == orders));
    world.forget();
    let begun = world.now - START;
    world.plan.keep(&[(shop(0), everything())].into());
    world.live(LOOK);
    assert_eq!(world.reads(Resource::Products), [begun]);
}

#[test]
fn what_cannot_be_read_is_tried_at_its_interval_and_holds_up_nothing_else() {
    let mut world = world(EACH);
    world.live(2 * HOUR);
    world.forget();
    world
        .refused
        .insert(Resource::Products, ErrorCode::ScopeMissing);
    world.live(24 * HOUR);
    let products = world.reads(Resource::Products).len();
    assert!((21..=24).contains(&products), "{products} tries in a day");
    assert!(world.reads(Resource::Orders).len() > 125);
    assert_eq!(world.plan.state(world.now).waiting, []);
}

#[test]
fn one_list_that_is_wrong_holds_up_no_other_and_is_tried_with_what_is_read_most_often() {
    for code in [
        ErrorCode::MalformedResponse,
        ErrorCode::InconsistentList,
        ErrorCode::InvalidParameter,
    ] {
        let mut world = world(EACH);
        world.live(2 * HOUR);
        world.forget();
        world.refused.insert(Resource::Products, code);
        world.live(24 * HOUR);
        let reads = |resource| world.reads(resource).len();
        assert!(reads(Resource::Orders) > 125, "{code:?}");
        assert!((5..=7).contains(&reads(Resource::Activities)), "{code:?}");
        let products = reads(Resource::Products);
        assert!(
            (100..=150).contains(&products),
            "{code:?}: {products} tries"
        );
        assert_eq!(world.plan.state(world.now).waiting, []);
    }
}

#[test]
fn one_list_that_is_wrong_and_read_alone_holds_up_no_other() {
    let mut world = world(Intervals {
        orders: 60,
        products: 10,
        activities: 60,
    });
    world.live(2 * HOUR);
    world.forget();
    world
        .refused
        .insert(Resource::Products, ErrorCode::MalformedResponse);
    world.live(24 * HOUR);
    assert!(world.reads(Resource::Orders).len() >= 21);
    assert!(world.reads(Resource::Products).len() > 100);
    assert_eq!(world.plan.state(world.now).waiting, []);
}

#[test]
fn a_shorter_interval_shortens_the_wait_of_what_was_left() {
    let mut world = world(Intervals::all(7 * 24 * 60));
    world
        .refused
        .insert(Resource::Orders, ErrorCode::IpNotAllowed);
    world.live(LOOK);
    world.refused.clear();
    world.forget();
    world.plan.set_schedule(every(Intervals::all(5)));
    world.live(10 * MINUTE);
    assert_eq!(world.read[0], everything());
}

#[test]
fn f3_what_was_read_before_the_platform_failed_is_not_read_again_with_each_try() {
    let mut world = world(Intervals {
        products: 10,
        ..Intervals::all(7 * 24 * 60)
    });
    world
        .refused
        .insert(Resource::Products, ErrorCode::PlatformUnavailable);
    world.live(6 * HOUR);
    assert!(world.reads(Resource::Products).len() > 8);
    assert_eq!(world.reads(Resource::Orders), [0]);
}

#[test]
fn what_a_stopped_run_did_not_reach_waits_no_longer_than_what_is_read_most_often() {
    for code in [ErrorCode::Canceled, ErrorCode::IpNotAllowed] {
        let mut world = world(Intervals {
            orders: 30,
            ..Intervals::all(7 * 24 * 60)
        });
        world.refused.insert(Resource::Orders, code);
        world.live(LOOK);
        world.refused.clear();
        world.forget();
        world.live(HOUR);
        let first = world.reads(Resource::Products)[0];
        assert!((30 * MINUTE..=34 * MINUTE).contains(&first), "{first} s");
        assert_eq!(world.read[0], everything());
    }
}

#[test]
fn f3_a_breaker_holds_all_of_a_shop_and_is_tried_with_what_is_due() {
    let mut world = world(EACH);
    world.live(LOOK);
    world.forget();
    world.broken.insert(shop(0), ErrorCode::PlatformUnavailable);
    world.live(80 * MINUTE);
    assert!(world.runs.len() <= 9, "{} tries", world.runs.len());
    assert_eq!(world.read[0], only(Resource::Orders));
    let due = BTreeSet::from([Resource::Orders, Resource::Products]);
    assert_eq!(*world.read.last().unwrap(), due);
    world.broken.clear();
    world.forget();
    world.live(HOUR);
    assert_eq!(world.read[0], due);
    assert_eq!(world.plan.state(world.now).waiting, []);
}

#[test]
fn where_nothing_is_due_a_breaker_is_tried_with_the_orders() {
    let mut world = world(EACH);
    world.live(LOOK);
    world.forget();
    let trouble = failure(ErrorCode::PlatformUnavailable);
    world.plan.failed(&shop(0), &trouble, world.now);
    world.live(2 * MINUTE);
    assert_eq!(world.read, [only(Resource::Orders)]);
    assert_eq!(world.plan.state(world.now).waiting, []);
}
