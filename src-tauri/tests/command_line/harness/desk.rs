//! The program with a profile of its own: every command is a process, and none may show a secret.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use desk_sandbox::Dialect;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::outcome::{Outcome, Summary};
use super::platform::{Platform, dialect_word};

/// What seals the passphrase file.
pub(crate) const PASSPHRASE: &str = "made-up passphrase";

const SELLER_DESK: &str = env!("CARGO_BIN_EXE_seller-desk");

/// A profile, and who uses it.
pub(crate) struct Desk {
    folder: TempDir,
    /// What no output may contain.
    secrets: Vec<String>,
}

impl Desk {
    /// An empty profile.
    pub(crate) fn new(platform: &Platform) -> Self {
        let mut desk = Self::alone();
        desk.keep_secret(platform);
        desk
    }

    /// An empty profile without a platform.
    pub(crate) fn alone() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            secrets: vec![PASSPHRASE.to_owned()],
        }
    }

    /// A profile with a shop of the platform, not synced yet.
    pub(crate) fn with_shop(platform: &Platform, dialect: Dialect, shop: usize) -> Self {
        let desk = Self::new(platform);
        desk.add(platform, dialect, shop).one();
        desk
    }

    /// No output may contain the platform's present secrets from now on.
    pub(crate) fn keep_secret(&mut self, platform: &Platform) {
        self.secrets.extend(platform.secrets());
    }

    /// The profile's folder; it may not exist yet.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// A command that speaks English, has the passphrase, and finds no session bus.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(SELLER_DESK);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("LANG", "en_US.UTF-8")
            .env("TZ", "UTC")
            .env("DBUS_SESSION_BUS_ADDRESS", self.no_bus())
            .env("SELLER_DESK_PROFILE", self.profile())
            .env("SELLER_DESK_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn no_bus(&self) -> String {
        format!("unix:path={}/no-bus", self.folder.path().display())
    }

    /// Runs a command with `--json` to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with("", arguments)
    }

    /// Runs a command with `--json` and this standard input to its end.
    pub(crate) fn run_with(&self, input: &str, arguments: &[&str]) -> Outcome {
        let mut command = self.command(arguments);
        self.finish(start_with(input, command.arg("--json")))
    }

    /// Waits for the end of a command of this profile.
    pub(crate) fn finish(&self, child: Child) -> Outcome {
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().unwrap();
        let outcome = Outcome {
            exit: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        };
        for text in [&outcome.stdout, &outcome.stderr] {
            let shown = self.secrets.iter().find(|secret| text.contains(*secret));
            assert!(shown.is_none(), "a secret was shown: {outcome:?}");
        }
        outcome
    }

    /// Adds a shop with its newest token.
    pub(crate) fn add(&self, platform: &Platform, dialect: Dialect, shop: usize) -> Outcome {
        self.add_with(
            platform,
            dialect,
            &credentials(platform, dialect, shop),
            &[],
        )
    }

    /// Adds a shop with that input and further arguments, which win over the usual ones.
    pub(crate) fn add_with(
        &self,
        platform: &Platform,
        dialect: Dialect,
        input: &Value,
        further: &[&str],
    ) -> Outcome {
        let app_key = platform.app(dialect).app_key;
        let usual = [
            ("--vault", "passphrase"),
            ("--gateway", "custom"),
            ("--base-url", &platform.base_url),
            ("--dialect", dialect_word(dialect)),
            ("--app-key", &app_key),
        ];
        let mut arguments = vec!["shops", "add"];
        for (name, value) in usual {
            if !further.contains(&name) {
                arguments.extend([name, value]);
            }
        }
        arguments.extend(further);
        self.run_with(&input.to_string(), &arguments)
    }

    /// Runs `sync`.
    pub(crate) fn sync(&self, further: &[&str]) -> Summary {
        self.run(&[&["sync"], further].concat()).summary()
    }

    /// Every shop as it is printed.
    pub(crate) fn shops(&self) -> Vec<Value> {
        self.run(&["shops", "list"]).done()
    }

    /// Every order, product and activity as printed.
    pub(crate) fn rows(&self) -> Rows {
        Rows(["orders", "products", "activities"].map(|kind| self.list(kind)))
    }

    /// The rows of a kind.
    pub(crate) fn list(&self, kind: &str) -> Vec<Value> {
        self.run(&[kind, "list"]).done()
    }
}

/// Everything that a profile mirrors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows([Vec<Value>; 3]);

impl Rows {
    /// Fails when anything has changed; the difference itself would fill the screen.
    pub(crate) fn assert_same_as(&self, before: &Self) {
        for (kind, (now, before)) in ["orders", "products", "activities"]
            .iter()
            .zip(self.0.iter().zip(&before.0))
        {
            assert_eq!(now.len(), before.len(), "the number of {kind} has changed");
            assert!(now == before, "{kind} have changed");
        }
    }

    pub(crate) fn assert_present(&self) {
        assert!(
            self.0.iter().all(|rows| !rows.is_empty()),
            "a list is empty"
        );
    }
}

/// Credentials of a shop as `shops add` takes them.
pub(crate) fn credentials(platform: &Platform, dialect: Dialect, shop: usize) -> Value {
    let tokens = platform.shop(dialect, shop);
    json!({
        "app_secret": platform.app(dialect).app_secret,
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
    })
}

/// Starts a command with this standard input. One that ends without reading it is no failure.
pub(crate) fn start_with(input: &str, command: &mut Command) -> Child {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(stdin.write_all(input.as_bytes()));
    child
}

/// Presses Ctrl+C.
pub(crate) fn interrupt(child: &Child) {
    let pid = child.id().to_string();
    let told = Command::new("kill").args(["-s", "INT", &pid]).status();
    assert!(told.unwrap().success());
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}
