//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use desk_export::ExportFormat;
use desk_model::{Dialect, Gateway, OrderSn, Resource};
use desk_vault::VaultKind;
use jiff::civil::Date;

use super::filters::Filters;
use crate::settings::Language;

/// Temu shops on this computer: authorize, sync, browse. Without a command it opens the window.
#[derive(Parser)]
#[command(name = "seller-desk", version)]
pub(super) struct Arguments {
    /// The profile's folder [default: the system's data folder]
    #[arg(long, global = true, env = "SELLER_DESK_PROFILE", value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// Where secrets are kept: keychain, passphrase or memory; chosen once per profile [default: keychain]
    #[arg(long, global = true, value_name = "KIND", value_parser = parse_vault)]
    pub(super) vault: Option<VaultKind>,
    /// Print JSON, one object per line
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Start in the tray, without showing the window
    #[arg(long)]
    pub(super) hidden: bool,
    /// An authorization link from the operating system
    pub(super) link: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Shops: add, list, test, remove
    Shops {
        #[command(subcommand)]
        command: ShopsCommand,
    },
    /// Fetch what changed
    Sync {
        /// Only this shop
        #[arg(long, value_name = "ID")]
        shop: Option<String>,
        /// Read orders changed in the last DAYS days, whatever is known already
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
        since: Option<u32>,
    },
    /// Orders: list, show
    Orders {
        #[command(subcommand)]
        command: OrdersCommand,
    },
    /// Products: list
    Products {
        #[command(subcommand)]
        command: ListCommand,
    },
    /// Activities: list
    Activities {
        #[command(subcommand)]
        command: ListCommand,
    },
    /// Write a list into a file for spreadsheets
    Export(ExportArguments),
    /// Fetch amounts and older orders, and read again what may have changed unseen
    Maintain {
        /// Only this shop
        #[arg(long, value_name = "ID")]
        shop: Option<String>,
    },
    /// Compare what is stored with the platform
    Check(CheckArguments),
    /// Copy the database aside, into the profile's `backups` folder
    Backup,
    /// Put a backup in the database's place; the present database is kept beside it
    Restore {
        /// The backup's file
        #[arg(value_name = "FILE")]
        backup: PathBuf,
    },
    /// Check profile, database, vault and shops
    Doctor {
        /// First try to read the rows that were put aside
        #[arg(long)]
        reread: bool,
        /// Also write what was found into a ZIP file for whoever helps, without secrets or names
        #[arg(long, value_name = "FILE")]
        bundle: Option<PathBuf>,
    },
    /// Open the window with made-up data in a profile of its own
    #[cfg(feature = "demo")]
    Demo {
        /// A file with the line that desk-sandbox printed [default: a sandbox of its own]
        #[arg(long, value_name = "FILE")]
        sandbox: Option<PathBuf>,
        /// An authorization link from the operating system
        link: Option<String>,
    },
}

impl Command {
    /// Whether it can run beside a window: it writes nothing and asks no platform.
    pub(super) fn only_reads(&self) -> bool {
        match self {
            Self::Shops { command } => matches!(command, ShopsCommand::List),
            Self::Orders {
                command: OrdersCommand::Show { refresh, .. },
            } => !refresh,
            Self::Orders { .. }
            | Self::Products { .. }
            | Self::Activities { .. }
            | Self::Export(_) => true,
            Self::Doctor { reread, .. } => !reread,
            Self::Sync { .. }
            | Self::Maintain { .. }
            | Self::Check(_)
            | Self::Backup
            | Self::Restore { .. } => false,
            #[cfg(feature = "demo")]
            Self::Demo { .. } => false,
        }
    }
}

#[derive(Subcommand)]
pub(super) enum ShopsCommand {
    /// Verify a token and add its shop; {"app_secret", "access_token", "refresh_token"?, "expires_at"?} on standard input
    Add(AddArguments),
    /// List shops and how fresh their data is
    List,
    /// Ask the platform for one order
    Test {
        /// Shop id
        shop: String,
    },
    /// Remove a shop, its token and its data
    Remove {
        /// Shop id
        shop: String,
        /// Keep its orders, products and activities
        #[arg(long)]
        keep_data: bool,
    },
}

