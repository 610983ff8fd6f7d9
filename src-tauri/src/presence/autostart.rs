//! Starts this profile's app when the seller logs in: a desktop entry in the folder that desktops start programs from.

use std::{
    io,
    path::{Path, PathBuf},
};

use directories::BaseDirs;

use crate::{
    desktop_entry::{DesktopEntry, quoted},
    profile::Profile,
};

/// The entry; its being there is the setting, so that what the desktop's own settings change is seen here too.
pub(crate) struct Autostart {
    path: PathBuf,
    folder: PathBuf,
}

impl Autostart {
    /// The profile's; the demo has none, since it leaves no trace.
    pub(crate) fn of(profile: &Profile) -> Option<Self> {
        if profile.is_demo() {
            return None;
        }
        let entries = BaseDirs::new()?.config_dir().join("autostart");
        Some(Self {
            path: entries.join(format!("{}.desktop", DesktopEntry::id(profile))),
            folder: profile.folder().to_owned(),
        })
    }

    /// Whether the desktop will start us.
    pub(crate) fn is_on(&self) -> bool {
        std::fs::read_to_string(&self.path).is_ok_and(|entry| starts(&entry))
    }

    /// Writes the entry, or removes it.
    pub(crate) fn set(&self, on: bool) -> io::Result<()> {
        if !on {
            return match std::fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let program = std::env::current_exe()?;
        if let Some(entries) = self.path.parent() {
            std::fs::create_dir_all(entries)?;
        }
        std::fs::write(&self.path, entry(&program, &self.folder))
    }
}

/// Desktops switch an entry off by a line in it instead of removing it.
fn starts(entry: &str) -> bool {
    !entry.lines().any(|line| {
        matches!(
            line.trim(),
            "Hidden=true" | "X-GNOME-Autostart-enabled=false"
        )
    })
}

fn entry(program: &Path, folder: &Path) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName=Seller Desk\nExec={} --profile {} --hidden\nTerminal=false\nStartupNotify=false\n",
        quoted(program),
        quoted(folder),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_starts_this_profile_in_the_tray() {
        let text = entry(Path::new("/usr/bin/seller-desk"), Path::new("/home/a b"));
        let line = "\nExec=/usr/bin/seller-desk --profile \"/home/a b\" --hidden\n";
        assert!(text.contains(line), "{text}");
        assert!(starts(&text));
    }

    #[test]
    fn it_is_written_and_removed_and_the_desktop_may_switch_it_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("autostart/seller-desk.desktop");
        let autostart = Autostart {
            path: path.clone(),
            folder: folder.path().to_owned(),
        };
        assert!(!autostart.is_on());
        autostart.set(true).unwrap();
        assert!(autostart.is_on());
        let switched_off = std::fs::read_to_string(&path).unwrap() + "Hidden=true\n";
        std::fs::write(&path, switched_off).unwrap();
        assert!(!autostart.is_on());
        autostart.set(false).unwrap();
        assert!(!path.exists());
        autostart.set(false).unwrap();
    }

    #[test]
    fn the_demo_is_not_started_by_itself() {
        let demo = Profile::locate(Some(Path::new("/home/seller/desk")), true).unwrap();
        assert!(Autostart::of(&demo).is_none());
    }
}
