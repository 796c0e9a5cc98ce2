//! Reads the publisher's list of models (JSON of Mozilla Remote Settings, collection `translations-models-v2`), and
//! finds the files to fetch for a pair. Records of a shape that is not known are passed over.

use serde::Deserialize;

use super::models;

/// The major version of the model format that `fxtranslate` reads.
const MAJOR: u64 = 3;

/// One file of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    pub name: String,
    pub file_type: String,
    pub source_language: String,
    pub target_language: String,
    #[serde(default)]
    pub version: String,
    pub architecture: Option<String>,
    /// SHA-256 of the file as it is loaded, in hex.
    pub decompressed_hash: Option<String>,
    pub attachment: Attachment,
}

/// The file as it is fetched: compressed with Zstandard.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Attachment {
    /// SHA-256 in hex.
    pub hash: String,
    /// In bytes.
    pub size: u64,
    /// A path below the address of the files.
    pub location: String,
}

#[derive(Deserialize)]
struct Listing {
    data: Vec<serde_json::Value>,
}

/// A model's records.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub pair: String,
    pub version: String,
    pub files: Vec<Record>,
}

pub(super) fn parse(json: &[u8]) -> Result<Vec<Record>, serde_json::Error> {
    let listing: Listing = serde_json::from_slice(json)?;
    Ok(listing.data.into_iter().filter_map(|record| serde_json::from_value(record).ok()).collect())
}

/// The newest complete model from one of the sources to one of the targets, the closest codes first.
pub(super) fn choose(records: &[Record], sources: &[String], targets: &[String]) -> Option<Listed> {
    targets.iter().flat_map(|target| sources.iter().map(move |source| (source, target))).find_map(|(source, target)| {
        let of_pair: Vec<&Record> = records
            .iter()
            .filter(|record| record.source_language == *source && record.target_language == *target)
            .filter(|record| version_key(&record.version).0.first() == Some(&MAJOR))
            .filter(|record| models::kind(&record.name) == Some(record.file_type.as_str()))
            .collect();
        let model = newest(&of_pair, "model", None)?;
        let like = Some(model);
        let vocabularies = match newest(&of_pair, "vocab", like) {
            Some(shared) => vec![shared],
            None => vec![newest(&of_pair, "srcvocab", like)?, newest(&of_pair, "trgvocab", like)?],
        };
        let files = [model].into_iter().chain(vocabularies).chain(newest(&of_pair, "lex", like)).cloned().collect();
        Some(Listed { pair: format!("{source}-{target}"), version: model.version.clone(), files })
    })
}

/// The newest record of a kind; one of the same version and architecture as `like` comes before a newer one.
fn newest<'list>(records: &[&'list Record], kind: &str, like: Option<&Record>) -> Option<&'list Record> {
    let fits = |record: &Record| {
        like.is_some_and(|like| record.version == like.version && record.architecture == like.architecture)
    };
    records
        .iter()
        .filter(|record| record.file_type == kind)
        .max_by_key(|record| (fits(record), version_key(&record.version)))
        .copied()
}

/// `3.1` as numbers; a trial version (`3.0a1`) comes before the one that it is a trial of.
fn version_key(version: &str) -> (Vec<u64>, bool) {
    let number = |part: &str| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    (version.split('.').map(number).collect(), !version.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, target: &str, version: &str) -> Record {
        let json = serde_json::json!({
            "name": name, "fileType": name.split('.').next(), "sourceLanguage": "en", "targetLanguage": target,
            "version": version, "attachment": { "hash": "", "size": 1, "location": version },
        });
        serde_json::from_value(json).unwrap()
    }

    fn chosen(records: &[Record], targets: &[&str]) -> Option<(String, String, Vec<String>)> {
        let targets: Vec<String> = targets.iter().map(|target| (*target).to_owned()).collect();
        let listed = choose(records, &["en".to_owned()], &targets)?;
        Some((listed.pair, listed.version, listed.files.into_iter().map(|file| file.name).collect()))
    }

    #[test]
    fn records_of_other_shapes_are_passed_over() {
        let json = br#"{"data":[{"name":"x"},7,{"name":"model.enes.bin","fileType":"model","sourceLanguage":"en",
            "targetLanguage":"es","version":"3.0","attachment":{"hash":"aa","size":5,"location":"a/b.zst"}}]}"#;
        assert_eq!(parse(json).unwrap().len(), 1);
        assert!(parse(b"<html>").is_err());
    }

    #[test]
    fn the_newest_readable_model_is_taken_with_its_own_vocabulary() {
        let records = [
            record("model.enes.bin", "es", "3.0a1"),
            record("model.enes.bin", "es", "3.0"),
            record("model.enes.bin", "es", "4.0"),
            record("vocab.enes.spm", "es", "3.0"),
            record("vocab.enes.spm", "es", "3.1"),
        ];
        let (pair, version, files) = chosen(&records, &["es-419", "es"]).unwrap();
        assert_eq!((pair.as_str(), version.as_str()), ("en-es", "3.0"));
        assert_eq!(files, ["model.enes.bin", "vocab.enes.spm"]);
        let listed = choose(&records, &["en".to_owned()], &["es".to_owned()]).unwrap();
        assert_eq!(listed.files[1].version, "3.0");
    }

    #[test]
    fn split_vocabularies_come_both_or_not_at_all() {
        let mut records = vec![record("model.enja.bin", "ja", "3.0"), record("srcvocab.enja.spm", "ja", "3.0")];
        assert!(chosen(&records, &["ja"]).is_none());
        records.push(record("trgvocab.enja.spm", "ja", "3.0"));
        assert_eq!(chosen(&records, &["ja"]).unwrap().2.len(), 3);
    }

    #[test]
    fn a_name_that_leaves_the_directory_is_passed_over() {
        let records = [record("model.enes.bin", "es", "3.0"), record("vocab./../../x", "es", "3.0")];
        assert!(chosen(&records, &["es"]).is_none());
    }
}
