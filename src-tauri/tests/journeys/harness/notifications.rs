//! The desktop's notification service: keeps what is shown, and clicks on it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::blocking::{Connection, connection};
use zbus::interface;
use zbus::zvariant::OwnedValue;

use super::desktop::Desktop;
use super::wait::until;

const PATH: &str = "/org/freedesktop/Notifications";

/// What a program showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) id: u32,
    pub(crate) title: String,
    pub(crate) body: String,
    /// Keys and words, by turns.
    pub(crate) actions: Vec<String>,
}

/// The running service.
pub(crate) struct Notifications {
    connection: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

struct Service {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(clippy::too_many_arguments, reason = "the service's own signature")]
    fn notify(
        &mut self,
        _app_name: &str,
        _replaces_id: u32,
        _app_icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap();
        let id = u32::try_from(shown.len()).unwrap() + 1;
        shown.push(Shown {
            id,
            title: summary.to_owned(),
            body: body.to_owned(),
            actions,
        });
        id
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    #[zbus(signal)]
    async fn action_invoked(
        emitter: &zbus::object_server::SignalEmitter<'_>,
        id: u32,
        action_key: &str,
    ) -> zbus::Result<()>;
}

impl Notifications {
    /// Starts it on the desktop's bus.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        let shown = Arc::<Mutex<Vec<Shown>>>::default();
        let service = Service {
            shown: shown.clone(),
        };
        let connection = connection::Builder::address(desktop.bus_address())
            .and_then(|builder| builder.serve_at(PATH, service))
            .and_then(|builder| builder.name("org.freedesktop.Notifications"))
            .and_then(connection::Builder::build)
            .unwrap();
        Self { connection, shown }
    }

    /// Everything that was shown so far.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap().clone()
    }

    /// Waits for a notification with these words in its title.
    pub(crate) fn titled(&self, words: &str) -> Shown {
        until(&format!("the notification “{words}”"), || {
            self.shown()
                .into_iter()
                .find(|shown| shown.title.contains(words))
        })
    }

    /// Clicks on a notification.
    pub(crate) fn click(&self, shown: &Shown) {
        self.connection
            .emit_signal(
                None::<&str>,
                PATH,
                "org.freedesktop.Notifications",
                "ActionInvoked",
                &(shown.id, "default"),
            )
            .unwrap();
    }
}
