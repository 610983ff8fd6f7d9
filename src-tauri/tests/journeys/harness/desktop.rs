//! A person's desktop: home folder, display, window manager, session bus, keychain and default browser, all of its own.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::{Connection, types::FromSql};
use serde_json::Value;
use tempfile::TempDir;

use super::keyring::{self, Keyring};
use super::processes::{self, Process, run};
use super::services;
use super::wait::until;
use super::words::Language;

/// The app, as built for this test.
pub(crate) const SELLER_DESK: &str = env!("CARGO_BIN_EXE_seller-desk");

/// Marks every process of the desktop, grandchildren included.
const MARK: &str = "XDG_RUNTIME_DIR";

/// A browser that only notes where it was sent; the journey then goes there itself.
const BROWSER: &str = "#!/bin/sh\nprintf '%s' \"$1\" > \"$HOME/visited.part\" && mv \"$HOME/visited.part\" \"$HOME/visited\"\n";

/// What a command printed and how it ended.
pub(crate) struct Answer {
    /// The exit code.
    pub(crate) code: i32,
    /// Each line of standard output, as JSON.
    pub(crate) lines: Vec<Value>,
    /// Both outputs, for a failing assertion.
    pub(crate) text: String,
}

/// The desktop. Whatever runs on it ends with it.
pub(crate) struct Desktop {
    home: TempDir,
    locale: &'static str,
    bus_address: String,
    display: String,
    keyring: RefCell<Option<Keyring>>,
    services: Vec<Process>,
}

impl Desktop {
    /// A desktop with an unlocked keychain.
    pub(crate) fn start() -> Self {
        let desktop = Self::without_keychain();
        desktop.start_keychain();
        desktop
    }

    /// The same, of somebody who speaks that language.
    pub(crate) fn speaking(language: Language) -> Self {
        let mut desktop = Self::start();
        desktop.locale = language.locale();
        desktop
    }

    /// A desktop where no program offers a keychain.
    pub(crate) fn without_keychain() -> Self {
        let home = TempDir::with_prefix("journey").unwrap();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let mut desktop = Self {
            home,
            locale: "C.UTF-8",
            bus_address: String::new(),
            display: String::new(),
            keyring: RefCell::default(),
            services: Vec::new(),
        };
        for folder in ["data/applications", "config", "cache", "run", "profile"] {
            fs::create_dir_all(desktop.path(folder)).unwrap();
        }
        fs::set_permissions(desktop.path("run"), fs::Permissions::from_mode(0o700)).unwrap();
        let (bus, address) =
            services::start_bus(|program| desktop.command(program), desktop.home());
        desktop.bus_address = address;
        let (server, display) = services::start_display(|program| desktop.command(program));
        desktop.display = display;
        let manager = Process::start(
            desktop
                .command("openbox")
                .stdout(desktop.log())
                .stderr(desktop.log()),
        );
        desktop.services = vec![manager, server, bus];
        desktop.set_default_browser();
        desktop
    }

    /// A folder or file beneath the home folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The profile that window and command line share.
    pub(crate) fn profile(&self) -> PathBuf {
        self.path("profile")
    }

    /// The profile's database, beside the app.
    pub(crate) fn database(&self) -> Connection {
        Connection::open(self.profile().join("seller-desk.sqlite3")).unwrap()
    }

    /// What a query of the database answers first.
    pub(crate) fn select<T: FromSql>(&self, sql: &str) -> T {
        self.database()
            .query_row(sql, [], |row| row.get(0))
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// A program that sees this desktop and nothing of the one the test runs on.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env(MARK, self.path("run"))
            .env("BROWSER", self.path("browser"))
            .env("LANG", self.locale)
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .current_dir(self.home.path());
        command
    }

    /// Runs the app's command line on the profile, with `--json`.
    pub(crate) fn seller_desk<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Answer {
        self.seller_desk_reading(arguments, "")
    }

