//! Errors on their way to the window or the command line: mapped once, here.

use desk_engine::{ErrorCode, Failure};
use serde::Serialize;
use ts_rs::TS;

use crate::{environment::EnvironmentError, profile::ProfileError};

/// An error as the window gets it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(transparent)]
pub(crate) struct CommandError(pub Failure);

impl CommandError {
    /// An error of the shell itself.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(Failure {
            code,
            message: message.into(),
            platform_code: None,
            request_id: None,
            clock_ahead_seconds: None,
        })
    }
}

impl From<desk_engine::Error> for CommandError {
    fn from(error: desk_engine::Error) -> Self {
        Self(error.into())
    }
}

impl From<desk_store::Error> for CommandError {
    fn from(error: desk_store::Error) -> Self {
        desk_engine::Error::from(error).into()
    }
}

impl From<desk_export::Error> for CommandError {
    fn from(error: desk_export::Error) -> Self {
        use desk_export::Error as Export;
        let code = match &error {
            Export::UnknownColumn { .. } => ErrorCode::UnknownColumn,
            Export::UnknownZone(_) | Export::Taken(_) => ErrorCode::InvalidInput,
            Export::DiskFull => ErrorCode::DiskFull,
            Export::FolderNotWritable(_) => ErrorCode::ExportFolderNotWritable,
            Export::Canceled => ErrorCode::Canceled,
            Export::Failed(_) => ErrorCode::ExportFailed,
        };
        Self::new(code, error.to_string())
    }
}

impl From<desk_vault::Error> for CommandError {
    fn from(error: desk_vault::Error) -> Self {
        desk_engine::Error::from(error).into()
    }
}

impl From<ProfileError> for CommandError {
    fn from(error: ProfileError) -> Self {
        let code = match &error {
            ProfileError::Locked(_) => ErrorCode::ProfileLocked,
            ProfileError::NotWritable(..) | ProfileError::NoFolder => ErrorCode::FolderNotWritable,
        };
        Self::new(code, error.to_string())
    }
}

impl From<EnvironmentError> for CommandError {
    fn from(error: EnvironmentError) -> Self {
        Self::new(ErrorCode::InvalidInput, error.to_string())
    }
}
