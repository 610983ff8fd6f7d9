//! What a journey happens on: a desktop, a platform, a browser, the app's window.

pub(crate) mod browser;
pub(crate) mod desktop;
mod http;
mod keyring;
pub(crate) mod notifications;
pub(crate) mod platform;
pub(crate) mod processes;
mod services;
pub(crate) mod tray_host;
pub(crate) mod wait;
mod webdriver;
pub(crate) mod window;
pub(crate) mod words;
