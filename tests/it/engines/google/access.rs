//! What opens Cloud Translation: keys, token files and service accounts, good and bad.

use std::path::Path;
use std::sync::Arc;

use polypost_engines::{Engine, ErrorKind};

use super::{advanced, basic, engine_with};
use crate::engines::{ask, locale, owned};
use polypost_test_service::stub;
use polypost_test_service::vendors::google::{self, Google, KEY, PROJECT, accounts};

fn with_credentials(service: &Google, file: &Path) -> Arc<dyn Engine> {
    engine_with(&service.url, |settings| {
        PROJECT.clone_into(&mut settings.project);
        settings.credentials_file = file.to_string_lossy().into_owned();
    })
}

/// A translation's outcome: nothing, or the error, in which none of the secrets may stand.
async fn outcome(engine: &dyn Engine, secrets: &[&str]) -> Result<(), (ErrorKind, String)> {
    let Err(error) = ask(engine, "es", &owned(&["Talk is down."])).await else { return Ok(()) };
    for secret in [secrets, &["Talk is down"]].concat() {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
    }
    Err((error.kind, error.to_string()))
}

#[tokio::test]
async fn without_a_key_or_with_a_wrong_one_that_is_said() {
    let service = google::serve().await;
    for (key, said) in [("", "there is no key"), ("wrong", "API key not valid"), ("a\nb", "characters")] {
        let engine = engine_with(&service.url, |settings| settings.key = key.to_owned().into());
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err("no entry");
        assert_eq!(error.kind, ErrorKind::Broken);
        assert!(error.to_string().contains(said) && !error.to_string().contains("wrong"), "{error}");
    }
    let nobody = basic(&stub::nobody().await).check(&locale("en"), &locale("es")).await.expect_err("nobody");
    assert!(matches!(nobody.kind, ErrorKind::Transient { .. }), "{nobody}");
}

#[tokio::test]
async fn a_key_that_the_vendor_repeats_is_not_told() {
    let service = google::serve_with(|_| {
        let message = format!("Permission denied: Consumer 'api_key:{KEY}' has been suspended.");
        Some(google::refusal("403 Forbidden", "PERMISSION_DENIED", &message, &serde_json::Value::Null))
    })
    .await;
    let (kind, said) = outcome(basic(&service.url).as_ref(), &[KEY]).await.expect_err("suspended");
    assert_eq!(kind, ErrorKind::Broken);
    assert!(said.contains("'api_key:[redacted]' has been suspended"), "{said}");
}

#[tokio::test]
async fn a_project_wants_a_token() {
    let service = google::serve().await;
    let engine = engine_with(&service.url, |settings| {
        PROJECT.clone_into(&mut settings.project);
        settings.key = KEY.to_owned().into();
    });
    let (kind, said) = outcome(engine.as_ref(), &[KEY]).await.expect_err("no entry");
    assert!(kind == ErrorKind::Broken && said.contains("there is no access token"), "{said}");
    assert!(service.heads.lock().expect("no panic").is_empty(), "nothing was asked");
}

#[tokio::test]
async fn a_token_file_is_read_for_each_call() {
    let service = google::serve().await;
    let (directory, engine) = advanced(&service, |settings| PROJECT.clone_into(&mut settings.quota_project));
    outcome(engine.as_ref(), &[]).await.expect("a good token");
    let heads = service.heads.lock().expect("no panic").clone();
    assert!(heads.iter().all(|head| head.contains(&format!("x-goog-user-project: {PROJECT}"))), "{heads:?}");

    service.accounts.revoke();
    let (kind, said) = outcome(engine.as_ref(), &["ya29"]).await.expect_err("an old token");
    assert!(kind == ErrorKind::Broken && said.contains("401") && said.contains("token_file"), "{said}");

    std::fs::write(directory.path().join("token"), service.accounts.token()).expect("written");
    outcome(engine.as_ref(), &[]).await.expect("another token");

    for (content, wanted) in [("", "does not hold"), ("ya29 with words", "does not hold")] {
        std::fs::write(directory.path().join("token"), content).expect("written");
        let (kind, said) = outcome(engine.as_ref(), &["ya29"]).await.expect_err("no token");
        assert!(kind == ErrorKind::Broken && said.contains(wanted), "{said}");
    }
    std::fs::remove_file(directory.path().join("token")).expect("removed");
    let path = directory.path().to_string_lossy();
    let (kind, said) = outcome(engine.as_ref(), &[path.as_ref()]).await.expect_err("no file");
    assert!(kind == ErrorKind::Broken && said.contains("engines.google.token_file"), "{said}");
    // Without an end.
    let endless = engine_with(&service.url, |settings| {
        PROJECT.clone_into(&mut settings.project);
        "/dev/zero".clone_into(&mut settings.token_file);
    });
    let (kind, said) = outcome(endless.as_ref(), &[]).await.expect_err("no token");
    assert!(kind == ErrorKind::Broken && said.contains("larger than"), "{said}");
}

