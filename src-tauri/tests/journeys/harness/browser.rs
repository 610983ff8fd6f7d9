//! The person's browser at the consent page: WebKit's own small browser, driven like the app's window.

use serde_json::json;

use super::desktop::Desktop;
use super::wait::until;
use super::webdriver::WebDriver;

/// Ctrl+V.
const PASTE: &str = "\u{e009}v";

/// What the person decides.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decision {
    Authorize,
    Cancel,
}

/// Answers the consent page that the app opened, and gives the address that the browser is sent on to.
pub(crate) fn answer_consent(desktop: &Desktop, decision: Decision) -> String {
    let page = desktop.visited();
    let browser = WebDriver::start(driver(desktop), &json!({}));
    browser.go(&page);
    let decision = match decision {
        Decision::Authorize => "authorize",
        Decision::Cancel => "cancel",
    };
    let button = until("the consent page", || {
        browser.find(&format!("button[value={decision}]"))
    });
    browser.click(&button).unwrap();
    until("the browser to be sent on", || {
        let address = browser.address();
        (!address.starts_with(page.split('?').next().unwrap_or_default())).then_some(address)
    })
}

/// What somebody gets who pastes into another program.
pub(crate) fn pasted(desktop: &Desktop) -> String {
    let browser = WebDriver::start(driver(desktop), &json!({}));
    browser.go("data:text/html,<textarea></textarea>");
    let field = until("the field", || browser.find("textarea"));
    browser.click(&field).unwrap();
    browser.type_into(&field, PASTE).unwrap();
    let read = "return arguments[0].value || null";
    until("the text to be pasted", || {
        let text = browser.run(read, &[WebDriver::argument(&field)]).ok()?;
        text.as_str().map(str::to_owned)
    })
}

fn driver(desktop: &Desktop) -> std::process::Command {
    let mut driver = desktop.command("WebKitWebDriver");
    driver.stdout(desktop.log()).stderr(desktop.log());
    driver
}
