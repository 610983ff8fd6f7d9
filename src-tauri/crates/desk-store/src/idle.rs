//! What is done about the database while nothing else is: what SQLite knows about its contents, and the write-ahead log.

use crate::{Error, Store};

/// Brings up to date what the query planner knows, of tables that have grown or shrunk a lot since it was gathered last: bit 0x10000 asks
/// for tables that this connection has not read from, too. It looks at some hundred rows of each index, however many there are.
const OPTIMIZE: &str = "PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002";

/// Folds what it can into the file without making anybody wait.
const CHECKPOINT: &str = "PRAGMA wal_checkpoint(PASSIVE)";

impl Store {
    /// Brings what SQLite knows about the database up to date, and folds the write-ahead log into the file. Takes some milliseconds,
    /// and longer only where much was written since.
    pub async fn optimize(&self) -> Result<(), Error> {
        let optimized = self
            .writer()?
            .between_transactions(|connection| {
                connection.execute_batch(OPTIMIZE)?;
                // It answers a row.
                connection.query_row(CHECKPOINT, [], |_| Ok(()))?;
                Ok(())
            })
            .await;
        self.heed_damage(optimized)
    }
}
