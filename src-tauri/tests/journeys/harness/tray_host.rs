//! A place for trays on the desktop, and the hand that clicks there.

use std::sync::{Arc, Mutex};

use zbus::blocking::{Connection, connection};
use zbus::interface;
use zbus::message::Header;
use zbus::zvariant::{OwnedValue, Structure, Value};

use super::desktop::Desktop;
use super::wait::until;

const ITEM: (&str, &str) = ("/StatusNotifierItem", "org.kde.StatusNotifierItem");
const MENU: (&str, &str) = ("/MenuBar", "com.canonical.dbusmenu");

/// The running host.
pub(crate) struct TrayHost {
    connection: Connection,
    item: Arc<Mutex<Option<String>>>,
}

struct Watcher {
    item: Arc<Mutex<Option<String>>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&mut self, #[zbus(header)] header: Header<'_>, _item: &str) {
        *self.item.lock().unwrap() = header.sender().map(ToString::to_string);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

/// A menu as the bus tells it: revision, then id, properties and children of the root.
type Layout = (
    u32,
    (
        i32,
        std::collections::HashMap<String, OwnedValue>,
        Vec<OwnedValue>,
    ),
);

impl TrayHost {
    /// Starts it on the desktop's bus.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        let item = Arc::<Mutex<Option<String>>>::default();
        let watcher = Watcher { item: item.clone() };
        let connection = connection::Builder::address(desktop.bus_address())
            .and_then(|builder| builder.serve_at("/StatusNotifierWatcher", watcher))
            .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
            .and_then(connection::Builder::build)
            .unwrap();
        Self { connection, item }
    }

    /// Clicks on the app's item.
    pub(crate) fn click(&self) {
        self.call(ITEM, "Activate", &(0_i32, 0_i32));
    }

    /// The words of the item's menu.
    pub(crate) fn menu(&self) -> Vec<String> {
        self.lines().into_iter().map(|(_, words)| words).collect()
    }

    /// Waits until the menu has this line.
    pub(crate) fn see(&self, words: &str) {
        until(&format!("“{words}” in the tray's menu"), || {
            self.menu().iter().any(|line| line == words).then_some(())
        });
    }

    /// Chooses a line of the menu.
    pub(crate) fn choose(&self, words: &str) {
        let line = |(id, line): (i32, String)| (line == words).then_some(id);
        let id = self.lines().into_iter().find_map(line);
        let id = id.unwrap_or_else(|| panic!("no “{words}” among {:?}", self.menu()));
        self.call(MENU, "Event", &(id, "clicked", Value::I32(0), 0_u32));
    }

    fn lines(&self) -> Vec<(i32, String)> {
        let answer = self.call(MENU, "GetLayout", &(0_i32, -1_i32, Vec::<String>::new()));
        let (_, (_, _, lines)): Layout = answer.body().deserialize().unwrap();
        lines.iter().filter_map(line).collect()
    }

    fn call(
        &self,
        (path, interface): (&str, &str),
        method: &str,
        body: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> zbus::Message {
        let item = until("the app's item in the tray", || {
            self.item.lock().unwrap().clone()
        });
        self.connection
            .call_method(Some(item.as_str()), path, Some(interface), method, body)
            .unwrap()
    }
}

/// The id and the words of a line; none for what separates lines.
fn line(line: &OwnedValue) -> Option<(i32, String)> {
    let line = line.downcast_ref::<Structure<'_>>().ok()?;
    let [Value::I32(id), Value::Dict(properties), ..] = line.fields() else {
        return None;
    };
    let label = properties
        .iter()
        .find(|(name, _)| text(name).as_deref() == Some("label"));
    Some((*id, text(label?.1)?))
}

fn text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Str(words) => Some(words.to_string()),
        Value::Value(inner) => text(inner),
        _ => None,
    }
}
