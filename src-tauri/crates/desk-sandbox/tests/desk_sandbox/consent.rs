//! The consent pages as a browser gets them.

use desk_sandbox::Request;

use crate::client::Client;

const HOSTILE: &str = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%27%26";

fn guide_page(client: &Client, state: &str, more: &str) -> String {
    let path = format!(
        "/oauth/authorize?response_type=code&app_key={}&redirect_uri=sellerdesk%3A%2F%2Foauth%2Fcallback&state={state}\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256{more}",
        client.credentials.guide.app_key
    );
    String::from_utf8(client.get(&path).body).unwrap()
}

fn router_page(client: &Client, redirect_uri: &str) -> desk_sandbox::Response {
    let app_key = &client.credentials.open_platform.app_key;
    client.get(&format!("/open-platform/client-manage/authorization?appKey={app_key}&redirect_uri={redirect_uri}&state={HOSTILE}"))
}

#[test]
fn everything_from_outside_is_escaped() {
    let client = Client::new();
    let pages = [
        guide_page(&client, HOSTILE, ""),
        String::from_utf8(router_page(&client, "https://example.com/cb").body).unwrap(),
    ];
    for page in pages {
        assert!(!page.contains("<script"), "{page}");
        assert!(
            page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;"),
            "{page}"
        );
        assert!(page.contains("Lakeside Home &amp; Garden") && page.contains("&quot;Söhne&quot;"));
    }
}

#[test]
fn a_page_names_app_shops_regions_and_scopes() {
    let client = Client::new();
    let page = guide_page(&client, "s", "");
    for text in [
        &client.credentials.guide.app_key,
        "US-1001",
        "EU-1002",
        "GLOBAL-1003",
        "order/list",
        "Authorize",
        "Cancel",
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    assert_eq!(
        page.matches("type=\"radio\"").count(),
        3,
        "one shop of three"
    );
    let page = String::from_utf8(router_page(&client, "https://example.com/cb").body).unwrap();
    assert_eq!(page.matches("type=\"checkbox\"").count(), 3);
    assert!(page.contains("bg.order.list.v2.get"));
}

#[test]
fn a_link_cannot_bring_its_own_decision() {
    let page = guide_page(&Client::new(), "s", "&decision=authorize&shop_id=EU-1002");
    assert!(
        !page.contains("type=\"hidden\" name=\"decision\"")
            && !page.contains("type=\"hidden\" name=\"shop_id\"")
    );
}

#[test]
fn the_open_platform_takes_scheme_loopback_and_https() {
    let client = Client::new();
    for fine in [
        "sellerdesk://oauth/callback",
        "http://127.0.0.1:4711/cb",
        "http://localhost:1/cb",
        "https://example.com/cb",
    ] {
        assert_eq!(router_page(&client, fine).status, 200, "{fine}");
    }
    for refused in [
        "http://example.com/cb",
        "javascript:alert(1)",
        "nonsense",
        "",
    ] {
        let response = router_page(&client, refused);
        assert_eq!(
            (response.status, response.header("location")),
            (400, None),
            "{refused}"
        );
    }
}

#[test]
fn a_decision_needs_known_shops() {
    let client = Client::new();
    let app_key = &client.credentials.open_platform.app_key;
    let base = format!("appKey={app_key}&redirect_uri=https://example.com/cb");
    let path = "/open-platform/client-manage/authorization";
    let post = |more: &str| {
        client
            .sandbox
            .handle(&Request::post(path, format!("{base}&{more}")), client.now)
    };
    for refused in [
        "decision=authorize",
        "decision=authorize&shop_id=1",
        "shop_id=635500000000001",
        "decision=maybe",
    ] {
        assert_eq!(post(refused).status, 400, "{refused}");
    }
    let canceled = post("decision=cancel");
    assert_eq!(
        canceled.header("location"),
        Some("https://example.com/cb?error=access_denied")
    );
}
