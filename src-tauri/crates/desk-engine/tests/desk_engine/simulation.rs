//! The sync algorithm against a restless server: whatever the seed, nothing is lost (F8, F9, F11; I1, I2, I3, I5, I18).
//!
//! A seed decides everything: the world, what happens at the platform between two requests, every fault, every lie. So a seed that
//! fails does so again: `scripts/simulate --seed N`.

mod course;
mod life;
mod mutations;
pub(crate) mod oracle;
mod promises;
mod random;
pub(crate) mod seeds;
pub(crate) mod trouble;
pub(crate) mod truth;

use desk_model::Dialect;

use self::{course::Course, seeds::Plan};

/// How many seeds a test run lives through, each in both dialects.
const SEEDS: u64 = 500;

const DIALECTS: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

#[test]
fn i1_nothing_is_lost_whatever_the_seed() {
    let plan = Plan::from_environment(SEEDS);
    if let Some(noticed) = mutations::is_noticed(&plan) {
        assert!(noticed, "the algorithm was broken, and nothing was lost");
        return;
    }
    let outcome = seeds::live_through(&plan);
    assert!(
        outcome.failures.is_empty(),
        "{} of {} runs failed:\n{}",
        outcome.failures.len(),
        outcome.runs,
        outcome.failures.join("\n")
    );
}

#[test]
fn the_same_seed_sends_the_same_requests() {
    for seed in 0..20 {
        for dialect in DIALECTS {
            let [first, second] = [(); 2].map(|()| seeds::block_on(Course::run(seed, dialect)));
            assert!(first.sent.requests > 20);
            assert_eq!(first, second, "seed {seed} {}", dialect.as_str());
        }
    }
}
