//! Holds the crate map: which crate may use which, where the heavy dependencies live, and what no file may contain.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A crate of ours, and the crates of ours that it may use.
const ARROWS: [(&str, &[&str]); 9] = [
    ("desk-model", &[]),
    ("desk-temu", &["desk-model"]),
    ("desk-store", &["desk-model"]),
    ("desk-vault", &["desk-model"]),
    ("desk-export", &["desk-model"]),
    (
        "desk-engine",
        &["desk-model", "desk-temu", "desk-store", "desk-vault"],
    ),
    ("desk-sandbox", &[]),
    (
        "desk-bench",
        &[
            "desk-model",
            "desk-temu",
            "desk-store",
            "desk-vault",
            "desk-export",
            "desk-engine",
            "desk-sandbox",
        ],
    ),
    (
        "seller-desk",
        &[
            "desk-model",
            "desk-temu",
            "desk-store",
            "desk-vault",
            "desk-export",
            "desk-engine",
            "desk-sandbox",
        ],
    ),
];

/// A family of dependencies by the start of their names, and the one crate that may use it.
const HOMES: [(&str, &str); 10] = [
    ("tauri", "seller-desk"),
    ("ksni", "seller-desk"),
    ("reqwest", "desk-temu"),
    ("sea-orm", "desk-store"),
    ("rusqlite", "desk-store"),
    ("keyring", "desk-vault"),
    ("secret-service", "desk-vault"),
    ("httparse", "desk-sandbox"),
    ("rust_xlsxwriter", "desk-export"),
    ("csv", "desk-export"),
];

#[derive(Debug)]
struct Dependency {
    of: String,
    on: String,
    kind: Option<String>,
}

/// The direct dependencies of every crate of ours.
fn dependencies() -> Vec<Dependency> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--locked",
            "--manifest-path",
        ])
        .arg(Path::new(ROOT).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let of_package = |package: &Value| {
        let of = text(&package["name"]).unwrap();
        let dependency = |dependency: &Value| Dependency {
            of: of.clone(),
            on: text(&dependency["name"]).unwrap(),
            kind: text(&dependency["kind"]),
        };
        package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(dependency)
            .collect::<Vec<_>>()
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(of_package)
        .collect()
}

#[test]
fn every_arrow_is_on_the_map() {
    let dependencies = dependencies();
    let crates: BTreeSet<&str> = dependencies
        .iter()
        .map(|dependency| dependency.of.as_str())
        .collect();
    assert_eq!(
        crates,
        ARROWS.map(|(name, _)| name).into(),
        "a crate that the map does not know, or lost"
    );
    for Dependency { of, on, kind } in &dependencies {
        let is_ours = ARROWS.iter().any(|(name, _)| name == on);
        // Any crate may be tested against the stand-in.
        let is_test_of_the_wire = kind.as_deref() == Some("dev") && on == "desk-sandbox";
        // A crate's own tests switch its failpoints on.
        let is_itself = of == on;
        if is_ours && !is_test_of_the_wire && !is_itself {
            let allowed = ARROWS
                .iter()
                .any(|(name, may_use)| name == of && may_use.contains(&on.as_str()));
            assert!(allowed, "{of} must not use {on}");
        }
    }
}

#[test]
fn heavy_dependencies_live_in_one_crate_each() {
    let dependencies = dependencies();
    for (family, home) in HOMES {
        let belongs = |name: &str| name == family || name.starts_with(&format!("{family}-"));
        let users: BTreeSet<&str> = dependencies
            .iter()
            .filter(|dependency| {
                // The bench holds us against the bare libraries; nothing of it is shipped.
                let is_shipped =
                    dependency.kind.as_deref() != Some("dev") && dependency.of != "desk-bench";
                is_shipped && belongs(&dependency.on)
            })
            .map(|dependency| dependency.of.as_str())
            .collect();
        assert_eq!(users, BTreeSet::from([home]), "{family} belongs in {home}");
    }
}

/// Tracked text files that people write, with their contents.
fn written_files() -> Vec<(String, String)> {
    let output = Command::new("git")
        .args(["-C", ROOT, "ls-files", "-z"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = String::from_utf8(output.stdout).unwrap();
    let generated = |name: &str| {
        name.starts_with("ui/src/bindings/") || name.ends_with("-lock.json") || name == "Cargo.lock"
    };
    names
        .split_terminator('\0')
        .filter(|name| !generated(name))
        .filter_map(|name| {
            Some((
                name.to_owned(),
                fs::read_to_string(Path::new(ROOT).join(name)).ok()?,
            ))
        })
        .collect()
}

#[test]
fn no_file_outgrows_500_lines() {
    let is_code = |name: &str| {
        [".rs", ".ts", ".tsx"]
            .iter()
            .any(|ending| name.ends_with(ending))
    };
    let long: Vec<String> = written_files()
        .into_iter()
        .filter(|(name, text)| is_code(name) && text.lines().count() > 500)
        .map(|(name, _)| name)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn no_file_holds_unfinished_work_or_a_path_of_this_machine() {
    // In two halves, so that this file does not find itself.
    let mut unwanted = vec![
        concat!("TO", "DO").to_owned(),
        concat!("FIX", "ME").to_owned(),
        concat!("#[ign", "ore").to_owned(),
        concat!(".sk", "ip(").to_owned() + "'",
        concat!(".on", "ly(").to_owned() + "'",
        format!("{ROOT}/"),
    ];
    unwanted.extend(
        std::env::var("HOME")
            .ok()
            .filter(|home| home.len() > 1)
            .map(|home| format!("{home}/")),
    );
    for (name, text) in written_files() {
        for word in &unwanted {
            assert!(!text.contains(word.as_str()), "{name} contains {word}");
        }
    }
}
