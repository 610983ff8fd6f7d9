//! A program with a window, started by the WebDriver, and what Linux and its page tell about it.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::journeys::harness::desktop::Desktop;
use crate::journeys::harness::processes;
use crate::journeys::harness::wait::until;
use crate::journeys::harness::window::Window;

/// Linux counts time since the start in these, whatever its own clock does.
const TICKS_PER_SECOND: f64 = 100.0;

/// When the first rows, or the empty page's line, were painted; `null` before.
const PAINTED: &str = "
const mark = performance.getEntriesByName('first-rows')[0];
return mark ? performance.timeOrigin + mark.startTime : null";

/// A running program.
pub(crate) struct Program<'a> {
    pub(crate) window: Window,
    desktop: &'a Desktop,
    path: &'a str,
    pid: u32,
}

impl<'a> Program<'a> {
    /// Starts it and waits for its process.
    pub(crate) fn start(desktop: &'a Desktop, path: &'a str, arguments: &[&str]) -> Self {
        let window = Window::start_with(desktop, path, arguments);
        let pid = until("the program", || {
            desktop.running(Path::new(path)).first().copied()
        });
        Self {
            window,
            desktop,
            path,
            pid,
        }
    }

    /// Milliseconds from the start of its process to its first painted rows.
    pub(crate) fn time_to_paint(&self) -> f64 {
        let painted = until("the first rows", || self.window.run(PAINTED, &[]).as_f64());
        painted - self.started()
    }

    /// Bytes that the program and its children hold, shared ones by their share.
    pub(crate) fn memory(&self) -> u64 {
        let family = self.desktop.processes();
        let family = family.into_iter().filter(|pid| self.has_started(*pid));
        family.filter_map(proportional_set_size).sum()
    }

    /// Ends it as a logout does, and waits until it has.
    pub(crate) fn end(self) {
        processes::send("TERM", self.pid);
        until("the program to end", || {
            self.desktop
                .running(Path::new(self.path))
                .is_empty()
                .then_some(())
        });
    }

    /// Whether a process is the program's own, or a child of it, or a child of that.
    fn has_started(&self, pid: u32) -> bool {
        let parent = |pid: &u32| stat(*pid, 1)?.parse().ok();
        std::iter::successors(Some(pid), parent).any(|pid| pid == self.pid)
    }

    /// When its process was made, in milliseconds since 1970.
    fn started(&self) -> f64 {
        let ticks: f64 = stat(self.pid, 19).unwrap().parse().unwrap();
        let uptime = fs::read_to_string("/proc/uptime").unwrap();
        let since_boot: f64 = uptime.split_whitespace().next().unwrap().parse().unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "the page tells its times by the system's clock"
        )]
        let now = Timestamp::now().as_duration().as_secs_f64();
        (now - since_boot + ticks / TICKS_PER_SECOND) * 1_000.0
    }
}

/// What Linux tells about a process, by its place behind the name.
fn stat(pid: u32, place: usize) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything.
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(place).map(str::to_owned)
}

fn proportional_set_size(pid: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1_024)
}
