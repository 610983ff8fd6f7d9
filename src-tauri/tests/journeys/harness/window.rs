//! The app's real window, driven by what it shows.

use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use super::desktop::{Desktop, SELLER_DESK};
use super::wait::{PATIENCE, until, within};
use super::webdriver::WebDriver;

/// What is in sight and still on its way. A picture that is covered or cut off may wait, and a spinner never ends.
const UNSETTLED: &str = "
const inSight = element => {
    const box = element.getBoundingClientRect();
    return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === element;
};
const moves = animation => animation.effect.getTiming().iterations !== Infinity;
return [...document.querySelectorAll('.skeleton')].map(() => 'a row')
    .concat(document.getAnimations().filter(moves).map(() => 'a transition'))
    .concat([...document.images].filter(image => inSight(image) && image.naturalWidth === 0).map(image => image.src))
    .join(', ')";

/// Ends when every picture that was loaded is also on the screen.
const PAINTED: &str = "
const decoded = [...document.images].filter(image => image.naturalWidth > 0).map(image => image.decode());
return Promise.allSettled(decoded)
    .then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(() => painted(true)))))";

/// The window.
pub(crate) struct Window {
    driver: WebDriver,
}

impl Window {
    /// Starts the app on the desktop's profile and waits for its shell.
    pub(crate) fn open(desktop: &Desktop) -> Self {
        let window = Self::start(desktop);
        window.see("nav-orders");
        window
    }

