//! `doctor`: what this profile is and whether it works. Works beside a window, and writes nothing but a test item in the vault.

use std::path::Path;

use desk_engine::ErrorCode;
use desk_model::{Quarantined, TokenState};
use desk_vault::{Readiness, VaultKind};
use serde::Serialize;

use super::{Exit, input, output::Output, output::plain};
use crate::{
    desk::Desk, desktop_entry::DesktopEntry, diagnostics, error::CommandError, profile::Profile,
    settings::Language, vault::PASSPHRASE_FILE, words::Words,
};

/// So many rows that were put aside are named.
const MOST_ROWS_NAMED: usize = 100;

/// One finding.
#[derive(Serialize)]
struct Finding {
    check: &'static str,
    ok: bool,
    /// What was found.
    found: String,
    /// The error that stands behind it, if any.
    code: Option<ErrorCode>,
}

impl Finding {
    fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            ok: true,
            found: found.into(),
            code: None,
        }
    }

    fn bad(check: &'static str, code: ErrorCode, found: impl Into<String>) -> Self {
        Self {
            check,
            ok: false,
            found: found.into(),
            code: Some(code),
        }
    }
}

/// What is asked of the doctor.
pub(super) struct Examination<'a> {
    /// The vault asked for.
    pub vault: Option<VaultKind>,
    /// Whether rows that were put aside are tried again first.
    pub reread: bool,
    /// Where the diagnostics go.
    pub bundle: Option<&'a Path>,
}

pub(super) async fn run(
    profile: Profile,
    examination: Examination<'_>,
    output: &Output,
) -> Result<Exit, CommandError> {
    let mut findings = vec![
        Finding::good("profile", profile.folder().display().to_string()),
        links(&profile),
    ];
    let is_new = !profile.folder().join(desk_store::FILE_NAME).exists();
    let desk = Desk::open(profile.clone(), examination.vault).await;
    match &desk {
        Ok(desk) => {
            findings.push(Finding::good("database", desk_store::FILE_NAME));
            if examination.reread {
                desk.engine.reread_quarantine().await?;
            }
            findings.push(vault(desk).await?);
            findings.extend(shops(desk).await?);
            findings.extend(quarantined(desk).await?);
        }
        Err(_) if is_new => findings.push(Finding::good("database", "–")),
        Err(error) => findings.push(Finding::bad(
            "database",
            error.0.code,
            error.0.message.clone(),
        )),
    }
    if let Some(bundle) = examination.bundle {
        let files = diagnostics::gather(&profile, desk.as_ref()).await?;
        diagnostics::write(&files, bundle)?;
    }
    let words = Words::of(Language::System);
    for finding in &findings {
        output.either(finding, || {
            let mark = if finding.ok { "✓" } else { "✗" };
            let check = words.get(&format!("cli.check.{}", finding.check), &[]);
            let cure = finding
                .code
                .map(|code| words.get(&format!("error.{}.cure", code.as_str()), &[]));
            format!(
                "{mark} {check}: {}{}",
                finding.found,
                cure.map(|cure| format!("\n  {cure}")).unwrap_or_default()
            )
        });
    }
    Ok(if findings.iter().all(|finding| finding.ok) {
        Exit::Done
    } else {
        Exit::Failed
    })
}

fn links(profile: &Profile) -> Finding {
    match DesktopEntry::of(profile) {
        Some(entry) if entry.is_installed() => Finding::good("links", "sellerdesk://"),
        _ => Finding::good("links", "–"),
    }
}

async fn vault(desk: &Desk) -> Result<Finding, CommandError> {
    let kind = desk.engine.vault().kind();
    if kind == VaultKind::Passphrase {
        return Ok(passphrase_file(desk).await);
    }
    let kind = kind.as_str();
    let readiness = desk.ask_vault(|vault| Ok(vault.readiness())).await?;
    Ok(match readiness {
        Readiness::Ready => Finding::good("vault", kind),
        Readiness::Locked => Finding::bad("vault", ErrorCode::KeychainLocked, kind),
        Readiness::Absent => Finding::bad("vault", ErrorCode::KeychainAbsent, kind),
        Readiness::Slow => Finding::bad("vault", ErrorCode::KeychainSlow, kind),
    })
}

/// Opens it as any command would; a file that is gone is not made anew.
async fn passphrase_file(desk: &Desk) -> Finding {
    let kind = VaultKind::Passphrase.as_str();
    let file = desk.profile.folder().join(PASSPHRASE_FILE);
    if !file.exists() {
        return Finding::bad(
            "vault",
            ErrorCode::VaultFailed,
            format!("{kind}: {} is missing", file.display()),
        );
    }
    match input::open_vault(desk).await {
        Ok(()) => Finding::good("vault", kind),
        Err(error) => Finding::bad("vault", error.0.code, kind),
    }
}

async fn shops(desk: &Desk) -> Result<Vec<Finding>, CommandError> {
    let mut findings = Vec::new();
    for shop in desk.engine.store().shops().await? {
        let name = format!("{} {}", shop.shop_id, plain(&shop.name));
        findings.push(match shop.token_state {
            TokenState::Valid => Finding::good("shop", name),
            TokenState::Expired => Finding::bad("shop", ErrorCode::TokenExpired, name),
            TokenState::Revoked => Finding::bad("shop", ErrorCode::TokenRevoked, name),
        });
    }
    Ok(findings)
}

/// The rows that could not be read, with the reason; of very many the first.
async fn quarantined(desk: &Desk) -> Result<Vec<Finding>, CommandError> {
    let rows = desk.engine.store().quarantined(None).await?;
    let line = |row: &Quarantined| {
        let (resource, id) = (row.resource.as_str(), plain(&row.identity));
        format!("{} {resource} {id}: {}", row.shop_id, plain(&row.reason))
    };
    let mut lines: Vec<String> = rows.iter().take(MOST_ROWS_NAMED).map(line).collect();
    if rows.len() > MOST_ROWS_NAMED {
        lines.push(format!("… {}", rows.len()));
    }
    Ok(lines
        .into_iter()
        .map(|found| Finding::bad("quarantine", ErrorCode::MalformedResponse, found))
        .collect())
}
