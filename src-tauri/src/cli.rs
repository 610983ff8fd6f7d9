//! The command line: the same engine without a window. Its contract: JSON, one object per line, and the exit codes below.

mod arguments;
mod backup;
mod check;
mod days;
mod doctor;
mod export;
mod filters;
mod input;
mod lists;
mod maintain;
mod output;
mod shops;
mod sync;

use std::{ffi::OsString, process::ExitCode};

use clap::Parser;
use desk_engine::ErrorCode;
use desk_model::Resource;

use self::{
    arguments::{Arguments, Command, ListArguments, OrdersCommand, ShopsCommand},
    output::Output,
};
use crate::{
    desk::{Desk, Replacement},
    error::CommandError,
    links,
    profile::Profile,
    settings::Language,
    shell::{self, WindowOptions},
    words::Words,
};

/// How a command ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Authorization = 3,
    RateLimited = 4,
    Partial = 5,
    ProfileLocked = 6,
}

impl From<ErrorCode> for Exit {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::UnknownShop
            | ErrorCode::AmbiguousShop
            | ErrorCode::InvalidInput
            | ErrorCode::RedirectInvalid
            | ErrorCode::PortTaken
            | ErrorCode::UnknownColumn
            | ErrorCode::InsecureBaseUrl
            | ErrorCode::InvalidBaseUrl
            | ErrorCode::VaultMismatch => Self::Usage,
            ErrorCode::SignatureRejected
            | ErrorCode::TokenExpired
            | ErrorCode::TokenRevoked
            | ErrorCode::ScopeMissing
            | ErrorCode::WrongRegion
            | ErrorCode::CodeRejected
            | ErrorCode::ConsentDenied
            | ErrorCode::StateUnknown
            | ErrorCode::ShopMismatch
            | ErrorCode::ShopUnauthorized
            | ErrorCode::FullManagedShop
            | ErrorCode::AppSecretMissing => Self::Authorization,
            ErrorCode::RateLimited => Self::RateLimited,
            ErrorCode::ProfileLocked => Self::ProfileLocked,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Opens the window, or runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output, usage errors to standard error; a closed pipe is nobody's loss.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage.into()
            } else {
                Exit::Done.into()
            };
        }
    };
    let output = Output::new(arguments.json);
    match dispatch(arguments, &output) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output.failure(&error.0, Words::of(Language::System));
            Exit::from(error.0.code).into()
        }
    }
}

fn dispatch(arguments: Arguments, output: &Output) -> Result<Exit, CommandError> {
    let (demo, sandbox, link) = match &arguments.command {
        None => (false, None, arguments.link.clone()),
        #[cfg(feature = "demo")]
        Some(Command::Demo { sandbox, link }) => (true, sandbox.clone(), link.clone()),
        Some(_) => return command(&arguments, output),
    };
    if let Some(word) = link.as_deref().filter(|word| !links::is_link(word)) {
        return Err(CommandError::new(
            ErrorCode::InvalidInput,
            format!("`{word}` is no command and no link"),
        ));
    }
    let profile = Profile::locate(arguments.profile.as_deref(), demo)?;
    shell::run(WindowOptions {
        profile,
        vault: arguments.vault,
        link,
        is_hidden: arguments.hidden,
        sandbox,
    })
    .map_err(|error| CommandError::new(ErrorCode::Internal, format!("no window: {error}")))?;
    Ok(Exit::Done)
}

fn command(arguments: &Arguments, output: &Output) -> Result<Exit, CommandError> {
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?;
    let outcome = runtime.block_on(async {
        let mut profile = Profile::locate(arguments.profile.as_deref(), false)?;
        match &arguments.command {
            Some(Command::Doctor { reread, bundle }) => {
                if *reread {
                    profile.lock()?;
                }
                let examination = doctor::Examination {
                    vault: arguments.vault,
                    reread: *reread,
                    bundle: bundle.as_deref(),
                };
                doctor::run(profile, examination, output).await
            }
            Some(Command::Restore { backup }) => {
                profile.lock()?;
                backup::restore(profile, backup, output).await
            }
            Some(command) if command.only_reads() => {
                match Desk::open(profile, arguments.vault).await {
                    Ok(desk) => read(&desk, command, output).await,
                    // A profile that was never written to has nothing to show.
                    Err(_) if is_new(arguments)? => read_nothing(command, output).await,
                    Err(error) => Err(error),
                }
            }
            Some(command) => {
                profile.lock()?;
                let desk = Desk::open(profile, arguments.vault).await?;
                crate::log::start(desk.profile.folder());
                tell_recovery(&desk, output);
                let outcome = write(&desk, command, output).await;
                desk.close().await;
                outcome
            }
            None => Ok(Exit::Usage),
        }
    });
    // A thread may still wait for a vault that does not answer; the command is done.
    runtime.shutdown_background();
    outcome
}

