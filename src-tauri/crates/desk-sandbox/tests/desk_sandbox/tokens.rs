//! Tokens of the open platform: code exchange, token info, what kills a token.

use desk_sandbox::{Dialect, MallType, Request};
use serde_json::{Value, json};

use crate::client::{Client, DAY, NOW, body, code, list};

fn authorize(client: &Client, route: &str, shops: &str) -> url::Url {
    let form = format!(
        "appKey={}&redirect_uri=https%3A%2F%2Fexample.com%2Fcb%3Fkeep%3D1&state=s&{shops}&decision=authorize",
        client.credentials.open_platform.app_key
    );
    let path = format!("{route}/open-platform/client-manage/authorization");
    let response = client
        .sandbox
        .handle(&Request::post(&path, form), client.now);
    assert_eq!(response.status, 303);
    url::Url::parse(response.header("location").unwrap()).unwrap()
}

fn code_of(url: &url::Url) -> String {
    url.query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
        .into_owned()
}

fn exchange(client: &Client, text: &str) -> Value {
    client.router(
        "bg.open.accesstoken.create",
        json!({"code": text, "access_token": text}),
    )
}

fn info(client: &Client, token: &str) -> Value {
    client.router(
        "bg.open.accesstoken.info.get",
        json!({"access_token": token}),
    )
}

#[test]
fn the_redirect_carries_the_documented_fields() {
    let client = Client::new();
    let url = authorize(&client, "", "shop_id=635500000000001");
    let names: Vec<String> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["keep", "app_key", "callback_host", "code", "state"]);
    assert_eq!(url.query_pairs().nth(2).unwrap().1, "127.0.0.1");
}

#[test]
fn a_code_becomes_a_token_and_kills_the_old_one() {
    let client = Client::new();
    let old = client.router_token(0);
    let answer = exchange(
        &client,
        &code_of(&authorize(&client, "", "shop_id=635500000000001")),
    );
    assert_eq!(code(&answer), 1_000_000);
    let result = &answer["result"];
    assert_eq!(result["mallId"], 635_500_000_000_001_i64);
    assert_eq!(
        (result["mallType"].as_i64(), result["regionId"].as_i64()),
        (Some(100), Some(211))
    );
    assert_eq!(result["expiredTime"], NOW + 365 * DAY);
    assert_eq!(result["associatedMallTokenList"], json!([]));
    assert_eq!(
        code(&info(&client, result["accessToken"].as_str().unwrap())),
        1_000_000
    );
    assert_eq!(code(&info(&client, &old)), 3_000_034, "superseded at once");
}

#[test]
fn one_consent_may_bring_several_shops() {
    let client = Client::new();
    let url = authorize(
        &client,
        "",
        "shop_id=635500000000002&shop_id=635500000000003",
    );
    let answer = exchange(&client, &code_of(&url));
    assert_eq!(answer["result"]["mallId"], 635_500_000_000_002_i64);
    let associated = &list(&answer, "/result/associatedMallTokenList")[0];
    assert_eq!(associated["mallId"], 635_500_000_000_003_i64);
    let second = info(&client, associated["accessToken"].as_str().unwrap());
    assert_eq!(second["result"]["mallId"], associated["mallId"]);
}

#[test]
fn a_bad_code_is_110020002_and_a_bad_secret_3000001() {
    let client = Client::new();
    let good = code_of(&authorize(&client, "", "shop_id=635500000000001"));
    let mismatch = client.router(
        "bg.open.accesstoken.create",
        json!({"code": good, "access_token": "other"}),
    );
    assert_eq!(code(&mismatch), 110_020_002);
    assert_eq!(code(&exchange(&client, &good)), 1_000_000);
    assert_eq!(
        code(&exchange(&client, &good)),
        110_020_002,
        "double submit"
    );
    assert_eq!(code(&exchange(&client, "dummy")), 110_020_002);
    let mut fields = client.router_body(
        "bg.open.accesstoken.create",
        json!({"code": "dummy", "access_token": "dummy"}),
    );
    fields["sign"] = json!("00000000000000000000000000000000");
    assert_eq!(
        code(&body(&client.post("/openapi/router", &fields))),
        3_000_001
    );
}

#[test]
fn a_code_is_too_old_after_ten_minutes() {
    let mut client = Client::new();
    let text = code_of(&authorize(&client, "", "shop_id=635500000000001"));
    client.now += 601;
    assert_eq!(code(&exchange(&client, &text)), 110_020_002);
}

#[test]
fn a_regions_page_offers_its_shops_only() {
    let client = Client::new();
    let path = format!(
        "/eu/open-platform/client-manage/authorization?appKey={}&redirect_uri=https://example.com/cb",
        client.credentials.open_platform.app_key
    );
    let page = String::from_utf8(client.get(&path).body).unwrap();
    assert!(page.contains("635500000000002") && !page.contains("635500000000001"));
    authorize(&client, "/eu", "shop_id=635500000000002");
}

#[test]
fn token_info_tells_shop_scopes_and_expiry() {
    let client = Client::new();
    let scopes =
        |shop: usize| info(&client, &client.router_token(shop))["result"]["apiScopeList"].clone();
    assert!(scopes(0).to_string().contains("bg.order.amount.query"));
    assert!(
        !scopes(1).to_string().contains("bg.order.amount.query"),
        "amounts are for some shops only"
    );
    client
        .sandbox
        .set_mall_type("EU-1002", MallType::Semi)
        .unwrap();
    let semi = info(&client, &client.router_token(1));
    assert_eq!(semi["result"]["mallType"], 1);
    assert!(semi["result"]["semiUniqueId"].is_string());
}

#[test]
fn expired_and_revoked_tokens_differ() {
    let client = Client::new();
    client
        .sandbox
        .expire_token(Dialect::OpenPlatform, "US-1001", NOW)
        .unwrap();
    assert_eq!(code(&info(&client, &client.router_token(0))), 3_000_034);
    client
        .sandbox
        .revoke_token(Dialect::OpenPlatform, "US-1001")
        .unwrap();
    assert_eq!(code(&info(&client, &client.router_token(0))), 3_000_031);
    let pasted = client
        .sandbox
        .renew_token(Dialect::OpenPlatform, "US-1001", NOW)
        .unwrap();
    assert_eq!(code(&info(&client, &pasted)), 1_000_000);
    client
        .sandbox
        .set_token_lifetime("US-1001", 60, NOW)
        .unwrap();
    let later = Client {
        now: NOW + 60,
        ..client
    };
    assert_eq!(code(&info(&later, &pasted)), 3_000_034);
}
