//! The shell: the only Rust that knows Tauri. `run` is the way in, for window and command line alike.

mod changes;
mod cli;
mod commands;
#[cfg(feature = "demo")]
mod demo;
mod desk;
mod desktop_entry;
mod diagnostics;
mod environment;
mod error;
mod export;
mod links;
mod log;
mod pictures;
mod presence;
mod profile;
mod reopening;
mod settings;
mod shell;
mod vault;
mod window;
mod words;

pub use cli::run;
