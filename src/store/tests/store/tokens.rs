//! Who may call the API.

use polypost_store::{Scope, Store, Token, token_hash};

use polypost_test_support::fixtures::at;

fn token(name: &str, secret: &str, second: i64) -> Token {
    Token {
        name: name.to_owned(),
        hash: token_hash(secret),
        scope: Scope::Publish,
        created_at: at(second),
        expires_at: None,
        revoked_at: None,
    }
}

pub(crate) async fn exercise_tokens(store: &dyn Store) {
    assert_eq!(store.tokens().await.expect("lists"), []);
    let first = Token { scope: Scope::Operate, expires_at: Some(at(99)), ..token("first", "one", 1) };
    let second = token("a-later-one", "two", 2);
    for token in [&first, &second] {
        assert!(store.add_token(token).await.expect("adds"));
        assert!(!store.add_token(token).await.expect("refuses"), "once is enough");
    }
    assert!(!store.add_token(&token("first", "three", 3)).await.expect("refuses"), "the name is taken");
    assert!(!store.add_token(&token("third", "one", 3)).await.expect("refuses"), "the token is taken");
    assert_eq!(store.tokens().await.expect("lists"), [first.clone(), second.clone()]);

    assert!(store.revoke_token("first", at(5)).await.expect("revokes"));
    assert!(!store.revoke_token("first", at(6)).await.expect("revokes"), "it keeps the time of its end");
    assert!(!store.revoke_token("nobody", at(6)).await.expect("revokes"));
    let revoked = Token { revoked_at: Some(at(5)), ..first };
    assert_eq!(store.tokens().await.expect("lists"), [revoked, second]);
}

/// Of many that make the first token at the same time, one does.
pub(crate) async fn exercise_first_token(store: &dyn Store) {
    let crowd: Vec<Token> = (0..20).map(|number| token("first", &format!("token {number}"), 1)).collect();
    let added = futures_util::future::join_all(crowd.iter().map(|token| store.add_token(token))).await;
    let winners = added.into_iter().map(|added| added.expect("adds or refuses")).filter(|added| *added).count();
    assert_eq!(winners, 1);
    assert_eq!(store.tokens().await.expect("lists").len(), 1);
}
