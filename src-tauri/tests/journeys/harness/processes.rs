//! Processes of a journey: the ones it starts, and the ones these start in turn.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A process that ends with its owner.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    /// Starts it; a missing program fails the test by its name.
    pub(crate) fn start(command: &mut Command) -> Self {
        match command.stdin(Stdio::null()).spawn() {
            Ok(child) => Self(child),
            Err(error) => panic!(
                "{} cannot be started: {error}; scripts/setup installs it",
                name(command)
            ),
        }
    }

    /// Sends a signal by its name, such as `STOP`.
    pub(crate) fn signal(&self, signal: &str) {
        send(signal, self.0.id());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A stopped process would not notice; an ended one is no failure.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Runs a program to its end and gives what it printed; a failure fails the test.
pub(crate) fn run(command: &mut Command) -> String {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every process that was started with this variable, whoever started it.
pub(crate) fn with_variable(name: &str, value: &Path) -> Vec<u32> {
    let wanted = format!("{name}={}", value.display()).into_bytes();
    let marked = |pid: &u32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment
            .split(|byte| *byte == 0)
            .any(|entry| entry == wanted)
    };
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(marked)
        .collect()
}

/// The program that a process runs.
pub(crate) fn program(pid: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/exe")).ok()
}

/// Sends a signal to one process, by its id.
pub(crate) fn send(signal: &str, pid: u32) {
    drop(
        Command::new("kill")
            .args(["-s", signal, &pid.to_string()])
            .stderr(Stdio::null())
            .status(),
    );
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
