//! A W3C WebDriver client, as much of it as the journeys speak.

use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::http::agent;
use super::processes::Process;
use super::wait::until;

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browsing session in a window that the driver opened; ends with its owner.
pub(crate) struct WebDriver {
    session: String,
    _process: Process,
}

impl WebDriver {
    /// Starts a driver with `command` and a session with these capabilities.
    pub(crate) fn start(mut command: Command, capabilities: &Value) -> Self {
        let port = free_port();
        let process = Process::start(command.arg(format!("--port={port}")));
        let base = format!("http://127.0.0.1:{port}");
        until("the WebDriver to listen", || {
            agent().get(format!("{base}/status")).call().ok()
        });
        let answer = call(
            &format!("{base}/session"),
            Some(&json!({"capabilities": {"alwaysMatch": capabilities}})),
        )
        .unwrap_or_else(|error| panic!("no session: {error}"));
        let session = answer["sessionId"].as_str().expect("a session id");
        Self {
            session: format!("{base}/session/{session}"),
            _process: process,
        }
    }

    /// Goes to an address.
    pub(crate) fn go(&self, address: &str) {
        self.post("url", &json!({"url": address})).unwrap();
    }

    /// The address that the window shows.
    pub(crate) fn address(&self) -> String {
        call(&format!("{}/url", self.session), None)
            .unwrap()
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Goes back in the window's history.
    pub(crate) fn back(&self) {
        self.post("back", &json!({})).unwrap();
    }

    /// The element that a CSS selector finds first.
    pub(crate) fn find(&self, selector: &str) -> Option<String> {
        let found = self
            .post(
                "element",
                &json!({"using": "css selector", "value": selector}),
            )
            .ok()?;
        Some(found[ELEMENT].as_str()?.to_owned())
    }

    /// Clicks an element as a person does: it must be visible and not covered.
    pub(crate) fn click(&self, element: &str) -> Result<(), String> {
        self.post(&format!("element/{element}/click"), &json!({}))
            .map(drop)
    }

    /// Types at the end of an element's text.
    pub(crate) fn type_into(&self, element: &str, text: &str) -> Result<(), String> {
        self.post(&format!("element/{element}/value"), &json!({"text": text}))
            .map(drop)
    }

    /// Runs a function body in the page and gives what it returns.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post(
            "execute/sync",
            &json!({"script": script, "args": arguments}),
        )
    }

    /// The window's picture, PNG in base64.
    pub(crate) fn screenshot(&self) -> Result<String, String> {
        Ok(call(&format!("{}/screenshot", self.session), None)?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.post(
            "window/rect",
            &json!({"x": 0, "y": 0, "width": width, "height": height}),
        )
        .unwrap();
    }

    /// Makes the window an icon.
    pub(crate) fn minimize(&self) {
        self.post("window/minimize", &json!({})).unwrap();
    }

    /// Names an element for a script's arguments.
    pub(crate) fn argument(element: &str) -> Value {
        json!({ELEMENT: element})
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        call(&format!("{}/{path}", self.session), Some(body))
    }
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        drop(agent().delete(&self.session).call());
    }
}

/// Posts a body, or gets without one; gives the `value` of the answer or the error's words.
fn call(address: &str, body: Option<&Value>) -> Result<Value, String> {
    let answer = match body {
        Some(body) => agent()
            .post(address)
            .config()
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .send_json(body),
        None => agent().get(address).call(),
    };
    let answer: Value = answer
        .map_err(|error| error.to_string())?
        .body_mut()
        .read_json()
        .map_err(|error| error.to_string())?;
    match answer["value"]["error"].as_str() {
        Some(error) => Err(format!(
            "{error}: {}",
            answer["value"]["message"].as_str().unwrap_or_default()
        )),
        None => Ok(answer["value"].clone()),
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
