//! Browses the lists as a seller does. Every time is taken inside the page: the way through the WebDriver does not count.

use serde::Serialize;
use serde_json::{Value, json};

use crate::journeys::harness::window::Window;

/// What runs in the page.
const PROBE: &str = include_str!("probe.js");
/// Scrolls, each of three seconds: a script is cut off after thirty.
const SCROLLS: usize = 3;
/// Jumps to places far apart.
const JUMPS: usize = 40;
/// Shops whose orders are filtered.
const SHOPS: usize = 12;

/// Filters that an index answers: statuses above the list, for each shop.
const KPIS: [&str; 3] = ["delivered", "shipped", "canceled"];
/// Columns that no index of the list is made for.
const COLUMNS: [&str; 7] = [
    "name",
    "quantity",
    "amount",
    "sku",
    "ext_code",
    "shop",
    "delivered_at",
];

/// As often is each thing done that may not hold the page up: now and then the computer does by itself, also when nothing is done.
const ROUNDS: usize = 5;

/// What may not hold the page up, and the probe's function that does it.
const STANDSTILLS: [(&str, &str); 6] = [
    ("doing nothing", "standstillAtRest"),
    ("scrolling a plain list", "standstillScrollingPlain"),
    ("scrolling", "standstillScrolling"),
    ("paging by key", "standstillPaging"),
    ("opening orders", "standstillOpening"),
    ("changing the page", "standstillChangingPage"),
];

/// What browsing took, in milliseconds.
#[derive(Serialize)]
pub(crate) struct Browsing {
    /// From a click on a status, or a shop chosen, to its painted rows.
    indexed_filters: Vec<f64>,
    /// From a click on a column's head, or a search, to its painted rows.
    other_filters: Vec<f64>,
    /// Between two frames while the list is scrolled.
    frames: Vec<f64>,
    /// The same of a plain list in its place.
    plain_frames: Vec<f64>,
    /// From a jump to its painted rows.
    jumps: Vec<f64>,
    /// The longest that the page did not answer while …
    standstills: Vec<Standstill>,
}

/// The longest time in which the page's main thread took nothing else up.
#[derive(Serialize)]
struct Standstill {
    /// What was done.
    during: &'static str,
    /// Milliseconds, of each round.
    longest: Vec<f64>,
}

/// Browses orders, then the other pages. The window shows the orders.
pub(crate) fn measure(window: &Window, shops: &[String]) -> Browsing {
    let mut browsing = Browsing {
        indexed_filters: Vec::new(),
        other_filters: Vec::new(),
        frames: Vec::new(),
        plain_frames: Vec::new(),
        jumps: Vec::new(),
        standstills: Vec::new(),
    };
    for _ in 0..SCROLLS {
        browsing.frames.extend(times(&probe(window, "scroll", &[])));
        browsing
            .plain_frames
            .extend(times(&probe(window, "scrollPlain", &[])));
    }
    for number in 0..JUMPS {
        // From end to end and to places in between, never to the one before.
        let place = (number * 7 % 11) as f64 / 10.0;
        browsing
            .jumps
            .push(time(&probe(window, "jump", &[json!(place)])));
    }
    for (during, function) in STANDSTILLS {
        let longest = (0..ROUNDS).map(|_| time(&probe(window, function, &[])));
        let longest = longest.collect();
        browsing.standstills.push(Standstill { during, longest });
    }
    for kpi in KPIS {
        let filter = probe(window, "filterByStatus", &[json!(kpi)]);
        browsing.indexed_filters.push(time(&filter));
    }
    for shop in shops.iter().take(SHOPS) {
        let filter = probe(window, "filterByShop", &[json!(shop)]);
        browsing.indexed_filters.push(time(&filter));
        for kpi in KPIS {
            let filter = probe(window, "filterByStatus", &[json!(kpi)]);
            browsing.indexed_filters.push(time(&filter));
        }
    }
    probe(window, "showAll", &[]);
    for column in COLUMNS {
        for descending in [false, true] {
            let sort = probe(window, "sort", &[json!(column), json!(descending)]);
            browsing.other_filters.push(time(&sort));
        }
    }
    probe(window, "showAll", &[]);
    for length in [2, 3, 5] {
        for place in 0..4 {
            let search = probe(window, "search", &[json!(length), json!(place)]);
            browsing.other_filters.push(time(&search));
            probe(window, "showAll", &[]);
        }
    }
    browsing
}

/// Runs one function of the probe.
fn probe(window: &Window, function: &str, arguments: &[Value]) -> Value {
    window.run(
        &format!("{PROBE}\nreturn probe.{function}(...arguments)"),
        arguments,
    )
}

fn time(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn times(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(time).collect()
}
