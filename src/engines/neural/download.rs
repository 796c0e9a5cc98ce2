//! Fetches the files of a model, as its records list them, into the pair's directory. No file is put there whose hash
//! is not the record's, and the manifest is written last.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fxtranslate::cache::verify_and_decompress;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, RANGE};
use reqwest::{Client, Response, StatusCode};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::NeuralSettings;
use super::fetch_error::FetchError;
use super::models::{self, Manifest};
use super::records::{self, Listed, Record};
use super::{DownloadProgress, NAME};
use crate::http;

/// The largest list of records that is read, in bytes; the public one has about half a mebibyte.
const LISTING_LIMIT: usize = 16 * 1024 * 1024;
/// The largest file that is fetched, in bytes; models have 17 to 60 MB.
const FILE_LIMIT: u64 = 512 * 1024 * 1024;
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a transfer that broke off is taken up again, and the first pause before it.
const ATTEMPTS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(300);

/// Where models come from.
pub(super) struct Publisher {
    client: Client,
    records: Location,
    files_url: String,
}

/// An address, and how messages show it.
struct Location {
    url: String,
    shown: String,
}

impl Location {
    fn at(url: String) -> Self {
        Self { shown: http::presentable(&url), url }
    }
}

impl Publisher {
    pub(super) fn new(settings: &NeuralSettings, proxy: &str) -> Result<Self, FetchError> {
        let connect = Duration::from_secs(settings.connect_timeout_seconds);
        // Both addresses are looked at; the client suits the first, and a loopback mirror serves both.
        http::client(NAME, &settings.files_url, connect, proxy, |builder| builder)?;
        let client =
            http::client(NAME, &settings.records_url, connect, proxy, |builder| builder.read_timeout(SILENCE))?;
        let files_url = settings.files_url.trim_end_matches('/').to_owned();
        Ok(Self { client, records: Location::at(settings.records_url.clone()), files_url })
    }

    pub(super) async fn records(&self) -> Result<Vec<Record>, FetchError> {
        let location = &self.records;
        let url = || location.shown.clone();
        let response = self.client.get(&location.url).send().await.map_err(|source| unreachable(location, source))?;
        let response = accepted(location, response)?;
        let body =
            http::body(response, LISTING_LIMIT).await.map_err(|source| FetchError::Cut { url: url(), source })?;
        records::parse(&body).map_err(|source| FetchError::Listing { url: url(), source })
    }

