//! A file in the making: it stands beside the file that it is to become, and takes its name only when it is whole and
//! on the disk, so that an older one is not lost to a full disk.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// A file in the making; dropped, it is removed.
#[derive(Debug)]
pub(super) struct Unfinished<'file> {
    path: PathBuf,
    file: &'file Path,
}

/// Whether standard input or output is meant.
pub(super) fn is_dash(file: &Path) -> bool {
    file.as_os_str() == "-"
}

impl<'file> Unfinished<'file> {
    pub(super) fn create(file: &'file Path) -> io::Result<(Self, BufWriter<File>)> {
        let path: OsString = [file.as_os_str(), ".unfinished".as_ref()].into_iter().collect();
        let path = PathBuf::from(path);
        let to = BufWriter::new(File::create(&path)?);
        Ok((Self { path, file }, to))
    }

    pub(super) fn finish(self, to: BufWriter<File>) -> io::Result<()> {
        to.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&self.path, self.file)
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // What is left of it is of no use to anybody; a finished one has another name.
        let _ = std::fs::remove_file(&self.path);
    }
}
