//! What can go wrong with an export, by what can be done about it. Whichever it is, no part of a file is left.

use std::{io, path::PathBuf};

/// An error of an export.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rows have no such column.
    #[error("no column of {resource} is called `{word}`")]
    UnknownColumn {
        /// The resource's word.
        resource: &'static str,
        /// What was asked for.
        word: String,
    },
    /// No such time zone.
    #[error("no time zone is called `{0}`")]
    UnknownZone(String),
    /// No room for the file.
    #[error("the disk is full")]
    DiskFull,
    /// The folder is not there, is none, or takes no file.
    #[error("the folder takes no file: {0}")]
    FolderNotWritable(io::Error),
    /// Something of this name is there already, and was left as it is.
    #[error("{} is there already", .0.display())]
    Taken(PathBuf),
    /// Stopped on request.
    #[error("canceled")]
    Canceled,
    /// Anything else.
    #[error("the file cannot be written: {0}")]
    Failed(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::NotFound
            | ErrorKind::NotADirectory => Self::FolderNotWritable(error),
            _ => Self::Failed(error.to_string()),
        }
    }
}
