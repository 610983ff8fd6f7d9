//! The guide's authorization: consent without a browser, PKCE, codes that work once, rotation.

use desk_sandbox::{Dialect, Request, Response};
use serde_json::{Value, json};

use crate::client::{Client, NOW, code, message};

const REDIRECT: &str = "sellerdesk://oauth/callback";
/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The authorization request as form text, with one field changed or left out.
fn request(client: &Client, change: (&str, Option<&str>)) -> String {
    let app_key = client.credentials.guide.app_key.clone();
    let fields = [
        ("response_type", "code"),
        ("app_key", &app_key),
        ("redirect_uri", REDIRECT),
        ("state", "state-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        let value = if name == change.0 {
            change.1
        } else {
            Some(value)
        };
        form.extend_pairs(value.map(|value| (name, value)));
    }
    form.finish()
}

fn decide(client: &Client, request: &str, decision: &str) -> Response {
    client.sandbox.handle(
        &Request::post("/oauth/authorize", format!("{request}&{decision}")),
        client.now,
    )
}

fn location(response: &Response) -> url::Url {
    assert_eq!(
        response.status,
        303,
        "{}",
        String::from_utf8_lossy(&response.body)
    );
    url::Url::parse(response.header("location").unwrap()).unwrap()
}

fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn new_code(client: &Client) -> String {
    let url = location(&decide(
        client,
        &request(client, ("", None)),
        "shop_id=EU-1002&decision=authorize",
    ));
    assert_eq!(parameter(&url, "state").as_deref(), Some("state-1"));
    assert!(url.as_str().starts_with(REDIRECT));
    parameter(&url, "code").unwrap()
}

fn exchange(client: &Client, code: &str, change: (&str, &str)) -> Value {
    let mut fields = json!({
        "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER,
    });
    if !change.0.is_empty() {
        fields[change.0] = json!(change.1);
    }
    client.guide("oauth/token", fields)
}

#[test]
fn a_code_becomes_a_token_of_the_chosen_shop() {
    let client = Client::new();
    let answer = exchange(&client, &new_code(&client), ("", ""));
    assert_eq!(code(&answer), 0, "{answer}");
    let data = &answer["data"];
    assert_eq!(
        (data["shop_id"].as_str(), data["region"].as_str()),
        (Some("EU-1002"), Some("EU"))
    );
    assert!(
        data["expires_at"].as_i64().unwrap() > NOW
            && data["refresh_expires_at"].as_i64().unwrap() > NOW
    );
    let info = client.guide("shop/info", json!({"access_token": data["access_token"]}));
    assert_eq!(info["data"]["shop_name"], data["shop_name"]);
}

#[test]
fn a_code_works_once_and_for_ten_minutes() {
    let mut client = Client::new();
    let once = new_code(&client);
    assert_eq!(code(&exchange(&client, &once, ("", ""))), 0);
    assert_eq!(code(&exchange(&client, &once, ("", ""))), 1003);
    assert_eq!(
        code(&exchange(&client, "made-up", ("", ""))),
        1003,
        "the signature is fine, the code is not"
    );
    let (in_time, late) = (new_code(&client), new_code(&client));
    client.now = NOW + 600;
    assert_eq!(code(&exchange(&client, &in_time, ("", ""))), 0);
    client.now = NOW + 601;
    assert_eq!(code(&exchange(&client, &late, ("", ""))), 1003);
}

#[test]
fn verifier_and_redirect_uri_must_match() {
    let client = Client::new();
    for change in [
        ("code_verifier", "wrong"),
        ("redirect_uri", "http://127.0.0.1:9/oauth/callback"),
        ("grant_type", "x"),
    ] {
        let answer = exchange(&client, &new_code(&client), change);
        assert_eq!(code(&answer), 1003, "{change:?}");
        assert!(message(&answer).contains(change.0), "{answer}");
    }
}

#[test]
fn a_refresh_token_rotates_and_the_old_pair_dies() {
    let client = Client::new();
    let old = client.credentials.guide.shops[0].clone();
    let old_refresh = old.refresh_token.unwrap();
    let refresh = |token: &str| {
        client.guide(
            "oauth/token",
            json!({"grant_type": "refresh_token", "refresh_token": token}),
        )
    };
    client
        .sandbox
        .expire_token(Dialect::Guide, "US-1001", NOW)
        .unwrap();
    let answer = refresh(&old_refresh);
    assert_eq!(code(&answer), 0, "an expired access token can be refreshed");
    let new = answer["data"]["access_token"].as_str().unwrap().to_owned();
    assert_eq!(
        code(&client.guide("shop/info", json!({"access_token": new}))),
        0
    );
    assert_eq!(
        code(&client.guide("shop/info", json!({"access_token": old.access_token}))),
        1002
    );
    let replay = refresh(&old_refresh);
    assert_eq!(
        (code(&replay), message(&replay)),
        (1002, "refresh_token revoked")
    );
    assert_eq!(
        code(&refresh(&new)),
        1002,
        "an access token is no refresh token"
    );
    client
        .sandbox
        .revoke_token(Dialect::Guide, "US-1001")
        .unwrap();
    assert_eq!(
        code(&refresh(answer["data"]["refresh_token"].as_str().unwrap())),
        1002
    );
}

#[test]
fn only_allowed_requests_reach_the_page() {
    let client = Client::new();
    let status = |change| {
        client
            .get(&format!("/oauth/authorize?{}", request(&client, change)))
            .status
    };
    assert_eq!(status(("", None)), 200);
    assert_eq!(
        status(("redirect_uri", Some("http://127.0.0.1:4711/oauth/callback"))),
        200
    );
    let refused = [
        ("redirect_uri", Some("https://example.com/oauth/callback")),
        ("redirect_uri", Some("http://127.0.0.1/oauth/callback")),
        ("redirect_uri", Some("http://localhost:4711/oauth/callback")),
        ("redirect_uri", Some("http://127.0.0.1:4711/other")),
        ("redirect_uri", Some("sellerdesk://oauth/callback?x=1")),
        ("redirect_uri", None),
        ("app_key", Some("other")),
        ("response_type", Some("token")),
        ("state", None),
        ("code_challenge", Some("short")),
        ("code_challenge_method", Some("plain")),
    ];
    for change in refused {
        assert_eq!(status(change), 400, "{change:?}");
        let posted = decide(
            &client,
            &request(&client, change),
            "shop_id=US-1001&decision=authorize",
        );
        assert_eq!(posted.status, 400, "{change:?}");
    }
}

#[test]
fn cancel_denies_access() {
    let client = Client::new();
    let url = location(&decide(
        &client,
        &request(&client, ("", None)),
        "decision=cancel",
    ));
    assert_eq!(parameter(&url, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&url, "state").as_deref(), Some("state-1"));
    assert_eq!(parameter(&url, "code"), None);
}
