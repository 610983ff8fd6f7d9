//! A canary: after everything that a shop goes through, nothing that is written, logged, shown or handed over holds a secret or a person.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use desk_engine::{Engine, Failure, Landing};
use desk_model::{Dialect, ListQuery, Resource, ShopId, SyncTrigger, UnixSeconds};
use desk_sandbox::{Fault, FaultKind};
use desk_store::Rows;
use serde_json::Value;
use tokio::sync::mpsc;
use tracing_subscriber::fmt::MakeWriter;

use crate::world::{US_SHOP, World};

/// What the platform tells of a buyer, though nobody asked.
const PERSON: [(&str, &str); 5] = [
    ("receiptName", "canary-person"),
    ("mobile", "canary-phone"),
    ("addressLine1", "canary-street"),
    ("mail", "canary@mail.example"),
    ("buyer_name", "canary-buyer"),
];

/// Everything that is logged, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Tells of a person in every row, makes one row unreadable, and lets refusals repeat what was sent.
fn tell_too_much(world: &World) {
    let person: String = PERSON
        .map(|(key, value)| format!("\"{key}\":\"{value}\","))
        .concat();
    world.alter(move |asked, body| {
        let asked: Value = serde_json::from_slice(asked).unwrap();
        let sent: String = ["access_token", "refresh_token", "code", "code_verifier"]
            .iter()
            .filter_map(|name| Some(format!("{} ", asked[name].as_str()?)))
            .collect();
        let text = String::from_utf8(body).unwrap();
        let text = [
            "\"order_sn\":",
            "\"parentOrderSn\":",
            "\"product_id\":",
            "\"goodsId\":",
        ]
        .iter()
        .fold(text, |text, key| {
            text.replace(key, &format!("{person}{key}"))
        });
        let text = text
            .replacen("\"created_at\":", "\"created_at\":\"once\",\"was\":", 1)
            .replacen(
                "\"parentOrderTime\":",
                "\"parentOrderTime\":\"once\",\"was\":",
                1,
            )
            .replace("\"error_msg\":\"", &format!("\"error_msg\":\"{sent}"))
            .replace("\"errorMsg\":\"", &format!("\"errorMsg\":\"{sent}"));
        text.into_bytes()
    });
}

/// Every token that the platform has given out for the shop, and the app's secret.
fn issued(world: &World) -> Vec<String> {
    let input = world.app_input();
    let token = world.token(0);
    let mut secrets = vec![
        input.app_secret.unwrap().expose().to_owned(),
        token.access_token.expose().to_owned(),
    ];
    secrets.extend(token.refresh_token.map(|token| token.expose().to_owned()));
    secrets
}

/// The values of a link that only app and platform may know.
fn one_time_values(link: &str) -> Vec<String> {
    let url = url::Url::parse(link).unwrap();
    let pairs = url.query_pairs();
    pairs
        .filter(|(key, _)| key == "code" || key == "state")
        .map(|(_, value)| value.into_owned())
        .collect()
}

/// All that the window or the command line is handed about a shop.
async fn handed_over(engine: &Engine, shop: &ShopId) -> String {
    let store = engine.store();
    let mut shown = format!("{:?}", store.quarantined(None).await.unwrap());
    for resource in Resource::ALL {
        let rows = store
            .list(&ListQuery::all(resource), UnixSeconds::default(), None)
            .await
            .unwrap();
        shown += &serde_json::to_string(&store.sync_runs(Some(shop), 500).await.unwrap()).unwrap();
        if let Rows::Orders(orders) = &rows {
            for order in orders.iter().take(5) {
                write!(
                    shown,
                    "{:?}",
                    store.order(shop, &order.order_sn).await.unwrap()
                )
                .unwrap();
            }
        }
        write!(shown, "{rows:?}").unwrap();
    }
    shown += &serde_json::to_string(&store.shops().await.unwrap()).unwrap();
    shown + &serde_json::to_string(&store.gateway_apps().await.unwrap()).unwrap()
}

fn assert_clean(what: &str, bytes: &[u8], secrets: &[String]) {
    let words = secrets
        .iter()
        .map(String::as_str)
        .chain(PERSON.map(|(_, value)| value));
    for secret in words {
        let found = bytes
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!found, "{what} holds {secret}");
    }
}

fn assert_files_are_clean(folder: &Path, secrets: &[String]) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += assert_files_are_clean(&path, secrets);
        } else {
            assert_clean(
                &path.display().to_string(),
                &fs::read(&path).unwrap(),
                secrets,
            );
            files += 1;
        }
    }
    files
}

#[tokio::test]
async fn i15_no_secret_and_no_person_is_left_anywhere() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(log.clone())
            .finish();
        let logging = tracing::subscriber::set_default(subscriber);
        let world = World::new(5, dialect).await;
        let mut events = world.engine.sync_events();
        let mut secrets = issued(&world);
        let mut shown = String::new();

        let app = world.engine.save_app(&world.app_input()).await.unwrap();
        let (heard, _) = mpsc::channel(1);
        let started = world
            .engine
            .begin_authorization(app.id, Landing::DeepLink, None, heard)
            .await
            .unwrap();
        let link = world.consent(&started.url, US_SHOP, "authorize");
        secrets.extend(one_time_values(&link));
        let shop = world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .unwrap()[0]
            .clone();
        let replayed = world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .unwrap_err();
        write!(shown, "{replayed:?} {replayed}").unwrap();
        secrets.extend(issued(&world));

        tell_too_much(&world);
        world.sandbox.set_faults(vec![Fault {
            kind: FaultKind::Empty,
            times: 1,
            call: None,
        }]);
        let summary = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        shown += &serde_json::to_string(&summary).unwrap();
        assert!(
            world.engine.store().quarantine_count(&shop).await.unwrap() > 0,
            "{summary:?}"
        );
        let wire = match dialect {
            Dialect::Guide => desk_sandbox::Dialect::Guide,
            Dialect::OpenPlatform => desk_sandbox::Dialect::OpenPlatform,
        };
        for revoke in [false, true] {
            if revoke {
                world.sandbox.revoke_token(wire, US_SHOP).unwrap();
            } else {
                world
                    .sandbox
                    .expire_token(wire, US_SHOP, world.clock.seconds())
                    .unwrap();
            }
            let summary = world
                .engine
                .sync_shop(&shop, SyncTrigger::Manual, None)
                .await;
            shown += &serde_json::to_string(&summary).unwrap();
            secrets.extend(issued(&world));
            let failure = world.engine.test_shop(&shop).await.err().map(Failure::from);
            shown += &serde_json::to_string(&failure).unwrap();
        }
        world.engine.reread_quarantine().await.unwrap();
        while let Ok(event) = events.try_recv() {
            shown += &serde_json::to_string(&event).unwrap();
        }
        shown += &handed_over(&world.engine, &shop).await;
        assert!(
            shown.contains("***"),
            "the platform did repeat what was sent"
        );

        world
            .engine
            .store()
            .back_up(desk_model::UnixSeconds(world.clock.seconds()))
            .await
            .unwrap();
        assert!(
            assert_files_are_clean(world.folder(), &secrets) >= 3,
            "database, journal, backup"
        );
        world.engine.store().close().await;
        assert_files_are_clean(world.folder(), &secrets);
        assert_clean("what is shown", shown.as_bytes(), &secrets);
        drop(logging);
        let log = log.0.lock().unwrap();
        let told = String::from_utf8_lossy(&log);
        assert!(
            told.contains("a call failed and will be made again"),
            "{told:.2000}"
        );
        assert_clean("the log", &log, &secrets);
    }
}
