//! The platform's own JSON of a row: cleaned of what must not be kept, compressed, in a table of its own.

use desk_model::Resource;
use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::Compressor;

use crate::{
    Error,
    personal_data::Cleaner,
    write::{OnConflict, RowWriter},
};

/// Compression: the fastest level, since a payload is written often and read seldom.
const LEVEL: i32 = 1;

const REPLACE_PAYLOAD: OnConflict = OnConflict::Replace {
    key: &["kind", "row_id"],
    kept: &[],
};

/// Stores the payloads of rows that were written. A payload that is no JSON is not kept: it could not be cleaned.
pub(crate) fn write<'a>(
    connection: &Connection,
    resource: Resource,
    payloads: impl Iterator<Item = (i64, &'a str)>,
) -> Result<(), Error> {
    let mut compressor = Compressor::new(LEVEL)?;
    let mut cleaner = Cleaner::default();
    let mut writer = RowWriter::new(connection, "raw_payloads", REPLACE_PAYLOAD);
    for (row_id, json) in payloads {
        if let Some(cleaned) = cleaner.clean(json) {
            writer.write(&[
                ("kind", &resource.as_str()),
                ("row_id", &row_id),
                ("payload", &compressor.compress(cleaned.as_bytes())?),
            ])?;
        }
    }
    Ok(())
}

/// Reads a row's payload back.
pub(crate) fn read(
    connection: &Connection,
    resource: Resource,
    row_id: i64,
) -> Result<Option<String>, Error> {
    let payload: Option<Vec<u8>> = connection
        .prepare_cached("SELECT payload FROM raw_payloads WHERE kind = ?1 AND row_id = ?2")?
        .query_row((resource.as_str(), row_id), |row| row.get(0))
        .optional()?;
    payload.map(|payload| decompress(&payload)).transpose()
}

/// Compresses a payload that stands alone.
pub(crate) fn compress(text: &str) -> Result<Vec<u8>, Error> {
    Ok(zstd::bulk::compress(text.as_bytes(), LEVEL)?)
}

/// Reads a compressed payload back.
pub(crate) fn decompress(payload: &[u8]) -> Result<String, Error> {
    let bytes = zstd::decode_all(payload).map_err(Error::database)?;
    String::from_utf8(bytes).map_err(Error::database)
}
