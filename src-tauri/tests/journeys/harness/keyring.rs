//! A real gnome-keyring on the desktop's own bus.

use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde::{Serialize, de::DeserializeOwned};
use zbus::blocking::{Connection, connection};
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type, Value};

use super::processes::{Process, run};

/// A keyring whose default collection is unlocked.
pub(crate) struct Keyring {
    daemon: Process,
}

impl Keyring {
    /// Starts it; `command` makes commands inside the desktop.
    pub(crate) fn start(command: impl Fn(&str) -> Command) -> Self {
        let mut daemon = command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is missing; scripts/setup installs it");
        daemon
            .stdin
            .take()
            .unwrap()
            .write_all(b"made-up-password")
            .unwrap();
        let keyring = Self {
            daemon: Process(daemon),
        };
        run(command("gdbus").args([
            "wait",
            "--session",
            "--timeout",
            "10",
            "org.freedesktop.secrets",
        ]));
        keyring
    }

    /// Locks the default collection.
    pub(crate) fn lock(&self, command: impl Fn(&str) -> Command) {
        let secrets = [
            "--dest",
            "org.freedesktop.secrets",
            "--object-path",
            "/org/freedesktop/secrets",
        ];
        run(command("gdbus")
            .args(["call", "--session"])
            .args(secrets)
            .args(["--method", "org.freedesktop.Secret.Service.Lock"])
            .arg("['/org/freedesktop/secrets/aliases/default']"));
    }

    /// Keeps it from answering, as a prompt behind another window does.
    pub(crate) fn hang(&self) {
        self.daemon.signal("STOP");
    }
}

/// A secret on the bus: its session, parameters of its encryption, itself, its kind.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// Every secret that the keyring on that bus keeps.
pub(crate) fn secrets(bus_address: &str) -> Vec<String> {
    let connection = connection::Builder::address(bus_address)
        .and_then(connection::Builder::build)
        .unwrap();
    let everything = HashMap::<String, String>::new();
    let (items, _): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        ask(&connection, "SearchItems", &(everything,));
    let (_, session): (OwnedValue, OwnedObjectPath) =
        ask(&connection, "OpenSession", &("plain", Value::from("")));
    let secrets: HashMap<OwnedObjectPath, Secret> =
        ask(&connection, "GetSecrets", &(items, session));
    secrets
        .into_values()
        .map(|(_, _, secret, _)| String::from_utf8(secret).unwrap())
        .collect()
}

fn ask<T: DeserializeOwned + Type>(
    connection: &Connection,
    method: &str,
    body: &(impl Serialize + DynamicType),
) -> T {
    let answer = connection
        .call_method(
            Some("org.freedesktop.secrets"),
            "/org/freedesktop/secrets",
            Some("org.freedesktop.Secret.Service"),
            method,
            body,
        )
        .unwrap();
    answer.body().deserialize().unwrap()
}