/// A damaged database is nothing to be silent about.
fn tell_recovery(desk: &Desk, output: &Output) {
    let Some(Replacement { recovery, .. }) = desk.replacement() else {
        return;
    };
    let key = match recovery.restored_from {
        Some(_) => "cli.recovered",
        None => "cli.started_anew",
    };
    let kept = recovery.moved_to.display().to_string();
    output.note(&shops::words(desk).get(key, &[("kept", &kept)]));
}

fn is_new(arguments: &Arguments) -> Result<bool, CommandError> {
    let profile = Profile::locate(arguments.profile.as_deref(), false)?;
    Ok(!profile.folder().join(desk_store::FILE_NAME).exists())
}

async fn read_nothing(command: &Command, output: &Output) -> Result<Exit, CommandError> {
    match command {
        Command::Export(arguments) => export::nothing(arguments, output).await,
        Command::Orders {
            command: OrdersCommand::Show { order_sn, .. },
        } => Err(desk_engine::Error::OrderNotStored(order_sn.clone()).into()),
        Command::Orders {
            command: OrdersCommand::List(list),
        } => nothing_listed(Resource::Orders, list),
        Command::Products {
            command: arguments::ListCommand::List(list),
        } => nothing_listed(Resource::Products, list),
        Command::Activities {
            command: arguments::ListCommand::List(list),
        } => nothing_listed(Resource::Activities, list),
        _ => Ok(Exit::Done),
    }
}

fn nothing_listed(resource: Resource, list: &ListArguments) -> Result<Exit, CommandError> {
    lists::query_nothing(resource, &list.filters)?;
    Ok(Exit::Done)
}

async fn read(desk: &Desk, command: &Command, output: &Output) -> Result<Exit, CommandError> {
    let list = |resource: Resource, arguments: &ListArguments| {
        let arguments = arguments.clone();
        async move { lists::list(desk, resource, &arguments, output).await }
    };
    match command {
        Command::Shops {
            command: ShopsCommand::List,
        } => shops::list(desk, output).await,
        Command::Orders {
            command: OrdersCommand::List(arguments),
        } => list(Resource::Orders, arguments).await,
        Command::Products {
            command: arguments::ListCommand::List(arguments),
        } => list(Resource::Products, arguments).await,
        Command::Activities {
            command: arguments::ListCommand::List(arguments),
        } => list(Resource::Activities, arguments).await,
        Command::Orders {
            command: OrdersCommand::Show { order_sn, shop, .. },
        } => lists::show(desk, order_sn, shop.as_deref(), output).await,
        Command::Export(arguments) => export::run(desk, arguments, output).await,
        _ => Ok(Exit::Usage),
    }
}

async fn write(desk: &Desk, command: &Command, output: &Output) -> Result<Exit, CommandError> {
    match command {
        Command::Shops {
            command: ShopsCommand::Add(arguments),
        } => shops::add(desk, arguments, output).await,
        Command::Shops {
            command: ShopsCommand::Test { shop },
        } => shops::test(desk, shop, output).await,
        Command::Shops {
            command: ShopsCommand::Remove { shop, keep_data },
        } => shops::remove(desk, shop, *keep_data, output).await,
        Command::Sync { shop, since } => sync::run(desk, shop.as_deref(), *since, output).await,
        Command::Maintain { shop } => maintain::run(desk, shop.as_deref(), output).await,
        Command::Check(arguments) => check::run(desk, arguments, output).await,
        Command::Backup => backup::back_up(desk, output).await,
        Command::Orders {
            command: OrdersCommand::Show { order_sn, shop, .. },
        } => lists::refresh(desk, order_sn, shop.as_deref(), output).await,
        _ => Ok(Exit::Usage),
    }
}

/// The shop that a word names: its id, or a remote id that only one shop has.
async fn resolve_shop(desk: &Desk, word: &str) -> Result<desk_model::ShopId, CommandError> {
    let shops = desk.engine.store().shops().await?;
    if let Some(shop) = shops.iter().find(|shop| shop.shop_id.as_str() == word) {
        return Ok(shop.shop_id.clone());
    }
    let mut matching = shops.iter().filter(|shop| shop.shop_id.remote_id() == word);
    match (matching.next(), matching.next()) {
        (Some(shop), None) => Ok(shop.shop_id.clone()),
        (Some(_), Some(_)) => Err(CommandError::new(
            ErrorCode::AmbiguousShop,
            format!("more than one gateway has a shop {word}"),
        )),
        (None, _) => Err(desk_engine::Error::UnknownShop(word.to_owned()).into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn exit_codes_are_the_contract() {
        assert_eq!(Exit::from(ErrorCode::UnknownShop) as u8, 2);
        assert_eq!(Exit::from(ErrorCode::ShopUnauthorized) as u8, 3);
        assert_eq!(Exit::from(ErrorCode::TokenExpired) as u8, 3);
        assert_eq!(Exit::from(ErrorCode::RateLimited) as u8, 4);
        assert_eq!(Exit::Partial as u8, 5);
        assert_eq!(Exit::from(ErrorCode::ProfileLocked) as u8, 6);
        assert_eq!(Exit::from(ErrorCode::Network) as u8, 1);
    }
}
