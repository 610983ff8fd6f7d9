//! Breaks the algorithm on purpose: each breach of the rules must lose something that the simulation notices.

use std::process::Command;

use super::seeds::{self, Plan};

/// How many seeds a test run tries until one notices.
const SEEDS: u64 = 80;

/// Names the mutation of a process; a fail point of that name is where it works.
const VARIABLE: &str = "SELLER_DESK_MUTATION";

/// Breaks the algorithm in this process, if it was asked for, and lives through the seeds; answers whether it was.
pub(crate) fn is_noticed(plan: &Plan) -> Option<bool> {
    let name = std::env::var(VARIABLE).ok()?;
    fail::cfg(&name, "return").unwrap();
    let outcome = seeds::live_through(plan);
    eprintln!(
        "{name}: {} of {} runs lost something or broke a promise",
        outcome.failures.len(),
        outcome.runs
    );
    Some(!outcome.failures.is_empty())
}

/// In a process of its own, since a fail point holds for the whole process.
fn assert_noticed(name: &str) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "simulation::i1_nothing_is_lost_whatever_the_seed",
        ])
        .env(VARIABLE, name)
        .env("SELLER_DESK_SEEDS", SEEDS.to_string())
        .env("SELLER_DESK_ENOUGH", "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&child.stdout);
    assert!(
        told.contains("1 passed") && child.status.success(),
        "{told}"
    );
}

#[test]
fn i1_reading_pages_forward_is_noticed() {
    assert_noticed("forward-paging");
}

#[test]
fn i5_a_window_that_ends_now_is_noticed() {
    assert_noticed("end-now");
}

#[test]
fn i6_a_window_without_overlap_is_noticed() {
    assert_noticed("no-overlap");
}

#[test]
fn i1_several_pages_at_a_time_are_noticed() {
    assert_noticed("parallel-pages");
}

#[test]
fn i4_a_cursor_ahead_of_its_rows_is_noticed() {
    assert_noticed("cursor-first");
}
