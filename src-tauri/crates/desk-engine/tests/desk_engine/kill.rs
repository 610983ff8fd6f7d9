//! A process that syncs is killed, at every step that it persists and at any moment (F1, I10). After each death the database opens, the
//! next sync brings everything, and at most one page is read again.
//!
//! The real thing: a child process with its SQLite folder, a sealed vault, HTTP to the stand-in. Only the stand-in lives on.

mod child;
mod ground;
mod steps;

use std::time::Duration;

use desk_model::Dialect;

use self::{
    child::{Child, Work, act_as_child},
    ground::Ground,
};

/// How often a process is killed at any moment in a test run; `SELLER_DESK_KILLS` changes it.
const KILLS: u64 = 40;

#[test]
fn f1_killed_at_every_step_of_a_sync() {
    if act_as_child() {
        return;
    }
    let ground = Ground::new(Dialect::Guide);
    ground.add_shop();
    kill_at_every_step(Work::Sync, |work| ground.on_a_copy(work));
}

#[test]
fn f1_killed_at_every_step_of_an_authorization() {
    if act_as_child() {
        return;
    }
    kill_at_every_step(Work::Authorize, |work| work(&Ground::new(Dialect::Guide)));
}

#[test]
fn f1_killed_at_every_step_of_a_renewal() {
    if act_as_child() {
        return;
    }
    kill_at_every_step(Work::Renew, |work| {
        let ground = Ground::new(Dialect::Guide);
        ground.add_shop();
        ground.end_token();
        work(&ground);
    });
}

#[test]
fn f1_killed_at_any_moment() {
    if act_as_child() {
        return;
    }
    let kills = std::env::var("SELLER_DESK_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let ground = Ground::new(dialect);
        ground.add_shop();
        for kill in 0..kills / 2 {
            ground.live(kill);
            let mut child = Child::start(&ground, Work::SyncForEver, None);
            child.wait_until_ready();
            // Spread over what a sync takes.
            let moment = Duration::from_millis(kill * 7_919 % 900);
            child.kill_after(moment);
            ground.recover(&format!(
                "{} kill {kill} after {moment:?}",
                dialect.as_str()
            ));
        }
    }
}

/// Lets the work be done as often as it has steps, and kills it at another one each time; `on_ground` prepares a ground for each.
fn kill_at_every_step(work: Work, on_ground: impl Fn(&mut dyn FnMut(&Ground))) {
    let (mut steps, mut usual) = (0, 0);
    on_ground(&mut |ground| {
        steps = Child::start(ground, work, None).finish();
        ground.recover("nobody was killed");
        usual = ground.pages_read();
    });
    assert!(steps >= 10, "{work:?} has {steps} steps");
    for step in 1..=steps {
        on_ground(&mut |ground| {
            let place = Child::start(ground, work, Some(step)).kill_at_step();
            let what = format!("{work:?} killed at step {step} of {steps}, {place}");
            ground.recover(&what);
            // The page under way, the one before it, which shows whether the seam holds, and the first, which tells the total.
            let again = ground.pages_read().saturating_sub(usual);
            assert!(again <= 3, "{what}: {again} pages were read again");
        });
    }
}
