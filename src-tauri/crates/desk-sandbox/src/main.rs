//! The stand-in as a program: prints its address and keys as one line of JSON, then serves until it is killed.

use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use desk_sandbox::server::{serve, wall_clock};
use desk_sandbox::{Sandbox, SandboxOptions, Size};
use tokio::net::TcpListener;

/// A strict stand-in for both platforms, with admin routes.
#[derive(Parser)]
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// What the world is derived from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How big the world is.
    #[arg(long, value_enum, default_value_t = Preset::Small)]
    preset: Preset,
}

#[derive(Clone, Copy, ValueEnum)]
enum Preset {
    /// 3 shops, 3,000 orders.
    Small,
    /// 40 shops, 1,000,000 orders.
    Million,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let size = match arguments.preset {
        Preset::Small => Size::SMALL,
        Preset::Million => Size::MILLION,
    };
    let options = SandboxOptions {
        size,
        admin: true,
        ..SandboxOptions::new(arguments.seed, wall_clock())
    };
    let sandbox = Arc::new(Sandbox::new(options));
    let listener = TcpListener::bind((arguments.host, arguments.port)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let mut stdout = std::io::stdout();
    writeln!(
        stdout,
        "{}",
        serde_json::to_string(&sandbox.credentials(&base_url))?
    )?;
    stdout.flush()?;
    serve(sandbox, listener, wall_clock).await?;
    Ok(())
}
