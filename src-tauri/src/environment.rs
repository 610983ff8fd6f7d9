//! Settings from the environment or from `.env` in the profile folder, as the guide asks. They win over the stored ones.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use desk_model::Secret;

const AUTO_SYNC: &str = "AUTO_SYNC_ENABLED";
const INTERVAL: &str = "SYNC_INTERVAL_MINUTES";
const APP_KEY: &str = "TEMU_APP_KEY";
const APP_SECRET: &str = "TEMU_APP_SECRET";

/// What the environment sets.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    /// `AUTO_SYNC_ENABLED`.
    pub auto_sync: Option<bool>,
    /// `SYNC_INTERVAL_MINUTES`, for orders, products and activities; at least 1.
    pub sync_interval_minutes: Option<u32>,
    /// `TEMU_APP_KEY`.
    pub app_key: Option<String>,
    /// `TEMU_APP_SECRET`, on its way to the vault.
    pub app_secret: Option<Secret>,
    /// The `.env` file that holds the secret in the clear, until it was moved.
    secret_file: Option<PathBuf>,
}

/// A value that makes no sense.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvironmentError {
    /// Not a value of the setting.
    #[error("{name} is `{value}`; it takes {takes}")]
    Value {
        /// The variable.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it takes.
        takes: &'static str,
    },
    /// `.env` cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, String),
}

impl Environment {
    /// Reads `.env` in the folder, and the process environment over it.
    pub(crate) fn read(folder: &Path) -> Result<Self, EnvironmentError> {
        let path = folder.join(".env");
        let mut values = read_file(&path)?;
        let secret_in_file = values.contains_key(APP_SECRET);
        for name in [AUTO_SYNC, INTERVAL, APP_KEY, APP_SECRET] {
            if let Ok(value) = std::env::var(name) {
                values.insert(name.to_owned(), value);
            }
        }
        Self::from_values(&values, secret_in_file.then_some(path))
    }

    fn from_values(
        values: &BTreeMap<String, String>,
        secret_file: Option<PathBuf>,
    ) -> Result<Self, EnvironmentError> {
        let text = |name: &str| {
            values
                .get(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let refuse = |name, value, takes| EnvironmentError::Value { name, value, takes };
        let auto_sync = match text(AUTO_SYNC) {
            None => None,
            Some(value) => Some(
                parse_switch(&value).ok_or_else(|| refuse(AUTO_SYNC, value, "true or false"))?,
            ),
        };
        let sync_interval_minutes = match text(INTERVAL) {
            None => None,
            Some(value) => match value.parse() {
                Ok(minutes @ 1..=10_080) => Some(minutes),
                _ => return Err(refuse(INTERVAL, value, "whole minutes from 1 to 10080")),
            },
        };
        Ok(Self {
            auto_sync,
            sync_interval_minutes,
            app_key: text(APP_KEY),
            app_secret: text(APP_SECRET).map(Secret::new),
            secret_file,
        })
    }

    /// Takes the secret's line out of `.env`; call it once the vault has the secret.
    pub(crate) fn remove_secret_from_file(&mut self) -> io::Result<()> {
        let Some(path) = self.secret_file.take() else {
            return Ok(());
        };
        let kept: Vec<String> = std::fs::read_to_string(&path)?
            .lines()
            .filter(|line| {
                let line = line.trim_start();
                let name = line.strip_prefix("export ").unwrap_or(line);
                name.split('=')
                    .next()
                    .is_none_or(|name| name.trim() != APP_SECRET)
            })
            .map(str::to_owned)
            .collect();
        let beside = path.with_extension("new");
        std::fs::write(&beside, kept.join("\n") + "\n")?;
        std::fs::rename(beside, path)
    }
}

fn parse_switch(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, EnvironmentError> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    // The library's message would quote the line, which may hold the secret.
    let refuse = |error: dotenvy::Error| {
        let reason = if matches!(error, dotenvy::Error::LineParse(..)) {
            "a line has another form than NAME=value"
        } else {
            "no access"
        };
        EnvironmentError::File(path.to_owned(), reason.to_owned())
    };
    dotenvy::from_path_iter(path)
        .map_err(refuse)?
        .map(|pair| pair.map_err(refuse))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(tempfile::TempDir, Environment), EnvironmentError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".env"), text).unwrap();
        let path = folder.path().join(".env");
        let values = read_file(&path)?;
        let secret_file = values.contains_key(APP_SECRET).then_some(path);
        Ok((folder, Environment::from_values(&values, secret_file)?))
    }

    #[test]
    fn the_guides_names_are_read() {
        let (_folder, environment) =
            read("AUTO_SYNC_ENABLED=True\nSYNC_INTERVAL_MINUTES=5\nTEMU_APP_KEY='k'\n").unwrap();
        assert_eq!(environment.auto_sync, Some(true));
        assert_eq!(environment.sync_interval_minutes, Some(5));
        assert_eq!(environment.app_key.as_deref(), Some("k"));
    }

    #[test]
    fn nonsense_is_named_without_showing_secrets() {
        assert!(read("AUTO_SYNC_ENABLED=perhaps").is_err());
        assert!(read("SYNC_INTERVAL_MINUTES=0").is_err());
        let error = read("TEMU_APP_SECRET made-up-secret")
            .err()
            .unwrap()
            .to_string();
        assert!(!error.contains("made-up-secret"), "{error}");
    }

    #[test]
    fn the_secret_leaves_the_file_and_the_rest_stays() {
        let (folder, mut environment) =
            read("# mine\nTEMU_APP_KEY=k\nexport TEMU_APP_SECRET=made-up-secret\n").unwrap();
        assert_eq!(
            environment.app_secret.as_ref().unwrap().expose(),
            "made-up-secret"
        );
        environment.remove_secret_from_file().unwrap();
        assert_eq!(
            std::fs::read_to_string(folder.path().join(".env")).unwrap(),
            "# mine\nTEMU_APP_KEY=k\n"
        );
    }
}
