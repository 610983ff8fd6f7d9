//! A real gnome-keyring on the desktop's own bus.

use std::io::Write;
use std::process::{Command, Stdio};

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
