//! Why a benchmark could not be run.

/// The program's one error: whatever it is, the figure is missing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The engine.
    #[error(transparent)]
    Engine(#[from] desk_engine::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] desk_store::Error),
    /// A call to the stand-in.
    #[error(transparent)]
    Platform(#[from] desk_temu::Error),
    /// The bare database.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// The export.
    #[error(transparent)]
    Export(#[from] desk_export::Error),
    /// The bare loop's file.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A file, or a child process.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What a child process told.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// What was measured did not do its work.
    #[error("{0}")]
    Wrong(String),
}
