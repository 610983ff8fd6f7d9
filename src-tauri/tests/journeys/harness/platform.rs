//! The platform: the stand-in as a process of its own, and the hand of whoever runs it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::desktop::SELLER_DESK;
use super::http::agent;
use super::processes::Process;

/// How the platform is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Guide,
    OpenPlatform,
}

impl Dialect {
    /// Its name in the platform's credentials and admin routes.
    fn key(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::OpenPlatform => "open_platform",
        }
    }

    /// Its name in the window and on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::OpenPlatform => "open-platform",
        }
    }
}

/// A running stand-in.
pub(crate) struct Platform {
    credentials: Value,
    process: Process,
}

impl Platform {
    pub(crate) fn start() -> Self {
        let program = PathBuf::from(SELLER_DESK).with_file_name("desk-sandbox");
        assert!(
            program.exists(),
            "{} is missing: cargo build -p desk-sandbox --features server",
            program.display()
        );
        let mut process = Process::start(
            Command::new(program)
                .args(["--port", "0", "--seed", "7"])
                .stdout(Stdio::piped()),
        );
        let mut line = String::new();
        BufReader::new(process.0.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            credentials: serde_json::from_str(&line).unwrap(),
            process,
        }
    }

    /// The line it printed at its start.
    pub(crate) fn credentials(&self) -> &Value {
        &self.credentials
    }

    pub(crate) fn base_url(&self) -> &str {
        self.credentials["base_url"].as_str().unwrap()
    }

    pub(crate) fn app_key(&self, dialect: Dialect) -> &str {
        self.credentials[dialect.key()]["app_key"].as_str().unwrap()
    }

    pub(crate) fn app_secret(&self, dialect: Dialect) -> &str {
        self.credentials[dialect.key()]["app_secret"]
            .as_str()
            .unwrap()
    }

    /// The platform's id of a shop; the first is the US one.
    pub(crate) fn shop_id(&self, dialect: Dialect, shop: usize) -> &str {
        self.credentials[dialect.key()]["shops"][shop]["shop_id"]
            .as_str()
            .unwrap()
    }

    /// The access token that a shop had at the start.
    pub(crate) fn access_token(&self, dialect: Dialect, shop: usize) -> &str {
        self.credentials[dialect.key()]["shops"][shop]["access_token"]
            .as_str()
            .unwrap()
    }

    /// The refresh token that a shop had at the start; none on the open platform.
    pub(crate) fn refresh_token(&self, dialect: Dialect, shop: usize) -> Option<&str> {
        self.credentials[dialect.key()]["shops"][shop]["refresh_token"].as_str()
    }

    /// Order numbers of a shop that were updated in the last days; the first sync reads 30.
    pub(crate) fn orders_of_last_days(&self, shop: usize, days: i64) -> BTreeSet<String> {
        let now = self.admin_get("clock")["now"].as_i64().unwrap();
        let answer = self.admin_get(&format!(
            "orders?shop_id={}",
            self.shop_id(Dialect::Guide, shop)
        ));
        let is_recent =
            |order: &&Value| order["updated_at"].as_i64().unwrap() >= now - days * 86_400;
        let number = |order: &Value| order["order_sn"].as_str().unwrap().to_owned();
        answer["orders"]
            .as_array()
            .unwrap()
            .iter()
            .filter(is_recent)
            .map(number)
            .collect()
    }

    /// Adds an order and gives its number.
    pub(crate) fn add_order(&self, shop: usize, status: &str) -> String {
        let body = json!({"shop_id": self.shop_id(Dialect::Guide, shop), "action": "add", "status": status});
        self.admin("orders", &body)["order_sn"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Adds an order that should have been shipped long ago.
    pub(crate) fn add_overdue_order(&self, shop: usize) {
        let body = json!({"shop_id": self.shop_id(Dialect::Guide, shop), "action": "add", "status": "UNSHIPPED", "ship_by": 1_700_000_000});
        self.admin("orders", &body);
    }

    /// Gives an order another status.
    pub(crate) fn change_order(&self, shop: usize, order_sn: &str, status: &str) {
        let shop_id = self.shop_id(Dialect::Guide, shop);
        self.admin("orders", &json!({"shop_id": shop_id, "action": "change", "order_sn": order_sn, "status": status}));
    }

    /// The same, but its time of change stays as it was.
    pub(crate) fn change_order_silently(&self, shop: usize, order_sn: &str, status: &str) {
        let shop_id = self.shop_id(Dialect::Guide, shop);
        self.admin("orders", &json!({"shop_id": shop_id, "action": "change", "order_sn": order_sn, "status": status, "silently": true}));
    }

    /// Gives an order as many of its product; a number below one is none that a platform may send.
    pub(crate) fn set_quantity(&self, shop: usize, order_sn: &str, quantity: i64) {
        let shop_id = self.shop_id(Dialect::Guide, shop);
        self.admin("orders", &json!({"shop_id": shop_id, "action": "change", "order_sn": order_sn, "quantity": quantity}));
    }

    /// Answers every call with that kind of fault, until it is told otherwise.
    pub(crate) fn fail(&self, kind: &str) {
        self.admin("faults", &json!([{"kind": kind, "times": 10_000}]));
    }

    /// Answers every call as it should, but only after so many milliseconds.
    pub(crate) fn slow_down(&self, milliseconds: u64) {
        self.admin(
            "faults",
            &json!([{"kind": "delay_ms", "delay_ms": milliseconds, "times": 10_000}]),
        );
    }

    /// Answers every call as it should.
    pub(crate) fn recover(&self) {
        self.admin("faults", &json!([]));
    }

    /// Takes permissions from a shop's tokens.
    pub(crate) fn drop_scopes(&self, dialect: Dialect, shop: usize, scopes: &[&str]) {
        let shop_id = self.shop_id(dialect, shop);
        self.admin("scopes", &json!({"shop_id": shop_id, "drop": scopes}));
    }

    /// Lets a shop's access token run out, renews or revokes it; answers its newest tokens.
    pub(crate) fn tokens(&self, dialect: Dialect, shop: usize, action: &str) -> Value {
        let body = json!({"shop_id": self.shop_id(dialect, shop), "action": action, "dialect": dialect.key()});
        self.admin("tokens", &body)[dialect.key()].clone()
    }

    /// Makes a shop local, semi-managed or full-managed.
    pub(crate) fn set_mall_type(&self, shop: usize, mall_type: &str) {
        let shop_id = self.shop_id(Dialect::OpenPlatform, shop);
        self.admin(
            "shops",
            &json!({"shop_id": shop_id, "mall_type": mall_type}),
        );
    }

    /// How often each call of the API was made.
    pub(crate) fn calls(&self) -> Value {
        self.admin_get("log")
    }

    /// Keeps it from answering.
    pub(crate) fn hang(&self) {
        self.process.signal("STOP");
    }

    fn admin(&self, route: &str, body: &Value) -> Value {
        let address = format!("{}/admin/{route}", self.base_url());
        let mut answer = agent().post(&address).send_json(body).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        assert_eq!(answer.status(), 200, "{route} {body}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    fn admin_get(&self, route: &str) -> Value {
        let address = format!("{}/admin/{route}", self.base_url());
        agent()
            .get(&address)
            .call()
            .unwrap()
            .body_mut()
            .read_json()
            .unwrap()
    }
}
