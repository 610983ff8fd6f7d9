//! Makes this profile the one that `sellerdesk://` links open (Linux: a desktop entry of our own).

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
};

use directories::BaseDirs;

use crate::profile::Profile;

const SCHEME: &str = "x-scheme-handler/sellerdesk";

/// The entry of a profile; `remove` takes it back.
pub(crate) struct DesktopEntry {
    path: PathBuf,
}

impl DesktopEntry {
    /// Where the profile's entry stands.
    pub(crate) fn of(profile: &Profile) -> Option<Self> {
        let applications = BaseDirs::new()?.data_dir().join("applications");
        Some(Self {
            path: applications.join(format!("{}.desktop", Self::id(profile))),
        })
    }

    /// What the desktop calls the profile's app: the entry's name without its ending.
    pub(crate) fn id(profile: &Profile) -> String {
        format!("seller-desk-{}", profile.hash())
    }

    /// Writes the entry and makes it the handler of our scheme.
    pub(crate) fn install(&self, profile: &Profile) -> io::Result<()> {
        let program = std::env::current_exe()?;
        if let Some(applications) = self.path.parent() {
            std::fs::create_dir_all(applications)?;
        }
        std::fs::write(&self.path, entry(&program, profile))?;
        make_default(&self.name())
    }

    /// The entry that opens our links now, unless it is this one.
    pub(crate) fn other_handler(&self) -> Option<String> {
        let answer = Command::new("xdg-mime")
            .args(["query", "default", SCHEME])
            .output()
            .ok()?;
        let name = String::from_utf8(answer.stdout).ok()?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty() && *name != self.name())
    }

    fn name(&self) -> String {
        self.path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Whether it is there.
    pub(crate) fn is_installed(&self) -> bool {
        self.path.exists()
    }

    /// Removes the entry; links open what they opened before.
    pub(crate) fn remove(&self, before: Option<&str>) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        before.map_or(Ok(()), make_default)
    }
}

fn make_default(name: &str) -> io::Result<()> {
    let status = Command::new("xdg-mime")
        .args(["default", name, SCHEME])
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("xdg-mime: {status}")))
    }
}

fn entry(program: &Path, profile: &Profile) -> String {
    let (demo, folder) = match (profile.is_demo(), profile.folder().parent()) {
        (true, Some(parent)) => (" demo", parent),
        _ => ("", profile.folder()),
    };
    format!(
        "[Desktop Entry]\nType=Application\nName=Seller Desk{}\nExec={} --profile {}{demo} %u\nTerminal=false\n\
         NoDisplay=true\nStartupNotify=true\nMimeType={SCHEME};\n",
        if profile.is_demo() { " (demo)" } else { "" },
        quoted(program),
        quoted(folder),
    )
}

/// Plain words stay unquoted: a bare `xdg-open` without a desktop fails on quotes.
pub(crate) fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy().replace('%', "%%");
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+@:,%".contains(letter);
    if text.chars().all(plain) {
        return text;
    }
    let escaped: String = text
        .chars()
        .flat_map(|letter| {
            if "\"`$\\".contains(letter) {
                vec!['\\', '\\', letter]
            } else {
                vec![letter]
            }
        })
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_starts_this_profile_with_the_link() {
        let profile = Profile::locate(Some(Path::new("/home/seller/desk")), false).unwrap();
        let text = entry(Path::new("/usr/bin/seller-desk"), &profile);
        assert!(
            text.contains("\nExec=/usr/bin/seller-desk --profile /home/seller/desk %u\n"),
            "{text}"
        );
        assert!(text.contains("\nMimeType=x-scheme-handler/sellerdesk;\n"));
    }

    #[test]
    fn the_demo_starts_as_the_demo() {
        let profile = Profile::locate(Some(Path::new("/home/seller/desk")), true).unwrap();
        assert!(
            entry(Path::new("/x"), &profile).contains(" --profile /home/seller/desk demo %u\n")
        );
    }

    #[test]
    fn unusual_paths_are_quoted() {
        assert_eq!(quoted(Path::new("/a b/卖家")), "\"/a b/卖家\"");
        assert_eq!(quoted(Path::new("/a$b")), r#""/a\\$b""#);
        assert_eq!(quoted(Path::new("/100%")), "/100%%");
    }
}
