//! No token, secret, code or `state` lies anywhere in the clear: no file, no log, no answer to the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use url::Url;

use crate::harness::browser::{Decision, answer_consent};
use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

/// Keeps every answer of the core that the page receives.
const LISTEN: &str = "window.answers = [];
const fetch = window.fetch;
window.fetch = async (...request) => {
  const answer = await fetch(...request);
  window.answers.push(await answer.clone().text());
  return answer;
};";

#[test]
fn no_secret_is_left_in_the_clear() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    window.run(LISTEN, &[]);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    let link = answer_consent(&desktop, Decision::Authorize);
    desktop.open_link(&link);
    steps::expect_shop_with_orders(&desktop, &platform, Dialect::Guide, &window);
    let exchanged = platform.tokens(Dialect::Guide, SHOP, "expire");
    let order = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &order, "To ship");
    let refreshed = platform.tokens(Dialect::Guide, SHOP, "expire");
    assert_ne!(
        exchanged["access_token"], refreshed["access_token"],
        "the token was refreshed on the way"
    );

    let answers = window.run("return window.answers", &[]);
    let answers: Vec<&str> = answers
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        answers.iter().any(|answer| answer.contains(&order)),
        "the answers of the core were heard"
    );
    drop(window);
    desktop.quit_app();

    let mut files = BTreeMap::new();
    read_all(desktop.home(), &mut files);
    assert!(
        files.keys().any(|file| file.contains("profile/logs/")),
        "{:?}",
        files.keys()
    );
    for (name, secret) in secrets(&platform, &link, &[exchanged, refreshed]) {
        for (file, text) in &files {
            assert!(!text.contains(&secret), "{name} in {file}");
        }
        assert!(
            !answers.iter().any(|answer| answer.contains(&secret)),
            "{name} in an answer to the page"
        );
    }
}

fn secrets(platform: &Platform, link: &str, tokens: &[Value]) -> Vec<(String, String)> {
    let link = Url::parse(link).unwrap();
    let mut secrets: Vec<(String, String)> = link.query_pairs().into_owned().collect();
    secrets.push((
        "app_secret".to_owned(),
        platform.app_secret(Dialect::Guide).to_owned(),
    ));
    for pair in tokens {
        for name in ["access_token", "refresh_token"] {
            secrets.push((name.to_owned(), pair[name].as_str().unwrap().to_owned()));
        }
    }
    assert_eq!(
        secrets.len(),
        7,
        "code, state, app_secret and two pairs of tokens"
    );
    assert!(
        secrets.iter().all(|(_, secret)| secret.len() >= 16),
        "short enough to be found by chance"
    );
    secrets
}

/// The text of every file beneath a folder.
fn read_all(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            read_all(&path, files);
        } else if entry.file_type().unwrap().is_file() {
            let bytes = fs::read(&path).unwrap();
            files.insert(
                path.display().to_string(),
                String::from_utf8_lossy(&bytes).into_owned(),
            );
        }
    }
}
