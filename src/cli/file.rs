//! The files that commands are told to read and write, `-` for standard input and output. One in the making stands
//! beside the file that it is to become, and takes its name only when it is whole and on the disk, so that an older one
//! is not lost to a full disk.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::failure::WrongCall;

/// What the file is called in messages to whoever named it.
pub(super) fn name_of_input(file: &Path) -> String {
    if is_dash(file) { "standard input".to_owned() } else { file.display().to_string() }
}

/// Opens a file that is named; a directory opens as well, and only its reading would fail.
pub(super) fn open(file: &Path) -> io::Result<File> {
    let opened = File::open(file)?;
    if opened.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    Ok(opened)
}

/// Stdout carries one thing.
///
/// # Errors
/// Where both the file and the counts are wanted there.
pub(super) fn check_output(file: &Path, json: bool) -> Result<(), WrongCall> {
    if is_dash(file) && json {
        let hint = "name a file, or leave out `--json`";
        return Err(WrongCall::new("stdout takes the file or the JSON document, not both").hint(hint));
    }
    Ok(())
}

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
