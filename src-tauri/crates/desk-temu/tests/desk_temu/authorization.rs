//! Consent pages, code exchange, refresh, token info.

use desk_model::{Dialect, Gateway, MallType, Secret, UnixSeconds};
use desk_temu::{Error, ErrorKind, Grant, HttpTransport, Platform, SystemClock};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::{
    answers::{guide, guide_error, http, open_platform, open_platform_error},
    scripted::{APP_SECRET, Scripted, app},
};

const REDIRECT: &str = "http://127.0.0.1:8123/oauth/callback";

fn code() -> Secret {
    Secret::new("made-up-code")
}

async fn exchange(scripted: &Scripted) -> Result<Vec<Grant>, Error> {
    scripted
        .platform
        .exchange_code(&code(), REDIRECT, Some(&Secret::new("made-up-verifier")))
        .await
}

fn guide_grant() -> Value {
    json!({"access_token": "made-up-access", "refresh_token": "made-up-refresh", "expires_at": 1752592000,
        "refresh_expires_at": 1765552000, "shop_id": "US-1001", "shop_name": "Lakeside", "region": "US", "scopes": ["order/list"]})
}

fn info(mall_id: i64, mall_type: Value) -> Value {
    json!({"expiredTime": 1781536000, "mallId": mall_id, "mallType": mall_type, "regionId": 211,
        "apiScopeList": ["bg.order.list.v2.get"], "appSubscribeEventCodeList": null})
}

fn created(associated: Value) -> Value {
    let mut created = info(635500000000001, json!(100));
    created["accessToken"] = json!("made-up-token-1");
    created["associatedMallTokenList"] = associated;
    created
}

#[tokio::test]
async fn consent_pages_are_where_the_dialect_has_them() {
    let state = Secret::new("made up+state");
    let guide = Scripted::new(Dialect::Guide, []);
    assert_eq!(
        guide
            .platform
            .authorization_url(
                "sellerdesk://oauth/callback",
                &state,
                Some("made-up-challenge")
            )
            .unwrap()
            .as_str(),
        "https://relay.example/prefix/oauth/authorize?response_type=code&app_key=made-up-app-key\
         &redirect_uri=sellerdesk%3A%2F%2Foauth%2Fcallback&state=made+up%2Bstate&code_challenge=made-up-challenge\
         &code_challenge_method=S256"
    );
    let custom = Scripted::new(Dialect::OpenPlatform, []);
    let query = "appKey=made-up-app-key&redirect_uri=http%3A%2F%2F127.0.0.1%3A8123%2Foauth%2Fcallback&state=made+up%2Bstate";
    assert_eq!(
        custom
            .platform
            .authorization_url(REDIRECT, &state, None)
            .unwrap()
            .as_str(),
        format!("https://relay.example/open-platform/client-manage/authorization?{query}")
    );
    let mut preset = app(Dialect::OpenPlatform);
    preset.gateway = Gateway::Eu;
    preset.base_url = Gateway::Eu.base_url().unwrap().to_owned();
    let transport = Arc::new(HttpTransport::new(None).unwrap());
    let platform = Platform::new(
        &preset,
        Secret::new(APP_SECRET),
        transport,
        Arc::new(SystemClock),
        20,
    );
    assert_eq!(
        platform
            .authorization_url(REDIRECT, &state, None)
            .unwrap()
            .as_str(),
        format!("https://seller-eu.temu.com/open-platform/client-manage/authorization?{query}")
    );
    assert!(guide.platform.supports_pkce() && guide.platform.supports_refresh());
    assert!(!custom.platform.supports_pkce() && !custom.platform.supports_refresh());
}

#[tokio::test]
async fn the_guide_trades_a_code_and_a_refresh_token_for_a_pair() {
    let scripted = Scripted::new(
        Dialect::Guide,
        [Ok(guide(guide_grant())), Ok(guide(guide_grant()))],
    );
    let grants = exchange(&scripted).await.unwrap();
    let grant = &grants[0];
    assert_eq!(
        (grants.len(), grant.access_token.expose()),
        (1, "made-up-access")
    );
    assert_eq!(
        grant.refresh_token.as_ref().unwrap().expose(),
        "made-up-refresh"
    );
    assert_eq!(grant.authorization.remote_id, "US-1001");
    assert_eq!(
        grant.authorization.expires_at,
        Some(UnixSeconds(1752592000))
    );
    assert_eq!(
        grant.authorization.refresh_expires_at,
        Some(UnixSeconds(1765552000))
    );
    let refreshed = scripted
        .platform
        .refresh(&Secret::new("made-up-old"))
        .await
        .unwrap();
    assert_eq!(refreshed, *grant);
    let [exchanged, refreshed] = [&scripted.requests()[0], &scripted.requests()[1]];
    assert_eq!(
        (&exchanged["grant_type"], &exchanged["code"]),
        (&json!("authorization_code"), &json!("made-up-code"))
    );
    assert_eq!(
        (&exchanged["redirect_uri"], &exchanged["code_verifier"]),
        (&json!(REDIRECT), &json!("made-up-verifier"))
    );
    assert_eq!(
        (&refreshed["grant_type"], &refreshed["refresh_token"]),
        (&json!("refresh_token"), &json!("made-up-old"))
    );
    assert!(exchanged.get("access_token").is_none());
}

