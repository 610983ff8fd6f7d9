//! A real gnome-keyring on a D-Bus session bus of the test's own.
//!
//! A process cannot change its own environment safely, so the test starts its binary again inside the session it
//! needs, with its own name as the only test to run.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Lines, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const INSIDE: &str = "SELLER_DESK_TEST_INSIDE";

/// A bus that starts nothing by itself, so that a missing keyring stays missing.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// Runs `body` in a process with a bus and a home folder of its own.
pub(crate) fn with_a_bus(test: &str, body: impl FnOnce()) {
    let mut session = Command::new("dbus-run-session");
    inside(test, body, |home| {
        let config = home.path().join("bus.conf");
        fs::write(&config, BUS).unwrap();
        session
            .arg("--config-file")
            .arg(config)
            .arg("--")
            .arg(env::current_exe().unwrap());
        session
    });
}

/// Runs `body` in a process without any bus.
pub(crate) fn without_a_bus(test: &str, body: impl FnOnce()) {
    inside(test, body, |_| Command::new(env::current_exe().unwrap()));
}

/// Starts this test once more on the same bus, telling it so by the variable `role`.
pub(crate) fn once_more(test: &str, role: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture"])
        .env(role, "1");
    command
}

fn inside(test: &str, body: impl FnOnce(), session: impl FnOnce(&TempDir) -> Command) {
    if env::var_os(INSIDE).is_some() {
        return body();
    }
    let home = TempDir::new().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let output = session(&home)
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("XDG_DATA_HOME")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .expect("dbus-run-session must be installed");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    // Without the count, a misspelt name would run nothing and pass.
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{complained}"
    );
}

/// A running gnome-keyring whose default collection is unlocked; ended when dropped.
pub(crate) struct Keyring(Child);

impl Keyring {
    pub(crate) fn start() -> Self {
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon must be installed");
        daemon
            .stdin
            .take()
            .unwrap()
            .write_all(b"made-up-password")
            .unwrap();
        let keyring = Self(daemon);
        gdbus(&[
            "wait",
            "--session",
            "--timeout",
            "10",
            "org.freedesktop.secrets",
        ]);
        keyring
    }

    /// Locks the default collection.
    pub(crate) fn lock(&self) {
        gdbus(&[
            "call",
            "--session",
            "--dest",
            "org.freedesktop.secrets",
            "--object-path",
            "/org/freedesktop/secrets",
            "--method",
            "org.freedesktop.Secret.Service.Lock",
            "['/org/freedesktop/secrets/aliases/default']",
        ]);
    }

    /// Keeps it from answering.
    pub(crate) fn stop(&self) {
        self.signal("-STOP");
    }

    /// Lets it answer again.
    pub(crate) fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        run(Command::new("kill").args([signal, &self.0.id().to_string()]));
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Watches what is asked of the keyring, in the order the bus carries it; ended when dropped.
pub(crate) struct Watch {
    monitor: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watch {
    /// Sees requests to lock and to prompt from now on.
    pub(crate) fn locks_and_prompts() -> Self {
        let mut monitor = Command::new("dbus-monitor")
            .args([
                "--session",
                "type='method_call',member='Lock'",
                "type='method_call',member='Prompt'",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-monitor must be installed");
        let lines = BufReader::new(monitor.stdout.take().unwrap()).lines();
        let mut watch = Self { monitor, lines };
        // A monitor gives up its name when it starts to see.
        while watch.next() != "NameLost" {}
        watch
    }

    /// The next request's name; waits for it.
    pub(crate) fn next(&mut self) -> String {
        self.lines
            .by_ref()
            .find_map(|line| {
                line.unwrap()
                    .split_once("member=")
                    .map(|(_, member)| member.to_owned())
            })
            .expect("the monitor ended")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.monitor.kill().unwrap();
        self.monitor.wait().unwrap();
    }
}

fn gdbus(arguments: &[&str]) {
    run(Command::new("gdbus").args(arguments));
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
