//! Authorization links from the operating system: in our own arguments at a cold start, from a second instance, or from the loopback
//! listener. All go the same way; `state` decides in the engine.

use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::mpsc;

use crate::window::Opened;

/// What the operating system starts us with for a link.
const SCHEME: &str = "sellerdesk:";

/// The link among a process' arguments, if there is exactly one.
pub(crate) fn link_in(arguments: impl IntoIterator<Item = String>) -> Option<String> {
    let mut links = arguments
        .into_iter()
        .skip(1)
        .filter(|argument| is_link(argument));
    let link = links.next();
    if links.next().is_some() { None } else { link }
}

/// Whether an argument is meant as a link.
pub(crate) fn is_link(argument: &str) -> bool {
    argument
        .get(..SCHEME.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// Takes a link to its end, in the background, and tells the window.
pub(crate) fn take(app: &AppHandle, link: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Ok(desk) = app.state::<Opened>().desk() {
            desk.take_link(&link).await;
        }
        // A window that is gone asks for the outcomes when it comes back.
        let _ = app.emit("authorization-completed", ());
    });
}

/// Where a loopback listener sends the one address that it hears.
pub(crate) fn loopback_sink(app: &AppHandle) -> mpsc::Sender<String> {
    let (sender, mut receiver) = mpsc::channel(1);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Some(address) = receiver.recv().await {
            take(&app, address);
        }
    });
    sender
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn one_link_is_taken_wherever_it_stands() {
        let link = "sellerdesk://oauth/callback?code=a";
        assert_eq!(
            link_in(arguments(&["app", "--profile", "/p", link])).as_deref(),
            Some(link)
        );
        assert_eq!(
            link_in(arguments(&["app", "SELLERDESK://x"])).as_deref(),
            Some("SELLERDESK://x")
        );
        assert_eq!(link_in(arguments(&["app", link, link])), None);
        assert_eq!(link_in(arguments(&["app", "https://oauth/callback"])), None);
        assert_eq!(
            link_in(arguments(&[link])),
            None,
            "the program's own name is no link"
        );
    }
}
