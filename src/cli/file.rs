//! The files that commands are told to read and write, `-` for standard input and output. One in the making stands
//! beside the file that it is to become, and takes its name only when it is whole and on the disk, so that an older one
//! is not lost to a full disk. What is no regular file (a pipe, a device) cannot be replaced and is written to.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
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
pub(super) struct Unfinished {
    /// `None` where it is written to what is there.
    destination: Option<Destination>,
}

/// Where a file is made and what it becomes.
#[derive(Debug)]
struct Destination {
    made: PathBuf,
    becomes: PathBuf,
}

/// Whether standard input or output is meant.
pub(super) fn is_dash(file: &Path) -> bool {
    file.as_os_str() == "-"
}

impl Unfinished {
    /// Begins the file. A symbolic link stays one: its target is what is replaced; a file that is there passes its mode
    /// on to the one that replaces it.
    pub(super) fn create(file: &Path) -> io::Result<(Self, BufWriter<File>)> {
        let (becomes, before) = match fs::metadata(file) {
            Ok(before) if before.is_file() => (fs::canonicalize(file)?, Some(before)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !file.is_symlink() => (file.to_owned(), None),
            // Also a link to what is not there yet.
            _ => return Ok((Self { destination: None }, BufWriter::new(File::create(file)?))),
        };
        let made: OsString = [becomes.as_os_str(), ".unfinished".as_ref()].into_iter().collect();
        let made = PathBuf::from(made);
        let opened = create_like(&made, before.as_ref())?;
        Ok((Self { destination: Some(Destination { made, becomes }) }, BufWriter::new(opened)))
    }

    pub(super) fn finish(self, to: BufWriter<File>) -> io::Result<()> {
        let written = to.into_inner().map_err(io::IntoInnerError::into_error)?;
        let Some(Destination { made, becomes }) = &self.destination else { return Ok(()) };
        written.sync_all()?;
        fs::rename(made, becomes)
    }
}

/// An empty file that nobody may read who may not read the one before.
fn create_like(path: &Path, before: Option<&Metadata>) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if let Some(before) = before {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(before.permissions().mode());
    }
    let file = options.open(path)?;
    if let Some(before) = before {
        file.set_permissions(before.permissions())?;
    }
    Ok(file)
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(Destination { made, .. }) = &self.destination {
            // What is left of it is of no use to anybody; a finished one has another name.
            let _ = fs::remove_file(made);
        }
    }
}