    /// Fetches what is listed into `<directory>/<pair>`. What an earlier attempt left half done is taken up.
    pub(super) async fn fetch(
        &self,
        directory: &Path,
        listed: &Listed,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<(), FetchError> {
        let staging = directory.join(format!(".{}.partial", listed.pair));
        fs::create_dir_all(&staging).await.map_err(disk(&staging))?;
        let mut manifest = Manifest { version: listed.version.clone(), files: BTreeMap::new() };
        for record in &listed.files {
            let hash = self.file(&staging, record, progress).await?;
            manifest.files.insert(record.name.clone(), hash);
        }
        let home = directory.join(&listed.pair);
        fs::create_dir_all(&home).await.map_err(disk(&home))?;
        for record in &listed.files {
            let path = home.join(&record.name);
            fs::rename(staging.join(&record.name), &path).await.map_err(disk(&path))?;
        }
        let draft = staging.join(models::MANIFEST);
        let json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        fs::write(&draft, json).await.map_err(disk(&draft))?;
        let path = home.join(models::MANIFEST);
        fs::rename(&draft, &path).await.map_err(disk(&path))?;
        fs::remove_dir_all(&staging).await.map_err(disk(&staging))
    }

    /// One file, fetched, unpacked and hashed; its hash. A transfer that was taken up again and turns out wrong is made
    /// once more from the start: what was there before may have been another file's.
    async fn file(
        &self,
        staging: &Path,
        record: &Record,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<String, FetchError> {
        let location =
            Location::at(format!("{}/{}", self.files_url, record.attachment.location.trim_start_matches('/')));
        let compressed = staging.join(format!("{}.zst", record.name));
        let unpacked = staging.join(&record.name);
        loop {
            let resumed = self.transfer(&location, &compressed, record, progress).await?;
            match unpack(compressed.clone(), unpacked.clone(), record.clone()).await {
                Ok(hash) => return Ok(hash),
                Err(Unpacking::Disk(path, source)) => return Err(FetchError::Disk { path, source }),
                Err(Unpacking::Wrong(reason)) => {
                    fs::remove_file(&compressed).await.map_err(disk(&compressed))?;
                    if !resumed {
                        return Err(FetchError::Corrupt { url: location.shown, reason });
                    }
                }
            }
        }
    }

    /// Brings the compressed file up to its size; whether any of it came from an earlier try.
    async fn transfer(
        &self,
        location: &Location,
        compressed: &Path,
        record: &Record,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<bool, FetchError> {
        let size = record.attachment.size;
        if size > FILE_LIMIT {
            let reason = format!("{size} bytes are more than {FILE_LIMIT}");
            return Err(FetchError::Corrupt { url: location.shown.clone(), reason });
        }
        let mut resumed = false;
        for attempt in 1.. {
            let mut have = fs::metadata(compressed).await.map_or(0, |file| file.len());
            if have > size {
                fs::remove_file(compressed).await.map_err(disk(compressed))?;
                have = 0;
            }
            resumed |= have > 0;
            if have == size && have > 0 {
                break;
            }
            match self.part(location, compressed, have, record, progress).await {
                Ok(()) => break,
                Err(error) if attempt < ATTEMPTS && error.is_worth_another_try() => {
                    tokio::time::sleep(PAUSE * 2_u32.pow(attempt - 1)).await;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(resumed)
    }

    async fn part(
        &self,
        location: &Location,
        compressed: &Path,
        have: u64,
        record: &Record,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<(), FetchError> {
        // A transfer coding of its own would make byte positions meaningless.
        let mut request = self.client.get(&location.url).header(ACCEPT_ENCODING, "identity");
        if have > 0 {
            request = request.header(RANGE, format!("bytes={have}-"));
        }
        let response = request.send().await.map_err(|source| unreachable(location, source))?;
        if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            fs::remove_file(compressed).await.map_err(disk(compressed))?;
        }
        let mut response = accepted(location, response)?;
        let goes_on = response.status() == StatusCode::PARTIAL_CONTENT
            && response
                .headers()
                .get(CONTENT_RANGE)
                .and_then(|range| range.to_str().ok())
                .is_some_and(|range| range.starts_with(&format!("bytes {have}-")));
        let mut options = fs::OpenOptions::new();
        options.create(true).write(true).append(goes_on).truncate(!goes_on);
        let mut file = options.open(compressed).await.map_err(disk(compressed))?;
        let size = record.attachment.size;
        let mut bytes = if goes_on { have } else { 0 };
        let cut = |source: reqwest::Error| FetchError::Cut {
            url: location.shown.clone(),
            source: http::BodyError::Cut(source.without_url()),
        };
        let mut outcome = Ok(());
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes + chunk.len() as u64 <= size => {
                    file.write_all(&chunk).await.map_err(disk(compressed))?;
                    bytes += chunk.len() as u64;
                    progress(&DownloadProgress { file: record.name.clone(), bytes, size });
                }
                Ok(Some(_)) => {
                    let reason = format!("it has more than {size} bytes");
                    outcome = Err(FetchError::Corrupt { url: location.shown.clone(), reason });
                    break;
                }
                Ok(None) => break,
                Err(error) => {
                    outcome = Err(cut(error));
                    break;
                }
            }
        }
        // What has come is kept for the next try, whatever happened.
        file.flush().await.map_err(disk(compressed))?;
        outcome?;
        if bytes < size { Err(FetchError::Short { url: location.shown.clone(), bytes, size }) } else { Ok(()) }
    }
}

enum Unpacking {
    Disk(PathBuf, io::Error),
    Wrong(String),
}

/// Unpacks a file and holds both hashes against the record; the unpacked file's hash.
async fn unpack(compressed: PathBuf, unpacked: PathBuf, record: Record) -> Result<String, Unpacking> {
    let work = move || {
        let bytes = std::fs::read(&compressed).map_err(|error| Unpacking::Disk(compressed.clone(), error))?;
        let found = models::sha256(&bytes);
        let expected = &record.attachment.hash;
        if !found.eq_ignore_ascii_case(expected) {
            return Err(Unpacking::Wrong(format!("its SHA-256 is {found}, not {expected}")));
        }
        let expected = record.decompressed_hash.as_ref().map(|hash| hash.to_ascii_lowercase());
        let plain = verify_and_decompress(&bytes, expected.as_deref()).map_err(Unpacking::Wrong)?;
        std::fs::write(&unpacked, &plain).map_err(|error| Unpacking::Disk(unpacked.clone(), error))?;
        Ok(models::sha256(&plain))
    };
    let joined = tokio::task::spawn_blocking(work).await;
    joined.unwrap_or_else(|_| Err(Unpacking::Wrong("it could not be unpacked".to_owned())))
}

/// The right to fetch a pair, among all processes that share the directory; given back when dropped.
pub(super) async fn turn(directory: &Path, pair: &str) -> Result<File, FetchError> {
    fs::create_dir_all(directory).await.map_err(disk(directory))?;
    let path = directory.join(format!(".{pair}.lock"));
    let file = File::options().create(true).append(true).open(&path).map_err(disk(&path))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
            Err(TryLockError::Error(source)) => return Err(FetchError::Disk { path, source }),
        }
    }
}

fn accepted(location: &Location, response: Response) -> Result<Response, FetchError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    Err(FetchError::Refused { url: location.shown.clone(), status, after: http::retry_after(response.headers()) })
}

fn unreachable(location: &Location, source: reqwest::Error) -> FetchError {
    FetchError::Unreachable { url: location.shown.clone(), source: source.without_url() }
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> FetchError {
    let path = path.to_owned();
    |source| FetchError::Disk { path, source }
}