    /// Starts the app on the desktop's profile, whether or not it can be opened.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        let profile = desktop.profile();
        Self::start_with(
            desktop,
            SELLER_DESK,
            &["--profile", profile.to_str().unwrap()],
        )
    }

    /// Starts a program that opens the window, and waits for the shell.
    pub(crate) fn open_with(desktop: &Desktop, program: &str, arguments: &[&str]) -> Self {
        let window = Self::start_with(desktop, program, arguments);
        window.see("nav-orders");
        window
    }

    /// Starts a program that opens the window.
    pub(crate) fn start_with(desktop: &Desktop, program: &str, arguments: &[&str]) -> Self {
        let mut driver = desktop.command("WebKitWebDriver");
        driver.stdout(desktop.log()).stderr(desktop.log());
        let options = json!({"webkitgtk:browserOptions": {"binary": program, "args": arguments}});
        Self {
            driver: WebDriver::start(driver, &options),
        }
    }

    /// Waits until the window shows the part of that name, and gives its text.
    pub(crate) fn see(&self, part: &str) -> String {
        until(&format!("{part} in the window"), || self.text_of(part))
    }

    /// Waits until the part of that name shows these words.
    pub(crate) fn see_words(&self, part: &str, words: &str) {
        until(&format!("“{words}” in {part}"), || {
            self.text_of(part)?.contains(words).then_some(())
        });
    }

    /// Waits until the window shows these words anywhere.
    pub(crate) fn read(&self, words: &str) {
        until(&format!("“{words}” in the window"), || {
            self.text().contains(words).then_some(())
        });
    }

    /// Whether the window shows the part of that name now.
    pub(crate) fn shows(&self, part: &str) -> bool {
        self.text_of(part).is_some()
    }

    /// All visible text.
    pub(crate) fn text(&self) -> String {
        self.run("return document.body.innerText", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Clicks the part of that name as soon as it can be clicked.
    pub(crate) fn click(&self, part: &str) {
        self.click_on(&selector(part));
    }

    /// Clicks what a CSS selector finds first, as soon as it can be clicked.
    pub(crate) fn click_on(&self, selector: &str) {
        let mut refused = String::new();
        until(&format!("{selector} to take a click"), || {
            let element = self.driver.find(selector)?;
            self.driver
                .click(&element)
                .map_err(|error| refused = error)
                .ok()
        });
    }

    /// Clicks what reads exactly like this: a button, a link, an option.
    pub(crate) fn click_words(&self, words: &str) {
        until(&format!("“{words}” to take a click"), || {
            let script = "return [...document.querySelectorAll('button,a,[role=option],[role=menuitem],[role=radio],label')]\
                .find(element => element.innerText.trim() === arguments[0] && element.offsetParent !== null) ?? null";
            let found = self.driver.run(script, &[json!(words)]).ok()?;
            let element = found.as_object()?.values().next()?.as_str()?.to_owned();
            self.driver.click(&element).ok()
        });
    }

    /// Replaces what a field holds.
    pub(crate) fn fill(&self, part: &str, text: &str) {
        until(&format!("{part} to take text"), || {
            let element = self.driver.find(&selector(part))?;
            let clear = "arguments[0].focus(); arguments[0].select()";
            self.driver
                .run(clear, &[WebDriver::argument(&element)])
                .ok()?;
            self.driver.type_into(&element, text).ok()?;
            let value = self
                .driver
                .run(
                    "return arguments[0].value",
                    &[WebDriver::argument(&element)],
                )
                .ok()?;
            (value == text).then_some(())
        });
    }

    /// Chooses an option of a `select` by its value.
    pub(crate) fn choose(&self, part: &str, value: &str) {
        self.click_on(&format!("{} option[value={value:?}]", selector(part)));
    }

    /// The attribute of the part of that name.
    pub(crate) fn attribute(&self, part: &str, name: &str) -> Option<String> {
        let script =
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null";
        self.run(script, &[json!(selector(part)), json!(name)])
            .as_str()
            .map(str::to_owned)
    }

    /// How many parts of that name the window shows.
    pub(crate) fn count(&self, part: &str) -> u64 {
        self.run(
            "return document.querySelectorAll(arguments[0]).length",
            &[json!(selector(part))],
        )
        .as_u64()
        .unwrap_or(0)
    }

    /// What a field holds.
    pub(crate) fn value(&self, part: &str) -> String {
        self.see(part);
        let script = "return document.querySelector(arguments[0]).value";
        self.run(script, &[json!(selector(part))])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the window no longer shows the part of that name.
    pub(crate) fn disappears(&self, part: &str) {
        until(&format!("{part} to disappear"), || {
            (!self.shows(part)).then_some(())
        });
    }

    /// Whether a CSS selector finds anything.
    pub(crate) fn finds(&self, selector: &str) -> bool {
        self.driver.find(selector).is_some()
    }

    /// Goes back as the mouse's Back button does.
    pub(crate) fn back(&self) {
        self.driver.back();
    }

    /// Where the page is: its path and, as its search, what it shows.
    pub(crate) fn address(&self) -> String {
        self.run("return location.hash", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Presses the Escape key.
    pub(crate) fn press_escape(&self) {
        self.press_in_element("body", "\u{e00c}");
    }

    /// Presses a key wherever nothing is written, by WebDriver's code of the key.
    pub(crate) fn press(&self, key: &str) {
        self.press_in_element("body", key);
    }

    /// Presses a key in the part of that name, by WebDriver's code of the key.
    pub(crate) fn press_in(&self, part: &str, key: &str) {
        self.press_in_element(&selector(part), key);
    }

    fn press_in_element(&self, selector: &str, key: &str) {
        let element = self.driver.find(selector).expect("the element");
        self.driver.type_into(&element, key).unwrap();
    }

    /// Waits until nothing in sight is on its way: no row, no picture, no transition.
    pub(crate) fn settle(&self) {
        let mut unsettled = Value::Null;
        let settled = within(PATIENCE, || {
            unsettled = self.run(UNSETTLED, &[]);
            (unsettled == "").then_some(())
        });
        assert!(settled.is_some(), "still on its way: {unsettled}");
        self.run(PAINTED, &[]);
    }

    /// Runs a function body in the page.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.driver
            .run(script, arguments)
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Gives the window a size.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.driver.resize(width, height);
    }

    /// Makes the window an icon.
    pub(crate) fn minimize(&self) {
        self.driver.minimize();
    }

    /// Saves the window's picture.
    pub(crate) fn save_picture(&self, file: &Path) {
        let picture = self.driver.screenshot().unwrap();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, BASE64_STANDARD.decode(picture).unwrap()).unwrap();
    }

    fn text_of(&self, part: &str) -> Option<String> {
        let script = "const part = document.querySelector(arguments[0]); return part && part.getClientRects().length ? part.innerText ?? '' : null";
        self.driver
            .run(script, &[json!(selector(part))])
            .ok()?
            .as_str()
            .map(str::to_owned)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let name = std::thread::current()
                .name()
                .unwrap_or("journey")
                .replace("::", "-");
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            let picture = self
                .driver
                .screenshot()
                .ok()
                .and_then(|picture| BASE64_STANDARD.decode(picture).ok());
            if picture.is_some_and(|picture| fs::write(&file, picture).is_ok()) {
                eprintln!("--- the window at that moment: {} ---", file.display());
            }
            if let Ok(text) = self.driver.run("return document.body.innerText", &[]) {
                eprintln!("{}", text.as_str().unwrap_or_default());
            }
        }
    }
}

fn selector(part: &str) -> String {
    format!("[data-testid={part:?}]")
}
