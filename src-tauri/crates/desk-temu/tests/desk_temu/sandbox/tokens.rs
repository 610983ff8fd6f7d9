//! From consent to token, and what tests a connection.

use std::sync::Arc;

use desk_model::{Dialect, Secret};
use desk_temu::{ErrorKind, SystemClock};

use super::{DIALECTS, Stand};

#[tokio::test]
async fn a_consent_becomes_a_working_token() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let platform = stand.platform();
        let chosen: &[usize] = if dialect.0 == Dialect::Guide {
            &[1]
        } else {
            &[1, 0, 2]
        };
        let code = stand.consent(&platform, chosen);
        let grants = stand.exchange(&platform, &code).await.unwrap();
        let shops: Vec<_> = grants
            .iter()
            .map(|grant| grant.authorization.remote_id.clone())
            .collect();
        assert_eq!(
            shops,
            chosen
                .iter()
                .map(|index| stand.remote_id(*index))
                .collect::<Vec<_>>()
        );
        for grant in &grants {
            let told = platform.token_info(&grant.access_token).await.unwrap();
            assert_eq!(
                (&told.remote_id, &told.scopes),
                (&grant.authorization.remote_id, &grant.authorization.scopes)
            );
            assert!(grant.authorization.expires_at > Some(platform.server_now()));
            assert_eq!(grant.refresh_token.is_some(), platform.supports_refresh());
        }
        assert_eq!(
            stand.exchange(&platform, &code).await.unwrap_err().kind,
            ErrorKind::CodeRejected,
            "a code works once"
        );
    }
}

#[tokio::test]
async fn a_refresh_rotates_the_pair() {
    let stand = Stand::new(DIALECTS[0]).await;
    let platform = stand.platform();
    let old = stand.credentials().shops.remove(0);
    let old_refresh = Secret::new(old.refresh_token.unwrap());
    let pair = platform.refresh(&old_refresh).await.unwrap();
    assert_eq!(pair.authorization.remote_id, old.shop_id);
    assert!(pair.authorization.refresh_expires_at > pair.authorization.expires_at);
    platform.token_info(&pair.access_token).await.unwrap();
    let dead = platform
        .token_info(&Secret::new(old.access_token))
        .await
        .unwrap_err();
    assert_eq!(dead.kind, ErrorKind::TokenExpired);
    assert_eq!(
        platform.refresh(&old_refresh).await.unwrap_err().kind,
        ErrorKind::TokenExpired
    );
    platform
        .refresh(&pair.refresh_token.unwrap())
        .await
        .unwrap();
}

#[tokio::test]
async fn connections_are_tested_with_and_without_a_token() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        platform.test_app().await.unwrap();
        platform.test_connection(&access.caller()).await.unwrap();
        let wrong = stand.connect(&stand.app(), "made-up-wrong-secret", Arc::new(SystemClock));
        assert_eq!(
            wrong.test_app().await.unwrap_err().kind,
            ErrorKind::SignatureRejected
        );
        assert_eq!(
            wrong
                .test_connection(&access.caller())
                .await
                .unwrap_err()
                .kind,
            ErrorKind::SignatureRejected
        );
    }
}