    /// The same, with text on standard input.
    pub(crate) fn seller_desk_reading<A: AsRef<OsStr>>(
        &self,
        arguments: &[A],
        input: &str,
    ) -> Answer {
        let mut command = self.command(SELLER_DESK);
        command
            .arg("--profile")
            .arg(self.profile())
            .arg("--json")
            .args(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing closes its end first.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        Answer {
            code: output.status.code().unwrap_or(-1),
            lines: said
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect(),
            text: said + &String::from_utf8_lossy(&output.stderr),
        }
    }

    /// Opens a link as the desktop does when it is clicked: by the entry that registered its scheme.
    pub(crate) fn open_link(&self, link: &str) {
        run(self
            .command("gio")
            .args(["open", link])
            .stdout(self.log())
            .stderr(self.log()));
    }

    /// Where the app sent the browser last; waits for it and forgets it.
    pub(crate) fn visited(&self) -> String {
        let visited = self.path("visited");
        let address = until("the app to open the browser", || {
            fs::read_to_string(&visited).ok()
        });
        fs::remove_file(visited).unwrap();
        address
    }

    /// The windowed or command-line processes of the app that run now.
    pub(crate) fn running_apps(&self) -> Vec<u32> {
        self.running(Path::new(SELLER_DESK))
    }

    /// The processes of a program that run on this desktop now.
    pub(crate) fn running(&self, program: &Path) -> Vec<u32> {
        let program = program.canonicalize().unwrap();
        let mut processes = self.processes();
        processes.retain(|pid| processes::program(*pid).as_deref() == Some(&program));
        processes
    }

    /// All processes that run on this desktop now.
    pub(crate) fn processes(&self) -> Vec<u32> {
        processes::with_variable(MARK, &self.path("run"))
    }

    /// Ends the app as a logout does, and waits until it has.
    pub(crate) fn quit_app(&self) {
        for pid in self.running_apps() {
            processes::send("TERM", pid);
        }
        self.app_ends();
    }

    /// Ends the app as a power cut does: it is not asked.
    pub(crate) fn kill_app(&self) {
        for pid in self.running_apps() {
            processes::send("KILL", pid);
        }
        self.app_ends();
    }

    /// Waits until the app has ended.
    pub(crate) fn app_ends(&self) {
        // An ending process keeps its name on the bus for a moment longer than its memory.
        until("the app to end", || {
            (self.running_apps().is_empty() && !self.names_on_the_bus().contains("app.sellerdesk."))
                .then_some(())
        });
    }

    fn names_on_the_bus(&self) -> String {
        let bus = [
            "--dest",
            "org.freedesktop.DBus",
            "--object-path",
            "/org/freedesktop/DBus",
        ];
        let list = ["--method", "org.freedesktop.DBus.ListNames"];
        run(self
            .command("gdbus")
            .args(["call", "--session"])
            .args(bus)
            .args(list))
    }

    /// Whether the app's window is on the screen and not an icon.
    pub(crate) fn shows_window(&self) -> bool {
        self.app_window().is_some_and(|id| {
            let state = self.command("xwininfo").args(["-id", &id]).output();
            String::from_utf8_lossy(&state.unwrap().stdout).contains("Map State: IsViewable")
        })
    }

    /// Closes the app's window as its frame's button does.
    pub(crate) fn close_window(&self) {
        let id = self.app_window().unwrap();
        run(self.command("wmctrl").args(["-i", "-c", &id]));
    }

    /// What stands in the frames of the app's windows.
    pub(crate) fn app_titles(&self) -> Vec<String> {
        self.app_windows()
            .into_iter()
            .map(|(_, title)| title)
            .collect()
    }

    /// Place and size of the app's window, as the display tells them.
    pub(crate) fn window_geometry(&self) -> String {
        let id = self.app_window().unwrap();
        let state = run(self.command("xwininfo").args(["-id", &id]));
        let line = state
            .lines()
            .find_map(|line| line.trim().strip_prefix("-geometry "));
        line.unwrap().to_owned()
    }

    fn app_window(&self) -> Option<String> {
        self.app_windows().into_iter().next().map(|(id, _)| id)
    }

    /// Identifiers and titles of the app's windows, the oldest first.
    fn app_windows(&self) -> Vec<(String, String)> {
        let list = self.command("wmctrl").arg("-lx").output().unwrap();
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let of_app = list.lines().filter_map(|line| {
            let (window, title) = line.split_once(" seller-desk.")?;
            let id = window.split_whitespace().next()?;
            // Behind the class stands the machine.
            let title = title.split_whitespace().skip(2).collect::<Vec<_>>();
            Some((id.to_owned(), title.join(" ")))
        });
        of_app.collect()
    }

    /// Where the session bus is.
    pub(crate) fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// The home folder, with everything that programs of the desktop wrote.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The titles of all windows on the display.
    pub(crate) fn window_titles(&self) -> String {
        run(self.command("xwininfo").args(["-root", "-tree"]))
    }

    /// Starts a keychain and unlocks it.
    pub(crate) fn start_keychain(&self) {
        self.keyring
            .replace(Some(Keyring::start(|program| self.command(program))));
    }

    /// Every secret that the keychain keeps.
    pub(crate) fn secrets(&self) -> Vec<String> {
        keyring::secrets(&self.bus_address)
    }

    /// Locks the keychain.
    pub(crate) fn lock_keychain(&self) {
        self.keyring
            .borrow()
            .as_ref()
            .expect("a keychain was started")
            .lock(|program| self.command(program));
    }

    /// Keeps the keychain from answering.
    pub(crate) fn hang_keychain(&self) {
        self.keyring
            .borrow()
            .as_ref()
            .expect("a keychain was started")
            .hang();
    }

    /// Where programs of the desktop complain to.
    pub(crate) fn log(&self) -> File {
        File::options()
            .create(true)
            .append(true)
            .open(self.path("desktop.log"))
            .unwrap()
    }

    fn set_default_browser(&self) {
        let browser = self.path("browser");
        fs::write(&browser, BROWSER).unwrap();
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Browser\nExec={} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
            browser.display()
        );
        fs::write(
            self.path("data/applications/journey-browser.desktop"),
            entry,
        )
        .unwrap();
        let defaults = "[Default Applications]\nx-scheme-handler/http=journey-browser.desktop\nx-scheme-handler/https=journey-browser.desktop\n";
        fs::write(self.path("config/mimeapps.list"), defaults).unwrap();
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = fs::read_to_string(self.path("desktop.log")).unwrap_or_default();
            eprintln!("--- what the desktop's programs said ---\n{log}");
        }
        for pid in self.processes() {
            processes::send("KILL", pid);
        }
    }
}
