//! What was measured, as tables for people and as JSON for programs.

use std::{
    fmt::Write as _,
    fs,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

/// One benchmark's figures.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) benchmark: String,
    /// Rows it was run with.
    pub(crate) rows: u64,
    pub(crate) figures: Vec<Figure>,
    /// What the figures do not say by themselves.
    pub(crate) remarks: Vec<String>,
}

/// One number, with what it should be where that was decided.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) name: String,
    /// The median where there are several measurements.
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) p95: Option<f64>,
    pub(crate) p99: Option<f64>,
    pub(crate) target: Option<Target>,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    Least(f64),
    Most(f64),
    /// Holds on a machine that does nothing else: on a busy one a miss is told and does no harm.
    LeastWhenIdle(f64),
}

impl Report {
    pub(crate) fn new(benchmark: &str, rows: u64) -> Self {
        Self {
            benchmark: benchmark.to_owned(),
            rows,
            figures: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub(crate) fn figure(&mut self, name: &str, value: f64, unit: &str) -> &mut Figure {
        self.figures.push(Figure {
            name: name.to_owned(),
            value,
            unit: unit.to_owned(),
            p95: None,
            p99: None,
            target: None,
        });
        let last = self.figures.len() - 1;
        &mut self.figures[last]
    }

    /// The median and the 95th percentile of a page's milliseconds.
    pub(crate) fn times(&mut self, name: &str, times: &Times) {
        self.spread(name, times, "ms per page");
    }

    /// The median, the 95th and the 99th percentile of milliseconds.
    pub(crate) fn spread(&mut self, name: &str, times: &Times, unit: &str) {
        let figure = self.figure(name, times.median(), unit);
        figure.p95 = Some(times.percentile(95));
        figure.p99 = Some(times.percentile(99));
    }

    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// The figures as a table in plain text.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("\n{} ({} rows)\n", self.benchmark, self.rows);
        for figure in &self.figures {
            let percentile = |name: &str, value: Option<f64>| {
                value.map_or_else(String::new, |value| format!("{name} {}", number(value)))
            };
            let _ = writeln!(
                text,
                "  {:<58} {:>12} {:<12} {:<12} {:<12} {}",
                figure.name,
                number(figure.value),
                figure.unit,
                percentile("p95", figure.p95),
                percentile("p99", figure.p99),
                figure.verdict(),
            );
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "  · {remark}");
        }
        text
    }
}

impl Figure {
    pub(crate) fn target(&mut self, target: Target) {
        self.target = Some(target);
    }

    /// Whether it is as good as it should be; `None` where nothing was decided.
    pub(crate) fn is_met(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::Least(least) | Target::LeastWhenIdle(least) => self.value >= least,
            Target::Most(most) => self.value <= most,
        })
    }

    /// Whether something is slower than it may be, however busy the machine is.
    pub(crate) fn has_failed(&self) -> bool {
        let is_absolute = matches!(self.target, Some(Target::LeastWhenIdle(_)));
        !is_absolute && self.is_met() == Some(false)
    }

    fn verdict(&self) -> String {
        let Some((target, met)) = self.target.zip(self.is_met()) else {
            return String::new();
        };
        let met = if met { "met" } else { "NOT MET" };
        match target {
            Target::Least(least) => format!("≥ {}: {met}", number(least)),
            Target::Most(most) => format!("≤ {}: {met}", number(most)),
            Target::LeastWhenIdle(least) => format!("≥ {} when idle: {met}", number(least)),
        }
    }
}

/// Many measurements of the same thing.
#[derive(Debug, Default)]
pub(crate) struct Times(pub(crate) Vec<Duration>);

impl Times {
    pub(crate) fn since(&mut self, start: Instant) {
        self.0.push(start.elapsed());
    }

    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// Milliseconds that so many per cent of the measurements stay within.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
    }
}

/// The processor time that this process has used so far, all threads together, as Linux tells it.
pub(crate) fn processor_time() -> Option<Duration> {
    let threads = fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = threads.filter_map(|thread| {
        let told = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(nanoseconds.sum()))
}

/// Rows per second.
pub(crate) fn rate(rows: u64, time: Duration) -> f64 {
    rows as f64 / time.as_secs_f64()
}

fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 1_000.0 => format!("{value:.0}"),
        small if small < 10.0 && value.fract() != 0.0 => format!("{value:.2}"),
        _ if value.fract() == 0.0 => format!("{value:.0}"),
        _ => format!("{value:.1}"),
    }
}

/// What the figures were measured on.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    processors: usize,
    /// As Linux tells it; `None` elsewhere.
    processor: Option<String>,
    system: String,
    /// Processes that wanted to run in the last minute, as Linux tells it.
    load: Option<String>,
}

impl Machine {
    pub(crate) fn this() -> Self {
        let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        });
        let load = fs::read_to_string("/proc/loadavg").ok();
        Self {
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            processor,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            load: load.and_then(|text| Some(text.split_whitespace().next()?.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_held_against_its_target() {
        let mut report = Report::new("made-up", 1);
        report.figure("slow", 0.5, "×").target(Target::Least(0.6));
        report.figure("few", 3.0, "calls").target(Target::Most(3.0));
        report.figure("any", 1.0, "×");
        report
            .figure("busy", 1.0, "rows/s")
            .target(Target::LeastWhenIdle(2.0));
        let met: Vec<_> = report.figures.iter().map(Figure::is_met).collect();
        assert_eq!(met, [Some(false), Some(true), None, Some(false)]);
        let failed: Vec<_> = report.figures.iter().map(Figure::has_failed).collect();
        assert_eq!(failed, [true, false, false, false]);
        assert!(
            report.table().contains("≥ 0.60: NOT MET"),
            "{}",
            report.table()
        );
    }

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times = Times((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!((times.median(), times.percentile(95)), (51.0, 96.0));
    }
}