#[tokio::test]
async fn a_refused_code_is_a_refused_code() {
    for (dialect, answer) in [
        (
            Dialect::Guide,
            guide_error(1003, "code is used: made-up-code"),
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(110020002, "invalid code made-up-code"),
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(110020003, "create failed made-up-code"),
        ),
    ] {
        let scripted = Scripted::new(dialect, [Ok(answer)]);
        let error = exchange(&scripted).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::CodeRejected);
        assert!(
            !error.message.contains("made-up-code"),
            "a code is a secret, too"
        );
    }
}

#[tokio::test]
async fn one_consent_may_bring_several_shops() {
    let associated = json!([
        {"mallId": 635500000000002_i64, "accessToken": "made-up-token-2"},
        {"mallId": 635500000000001_i64, "accessToken": "made-up-token-1"},
        {"mallId": 635500000000002_i64, "accessToken": "made-up-token-3"},
        {"mallId": 635500000000004_i64, "accessToken": "made-up-token-4"},
        {"mallId": 635500000000005_i64, "accessToken": "made-up-token-5"},
    ]);
    let scripted = Scripted::new(
        Dialect::OpenPlatform,
        [
            Ok(open_platform(created(associated))),
            Ok(open_platform(info(635500000000002, json!(1)))),
            Ok(open_platform(info(635500000000002, json!(1)))),
            Ok(open_platform(info(635500000000004, json!(null)))),
            Ok(open_platform_error(3000034, "expired")),
        ],
    );
    let grants = exchange(&scripted).await.unwrap();
    let shops: Vec<_> = grants
        .iter()
        .map(|grant| {
            (
                grant.authorization.remote_id.as_str(),
                grant.authorization.mall_type,
            )
        })
        .collect();
    assert_eq!(
        shops,
        [
            ("635500000000001", MallType::Local),
            ("635500000000002", MallType::SemiManaged)
        ]
    );
    assert_eq!(grants[1].access_token.expose(), "made-up-token-2");
    assert!(grants.iter().all(|grant| grant.refresh_token.is_none()));
    let requests = scripted.requests();
    assert_eq!(
        (&requests[0]["code"], &requests[0]["access_token"]),
        (&json!("made-up-code"), &json!("made-up-code"))
    );
    assert_eq!(requests[1]["access_token"], "made-up-token-2");
}

#[tokio::test]
async fn full_managed_shops_are_refused() {
    for mall_type in [json!(null), json!(0), json!(2)] {
        let scripted = Scripted::new(
            Dialect::OpenPlatform,
            [Ok(open_platform(info(1, mall_type.clone())))],
        );
        let error = scripted
            .platform
            .token_info(&Secret::new("made-up"))
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::FullManaged);
        let mut only = info(1, mall_type);
        only["accessToken"] = json!("made-up-token-1");
        let scripted = Scripted::new(Dialect::OpenPlatform, [Ok(open_platform(only))]);
        assert_eq!(
            exchange(&scripted).await.unwrap_err().kind,
            ErrorKind::FullManaged
        );
    }
}

#[tokio::test]
async fn token_info_tells_whose_a_token_is() {
    let scripted = Scripted::new(
        Dialect::OpenPlatform,
        [Ok(open_platform(info(635500000000001, json!(100))))],
    );
    let told = scripted
        .platform
        .token_info(&Secret::new("made-up"))
        .await
        .unwrap();
    assert_eq!(
        (told.remote_id.as_str(), told.region.as_deref(), told.name),
        ("635500000000001", Some("211"), None)
    );
    assert_eq!(
        (told.expires_at, told.scopes.len()),
        (Some(UnixSeconds(1781536000)), 1)
    );
    let shop = json!({"shop_id": "US-1001", "shop_name": "Lakeside", "region": "US", "scopes": null, "expires_at": 1752592000});
    let scripted = Scripted::new(Dialect::Guide, [Ok(guide(shop))]);
    let told = scripted
        .platform
        .token_info(&Secret::new("made-up"))
        .await
        .unwrap();
    assert_eq!(
        (
            told.remote_id.as_str(),
            told.name.as_deref(),
            told.scopes.len()
        ),
        ("US-1001", Some("Lakeside"), 0)
    );
}

#[tokio::test]
async fn the_app_is_tested_without_a_token() {
    for (dialect, answer, kind) in [
        (Dialect::Guide, guide_error(1003, "code is unknown"), None),
        (
            Dialect::Guide,
            guide_error(1001, "signature invalid"),
            Some(ErrorKind::SignatureRejected),
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(110020002, "invalid code"),
            None,
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(3000001, "sign is invalid"),
            Some(ErrorKind::SignatureRejected),
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(3000026, "app_key not exists"),
            Some(ErrorKind::WrongRegion),
        ),
        (
            Dialect::OpenPlatform,
            http(403, ""),
            Some(ErrorKind::IpNotAllowed),
        ),
    ] {
        let scripted = Scripted::new(dialect, [Ok(answer)]);
        assert_eq!(
            scripted
                .platform
                .test_app()
                .await
                .err()
                .map(|error| error.kind),
            kind
        );
    }
}

#[tokio::test]
async fn the_open_platform_has_no_refresh() {
    let scripted = Scripted::new(Dialect::OpenPlatform, []);
    let error = scripted
        .platform
        .refresh(&Secret::new("made-up"))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidParameter);
}
