//! The main job from beginning to end, as `scripts/demo` walks it where there is no display: it leaves pictures in `screenshots/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::browser::{Decision, answer_consent};
use crate::harness::desktop::{Desktop, SELLER_DESK};
use crate::harness::platform::Platform;
use crate::harness::wait::until;
use crate::harness::window::Window;

struct Walk<'a> {
    window: &'a Window,
    folder: PathBuf,
}

impl Walk<'_> {
    /// Says what was done and keeps a picture of it.
    fn show(&self, name: &str, words: &str) {
        self.window.settle();
        let file = self.folder.join(format!("{name}.png"));
        self.window.save_picture(&file);
        eprintln!("  {words}\n      {}", file.display());
    }
}

#[test]
fn walks_the_main_job() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let description = desktop.path("sandbox.json");
    fs::write(&description, platform.credentials().to_string()).unwrap();
    let profile = desktop.profile();
    let arguments = [
        "--profile",
        profile.to_str().unwrap(),
        "demo",
        "--sandbox",
        description.to_str().unwrap(),
    ];
    let window = Window::open_with(&desktop, SELLER_DESK, &arguments);
    window.resize(1280, 820);
    let walk = Walk {
        window: &window,
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots"),
    };

    window.see("demo-mark");
    walk.show("01-first-run", "opened the window on made-up data");
    window.click("add-shop");
    window.click("test-connection");
    window.see("connected");
    walk.show("02-app", "tested the connection to the platform");
    window.click("wizard-next");
    window.click("authorize-browser");
    window.see("waiting");
    walk.show("03-waiting", "went to the consent page in the browser");
    desktop.open_link(&answer_consent(&desktop, Decision::Authorize));
    window.see("shop-card");
    walk.show(
        "04-authorized",
        "pressed Authorize; the deep link came back into the window",
    );
    window.click("nav-orders");
    window.see("grid-row");
    until("the sync to end", || {
        (!window.shows("sync-running")).then_some(())
    });
    until("the news of the authorization to go", || {
        (!window.text().contains("shop authorized")).then_some(())
    });
    walk.show("05-orders", "the shop synced; its orders are listed");

    let order = window.attribute("grid-row", "data-key").unwrap();
    window.click("grid-row");
    window.see_words("order-panel", order.rsplit('/').next().unwrap());
    walk.show("06-order", "opened one order");
    for (number, page) in ["products", "activities", "shops", "sync", "settings"]
        .into_iter()
        .enumerate()
    {
        window.click(&format!("nav-{page}"));
        walk.show(
            &format!("{:02}-{page}", number + 7),
            &format!("looked at {page}"),
        );
    }
    for (language, theme) in [("en", "dark"), ("zh-CN", "light"), ("zh-CN", "dark")] {
        window.click("nav-settings");
        window.choose("setting-language", language);
        window.choose("setting-theme", theme);
        until("the theme", || {
            (window.run("return document.documentElement.dataset.theme ?? null", &[]) == theme)
                .then_some(())
        });
        until("the language", || {
            (window.run("return document.documentElement.lang", &[]) == language).then_some(())
        });
        for page in ["orders", "shops"] {
            window.click(&format!("nav-{page}"));
            walk.show(
                &format!("{page}-{language}-{theme}"),
                &format!("{page} in {language}, {theme}"),
            );
        }
    }
}
