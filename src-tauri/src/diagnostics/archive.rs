//! Writes the bundle as a ZIP file.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use desk_engine::ErrorCode;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::DiagnosticsFile;
use crate::error::CommandError;

/// Writes beside the place first, so that the file is there whole or not at all.
pub(crate) fn write(files: &[DiagnosticsFile], target: &Path) -> Result<(), CommandError> {
    let mut name = target.as_os_str().to_owned();
    name.push(".partial");
    let partial = Path::new(&name);
    let written = pack(files, partial).and_then(|()| Ok(fs::rename(partial, target)?));
    if written.is_err() && partial.exists() {
        let _ = fs::remove_file(partial);
    }
    written.map_err(|error| {
        CommandError::new(
            ErrorCode::ExportFailed,
            format!("{}: {error}", target.display()),
        )
    })
}

fn pack(files: &[DiagnosticsFile], target: &Path) -> zip::result::ZipResult<()> {
    let mut archive = ZipWriter::new(File::create(target)?);
    for file in files {
        archive.start_file(file.name.as_str(), SimpleFileOptions::default())?;
        archive.write_all(file.text.as_bytes())?;
    }
    archive.finish()?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_that_cannot_be_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken.zip");
        fs::create_dir(&taken).unwrap();
        let file = DiagnosticsFile {
            name: "log.txt".to_owned(),
            text: String::new(),
        };
        let refused = write(&[file], &taken).unwrap_err();
        assert_eq!(refused.0.code, ErrorCode::ExportFailed);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