#[derive(Args)]
pub(super) struct AddArguments {
    /// us, eu, global or custom
    #[arg(long, value_parser = parse_gateway)]
    pub(super) gateway: Gateway,
    /// Address of the platform; needed for custom
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// guide or open-platform; needed for custom
    #[arg(long, value_parser = parse_dialect)]
    pub(super) dialect: Option<Dialect>,
    /// The app's key [default: TEMU_APP_KEY]
    #[arg(long, value_name = "KEY", default_value = "")]
    pub(super) app_key: String,
    /// http, https or socks5 proxy for this gateway
    #[arg(long, value_name = "URL")]
    pub(super) proxy: Option<String>,
}

#[derive(Args)]
pub(super) struct CheckArguments {
    /// The shop
    #[arg(long, value_name = "ID")]
    pub(super) shop: String,
    /// Orders changed from this day on [default: 90 days ago]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Option<Date>,
    /// Orders changed up to this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) to: Option<Date>,
    /// Store what the platform says where it differs
    #[arg(long)]
    pub(super) repair: bool,
}

#[derive(Subcommand)]
pub(super) enum OrdersCommand {
    /// List orders
    List(Box<ListArguments>),
    /// Show one order
    Show {
        /// Order number
        #[arg(value_parser = |word: &str| Ok::<_, std::convert::Infallible>(OrderSn::new(word)))]
        order_sn: OrderSn,
        /// The shop, where several have the number
        #[arg(long, value_name = "ID")]
        shop: Option<String>,
        /// Read it anew from the platform
        #[arg(long)]
        refresh: bool,
    },
}

#[derive(Subcommand)]
pub(super) enum ListCommand {
    /// List them
    List(ListArguments),
}

#[derive(Args, Clone)]
pub(super) struct ListArguments {
    #[command(flatten)]
    pub(super) filters: Filters,
    /// At most this many
    #[arg(long)]
    pub(super) limit: Option<u64>,
}

#[derive(Args)]
pub(super) struct ExportArguments {
    /// orders, products or activities
    #[arg(value_parser = parse_resource)]
    pub(super) resource: Resource,
    /// xlsx or csv
    #[arg(long, value_parser = parse_format)]
    pub(super) format: ExportFormat,
    /// The file; - is standard output, for csv
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Replace a file that is there already
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Columns in their order, with commas between [default: the usual ones]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(super) columns: Vec<String>,
    /// A row for each line of an order instead of one for each order
    #[arg(long)]
    pub(super) lines: bool,
    /// en or zh-CN [default: the window's]
    #[arg(long, value_parser = parse_language)]
    pub(super) language: Option<Language>,
    #[command(flatten)]
    pub(super) list: ListArguments,
}

fn parse_resource(word: &str) -> Result<Resource, String> {
    Resource::parse(word).ok_or_else(|| "orders, products or activities".to_owned())
}

fn parse_format(word: &str) -> Result<ExportFormat, String> {
    ExportFormat::parse(word).ok_or_else(|| "xlsx or csv".to_owned())
}

fn parse_language(word: &str) -> Result<Language, String> {
    match word {
        "en" => Ok(Language::English),
        "zh-CN" => Ok(Language::Chinese),
        _ => Err("en or zh-CN".to_owned()),
    }
}

fn parse_vault(word: &str) -> Result<VaultKind, String> {
    VaultKind::parse(word).ok_or_else(|| "keychain, passphrase or memory".to_owned())
}

fn parse_gateway(word: &str) -> Result<Gateway, String> {
    Gateway::parse(word).ok_or_else(|| "us, eu, global or custom".to_owned())
}

fn parse_dialect(word: &str) -> Result<Dialect, String> {
    Dialect::parse(word).ok_or_else(|| "guide or open-platform".to_owned())
}
