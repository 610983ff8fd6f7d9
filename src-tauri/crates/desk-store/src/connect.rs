//! Opens the database file.

use std::path::Path;

use crate::Error;

/// How the database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Creates the file and brings its tables up to date.
    ReadWrite,
    /// Changes nothing; works beside a process that writes.
    ReadOnly,
}

/// The database of one profile. Clones share their connections.
#[derive(Clone)]
pub struct Store {}

#[allow(unused_variables)]
impl Store {
    /// Opens `seller-desk.sqlite3` in the folder.
    pub async fn open(folder: &Path, access: Access) -> Result<Store, Error> {
        todo!()
    }
    /// Closes every connection.
    pub async fn close(&self) {
        todo!()
    }
}
