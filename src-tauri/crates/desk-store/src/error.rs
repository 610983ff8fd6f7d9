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
