//! Files with tokens and keys. No message tells what they hold.

use tokio::io::AsyncReadExt;

use super::NAME;
use crate::{EngineError, ErrorKind};

/// The largest file that is read, in bytes; tokens and keys have a few thousand.
const LARGEST_FILE: u64 = 64 * 1024;

/// A small file that a setting names.
///
/// # Errors
/// `Broken` where it cannot be read, is too large, or is no text.
pub(super) async fn read(setting: &str, path: &str) -> Result<String, EngineError> {
    let unreadable = |error: std::io::Error| {
        let message = format!("the file of `{setting}` cannot be read: {error}");
        EngineError::new(NAME, ErrorKind::Broken, message).caused_by(error)
    };
    let file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    let mut text = String::new();
    let length = file.take(LARGEST_FILE + 1).read_to_string(&mut text).await.map_err(unreadable)?;
    if length as u64 > LARGEST_FILE {
        let message = format!("the file of `{setting}` is larger than {LARGEST_FILE} bytes");
        return Err(EngineError::new(NAME, ErrorKind::Broken, message));
    }
    Ok(text)
}
