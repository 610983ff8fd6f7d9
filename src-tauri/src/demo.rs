//! The demo: a profile of its own, filled from a stand-in platform.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use desk_engine::{AppInput, ErrorCode};
use desk_model::{Dialect, Gateway, Secret};
use desk_sandbox::{Credentials, Sandbox, SandboxOptions, server};
use tokio::net::TcpListener;

use crate::{desk::Desk, error::CommandError};

const SEED: u64 = 1;

/// Connects the demo profile to a platform: the one described in `sandbox`, or one started here.
pub(crate) async fn connect(desk: &Desk, sandbox: Option<PathBuf>) -> Result<(), CommandError> {
    let credentials = match sandbox {
        Some(path) => read(&path)?,
        None => start(desk).await?,
    };
    let guide = AppInput {
        gateway: Gateway::Custom,
        dialect: Some(Dialect::Guide),
        base_url: Some(credentials.base_url),
        app_key: credentials.guide.app_key,
        app_secret: Some(Secret::new(credentials.guide.app_secret)),
        redirect_uri: None,
        proxy: None,
    };
    desk.save_app(guide).await?;
    Ok(())
}

fn read(path: &Path) -> Result<Credentials, CommandError> {
    let refuse = |reason: String| {
        CommandError::new(
            ErrorCode::InvalidInput,
            format!("{} describes no sandbox: {reason}", path.display()),
        )
    };
    let text = std::fs::read_to_string(path).map_err(|error| refuse(error.to_string()))?;
    // serde's message would quote the secrets.
    serde_json::from_str(&text)
        .map_err(|error| refuse(format!("line {} column {}", error.line(), error.column())))
}

async fn start(desk: &Desk) -> Result<Credentials, CommandError> {
    let refuse = |error: std::io::Error| {
        CommandError::new(ErrorCode::Network, format!("no port for the demo: {error}"))
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(refuse)?;
    let address = listener.local_addr().map_err(refuse)?;
    let sandbox = Arc::new(Sandbox::new(SandboxOptions::new(SEED, desk.now().0)));
    let credentials = sandbox.credentials(&format!("http://{address}"));
    tokio::spawn(server::serve(sandbox, listener, server::wall_clock));
    Ok(credentials)
}