#[tokio::test]
async fn a_service_account_fetches_one_token_for_many_calls() {
    let service = google::serve().await;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key.json");
    accounts::write_key(&file, &service.url);
    let engine = with_credentials(&service, &file);
    let (first, second) = tokio::join!(outcome(engine.as_ref(), &[]), outcome(engine.as_ref(), &[]));
    let third = outcome(engine.as_ref(), &[]).await;
    for outcome in [first, second, third] {
        outcome.expect("a good account");
    }
    assert_eq!(service.accounts.given(), 1);

    // A token that is not taken any more is not kept: the call is made again with another.
    service.accounts.revoke();
    outcome(engine.as_ref(), &[]).await.expect("another token");
    assert_eq!(service.accounts.given(), 2);
}

#[tokio::test]
async fn a_token_that_ends_soon_is_not_kept() {
    let service = google::serve().await;
    *service.accounts.life.lock().expect("no panic") = 200;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key.json");
    accounts::write_key(&file, &service.url);
    let engine = with_credentials(&service, &file);
    for _ in 0..2 {
        engine.check(&locale("en"), &locale("es")).await.expect("a good account");
    }
    assert_eq!(service.accounts.given(), 2);
}

#[tokio::test]
async fn a_key_file_that_is_none_is_said_and_not_shown() {
    let service = google::serve().await;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key.json");
    accounts::write_key(&file, &service.url);
    let good = std::fs::read_to_string(&file).expect("written");
    // One letter of the modulus: a key that is none.
    let damaged = good.replacen("MIIE", "MIIF", 1);
    let stranger = good.replace("polypost@", "stranger@");
    let user = "{\"type\":\"authorized_user\",\"client_email\":\"\",\"private_key_id\":\"\",\"private_key\":\"s3cret\",\
                \"token_uri\":\"\"}";
    for (content, said) in [
        ("s3cret", "line 1"),
        ("{\"type\":\"s3cret\"}", "is not a service account's key"),
        (user, "is not the key of a service account"),
        (good.replace("BEGIN", "s3cret").as_str(), "no private key"),
        (damaged.as_str(), "no RSA key"),
        (stranger.as_str(), "Invalid JWT claims"),
        (good.replace("c0ffee4711", "s3cret").as_str(), "Invalid JWT header"),
        (good.replace("/token", "/nowhere").as_str(), "404"),
    ] {
        std::fs::write(&file, content).expect("written");
        let engine = with_credentials(&service, &file);
        let (kind, message) = outcome(engine.as_ref(), &["s3cret", "MII"]).await.expect_err(said);
        assert!(kind == ErrorKind::Broken && message.contains(said), "{said}: {message}");
    }
    std::fs::write(&file, good.replace(&service.url, &stub::nobody().await)).expect("written");
    let (kind, message) = outcome(with_credentials(&service, &file).as_ref(), &["MII"]).await.expect_err("nobody");
    assert!(kind == ErrorKind::Transient { after: None } && message.contains("nothing answers"), "{message}");

    let gone = with_credentials(&service, &directory.path().join("gone"));
    let (kind, message) = outcome(gone.as_ref(), &["gone"]).await.expect_err("no file");
    assert!(kind == ErrorKind::Broken && message.contains("engines.google.credentials_file"), "{message}");
    assert_eq!(service.accounts.given(), 0);
}
