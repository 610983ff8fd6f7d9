//! What can go wrong with the database, by what can be done about it.

/// An error of the store. Which kind it is follows from SQLite's result code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no database in the folder, and read-only access makes none.
    #[error("the folder has no database yet")]
    Missing,
    /// A newer version of the app has written the database; it was left as it is.
    #[error("the database comes from a newer version (migration `{found}`)")]
    Newer {
        /// The first migration that this version does not know.
        found: String,
    },
    /// The file is damaged or no database; it was left as it is.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// No room for the write; it was rolled back.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or the file cannot be written, or the store was opened read-only.
    #[error("the database cannot be written")]
    ReadOnly,
    /// Another process holds the database for longer than we wait.
    #[error("the database is in use by another process")]
    Busy,
    /// The view was closed; open it again.
    #[error("the view is no longer open")]
    ViewGone,
    /// The list has no such column.
    #[error("the list has no such column")]
    UnknownColumn,
    /// The query asks for something that does not exist.
    #[error("{0}")]
    InvalidQuery(String),
    /// Anything else.
    #[error("database: {0}")]
    Database(String),
}

/// `SQLITE_IOERR_SHMSIZE`.
const NO_ROOM_FOR_THE_INDEX_OF_THE_LOG: i32 = 4874;

impl Error {
    /// Tells the kind by SQLite's (extended) result code.
    fn from_code(code: i32, message: String) -> Self {
        match code & 0xff {
            _ if code == NO_ROOM_FOR_THE_INDEX_OF_THE_LOG => Self::DiskFull,
            5 | 6 => Self::Busy,
            8 | 14 => Self::ReadOnly,
            11 | 26 => Self::Corrupt(message),
            13 => Self::DiskFull,
            _ => Self::Database(message),
        }
    }

    /// Anything that is none of the other kinds.
    pub(crate) fn database(error: impl std::fmt::Display) -> Self {
        Self::Database(error.to_string())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(failure) => Self::from_code(failure.extended_code, error.to_string()),
            None => Self::database(error),
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};
        match &error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Busy,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => match cause.as_ref() {
                sqlx::Error::Database(failure) => {
                    let code = failure
                        .code()
                        .and_then(|code| code.parse().ok())
                        .unwrap_or_default();
                    Self::from_code(code, failure.to_string())
                }
                _ => Self::database(error),
            },
            _ => Self::database(error),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::NotADirectory
            | ErrorKind::AlreadyExists => Self::ReadOnly,
            _ => Self::database(error),
        }
    }
}
