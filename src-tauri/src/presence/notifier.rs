//! Shows notifications through the desktop's own service (`org.freedesktop.Notifications`) and hears which one was clicked.

use std::{collections::HashMap, sync::Arc};

use futures_util::StreamExt;
use tokio::sync::Mutex;
use zbus::{Connection, proxy, zvariant::Value};

use super::notice::ListWanted;

/// The name of a click on the notification itself, by the service's own definition.
const CLICK: &str = "default";
/// The service decides how long a notification stays.
const AS_THE_DESKTOP_LIKES: i32 = -1;

#[proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    #[expect(clippy::too_many_arguments, reason = "the service's own signature")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, &Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;
}

/// What a notification shows.
pub(crate) struct Text {
    /// The app's name.
    pub app: String,
    /// The headline.
    pub title: String,
    /// The line below.
    pub body: String,
    /// The words of the button that does what a click does.
    pub open: String,
}

/// The way to the service. It may start later than we do: every notification tries anew.
pub(crate) struct Notifier {
    service: NotificationsProxy<'static>,
    desktop_entry: String,
    shown: Arc<Mutex<HashMap<u32, ListWanted>>>,
}

impl Notifier {
    /// Joins the session bus. `desktop_entry` names the app to the service; `open` is called with the list of a clicked notification.
    pub(crate) async fn connect(
        desktop_entry: String,
        open: impl Fn(ListWanted) + Send + 'static,
    ) -> zbus::Result<Self> {
        let service = NotificationsProxy::new(&Connection::session().await?).await?;
        let mut clicks = service.receive_action_invoked().await?;
        let shown = Arc::new(Mutex::new(HashMap::new()));
        let lists = shown.clone();
        tokio::spawn(async move {
            while let Some(click) = clicks.next().await {
                let Ok(click) = click.args() else { continue };
                if let Some(list) = lists.lock().await.remove(&click.id) {
                    open(list);
                }
            }
        });
        Ok(Self {
            service,
            desktop_entry,
            shown,
        })
    }

    /// Shows a notification.
    pub(crate) async fn show(&self, text: &Text, list: ListWanted) -> zbus::Result<()> {
        let capabilities = self.service.get_capabilities().await?;
        let has_markup = capabilities.iter().any(|one| one == "body-markup");
        let body = if has_markup {
            escaped(&text.body)
        } else {
            text.body.clone()
        };
        let entry = Value::from(self.desktop_entry.as_str());
        // A click may come before the answer does: it waits for the list to be noted.
        let mut shown = self.shown.lock().await;
        let id = self
            .service
            .notify(
                &text.app,
                0,
                "",
                &text.title,
                &body,
                &[CLICK, &text.open],
                HashMap::from([("desktop-entry", &entry)]),
                AS_THE_DESKTOP_LIKES,
            )
            .await?;
        shown.insert(id, list);
        Ok(())
    }
}

/// A shop's name is text, whatever it looks like.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(escaped("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
    }
}
