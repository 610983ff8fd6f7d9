//! What a desktop runs on: a session bus and a display.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::processes::Process;

/// A bus that starts nothing by itself, so that a missing keychain stays missing and no dead portal is waited for.
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

/// Starts a session bus and gives its address; `command` makes commands inside the desktop.
pub(crate) fn start_bus(command: impl Fn(&str) -> Command, folder: &Path) -> (Process, String) {
    let config = folder.join("bus.conf");
    fs::write(&config, BUS).unwrap();
    start(
        command("dbus-daemon")
            .args(["--nofork", "--print-address", "--config-file"])
            .arg(config),
    )
}

/// Starts a virtual display and gives its name.
pub(crate) fn start_display(command: impl Fn(&str) -> Command) -> (Process, String) {
    let screen = [
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1440x900x24",
        "-nolisten",
        "tcp",
    ];
    let (server, number) = start(command("Xvfb").args(screen));
    (server, format!(":{number}"))
}

/// Starts a server and waits for the line in which it says how to reach it.
fn start(command: &mut Command) -> (Process, String) {
    let mut server = Process::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(!line.is_empty(), "{command:?} ended at once");
    (server, line.trim().to_owned())
}
