//! Signatures against published vectors (open platform §2.3), and the forms of a body that must not matter.

use desk_sandbox::{Dialect, Request, sign};
use serde_json::json;

use crate::client::{Client, NOW, body, code};

const SECRET: &str = "demo_secret_0123456789abcdef";

/// Body, MD5, HMAC-SHA256.
const VECTORS: [(&str, &str, &str); 5] = [
    (
        r#"{"type":"bg.open.accesstoken.info.get","app_key":"demo_app_key_0001","access_token":"demo_token_AAAA","timestamp":1750000000,"data_type":"JSON","version":"V1"}"#,
        "DE6C3951E6ECA2FF5023E15EC990A5D0",
        "E9A16458A5C937A03838B25303F171D83459AD47FBADC7747820A8DAA84930F0",
    ),
    (
        r#"{"type":"bg.order.list.v2.get","app_key":"demo_app_key_0001","access_token":"demo_token_AAAA","timestamp":"1750000000","data_type":"JSON","pageNumber":1,"pageSize":100,"parentOrderStatus":2,"updateAtStart":1749913600,"updateAtEnd":1750000000,"sortby":"updateTime","fulfillmentTypeList":["fulfillBySeller","fulfillByCooperativeWarehouse"],"hasPreSaleOrder":false}"#,
        "51439EC7A0DEB287578B58B6AD28BDBA",
        "38D8E412C2D988067448C7C160EEC98621CD5C971BBB7386EBD788B98A078F27",
    ),
    (
        r#"{"type":"bg.promotion.activity.goods.enroll","app_key":"demo_app_key_0001","access_token":"demo_token_AAAA","timestamp":"1750000000","data_type":"JSON","activityId":9000000000123,"enrollGoods":{"goodsId":601000000000001,"activityQuantity":50,"traceCode":"试-01","enrollSkuList":[{"skuId":17590000000001,"activitySupplierPrice":1999}]}}"#,
        "30F58E2805E5079E3F2D435034E13B63",
        "F3DDAAC19994945058C423AD2FDD94027C0770FB4595DE6A2F9258035DDB85B7",
    ),
    (
        r#"{"type":"x.test","app_key":"demo_app_key_0001","timestamp":"1750000000","Zeta":"1","a_b":"2","aB":"3","ab":"4","Alpha":"5"}"#,
        "3164ABA620B0FFC40E5E554D03445592",
        "E24EC17647AA85389CEDC7A87C179E5DD595FC5C5987F1904E69AFE301AF1BFA",
    ),
    (
        r#"{"type":"x.test","app_key":"demo_app_key_0001","access_token":"demo_token_AAAA","timestamp":"1750000000","flag":true,"ratio":12.5,"obj":{"b":true,"n":null,"s":"a b"}}"#,
        "5822E637825DB95DA56A4E1D275788AD",
        "B87ECF598B7FE19BF4CBBCB670F7D671C81934587CCB119D673EB1C477E216CA",
    ),
];

#[test]
fn both_algorithms_match_the_published_vectors() {
    for (body, md5, hmac) in VECTORS {
        assert_eq!(
            sign(Dialect::OpenPlatform, body.as_bytes(), SECRET).as_deref(),
            Some(md5)
        );
        assert_eq!(
            sign(Dialect::Guide, body.as_bytes(), SECRET).as_deref(),
            Some(hmac)
        );
    }
}

#[test]
fn spaces_and_escapes_in_the_body_do_not_change_the_signature() {
    let compact = r#"{"name":"试 \"x\"","list":[1.50,{"b":1,"a":"é"}],"n":1e2}"#;
    let spaced = "{ \"name\" : \"\\u8bd5 \\u0022x\\u0022\",\n\t\"list\": [ 1.50, { \"b\": 1, \"a\": \"\\u00e9\" } ], \"n\": 1e2 }";
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        assert_eq!(
            sign(dialect, compact.as_bytes(), SECRET),
            sign(dialect, spaced.as_bytes(), SECRET)
        );
    }
    let reordered = r#"{"name":"试 \"x\"","list":[1.50,{"a":"é","b":1}],"n":1e2}"#;
    assert_ne!(
        sign(Dialect::OpenPlatform, compact.as_bytes(), SECRET),
        sign(Dialect::OpenPlatform, reordered.as_bytes(), SECRET),
        "inner keys keep the order of the body"
    );
    let renumbered = compact.replace("1.50", "1.5");
    assert_ne!(
        sign(Dialect::OpenPlatform, compact.as_bytes(), SECRET),
        sign(Dialect::OpenPlatform, renumbered.as_bytes(), SECRET),
        "numbers keep their text"
    );
}

#[test]
fn a_null_takes_no_part_in_the_guide_signature() {
    let with = sign(Dialect::Guide, br#"{"a":"1","b":null}"#, SECRET);
    assert_eq!(with, sign(Dialect::Guide, br#"{"a":"1"}"#, SECRET));
    assert_eq!(sign(Dialect::Guide, b"[1]", SECRET), None);
}

#[test]
fn the_router_accepts_escaped_strings_and_written_nulls() {
    let client = Client::new();
    let app = &client.credentials.open_platform;
    let mut fields = client.router_body(
        "bg.open.accesstoken.info.get",
        json!({"note": "a\"b", "gone": null}),
    );
    let text = format!(
        "{s}access_token{t}app_key{k}data_typeJSONgonenullnotea\\\"btimestamp{NOW}typebg.open.accesstoken.info.get{s}",
        s = app.app_secret,
        t = client.router_token(0),
        k = app.app_key,
    );
    fields["sign"] = json!(hex::encode_upper(<md5::Md5 as md5::Digest>::digest(text)));
    assert_eq!(
        code(&body(&client.post("/openapi/router", &fields))),
        1_000_000
    );
}

#[test]
fn of_two_signs_the_first_counts() {
    let client = Client::new();
    let fields = client
        .router_body("bg.open.accesstoken.info.get", json!({}))
        .to_string();
    let first_right = format!("{},\"sign\":\"0\"}}", fields.trim_end_matches('}'));
    let first_wrong = fields.replacen('{', "{\"sign\":\"0\",", 1);
    let answer = |text: String| {
        code(&body(
            &client
                .sandbox
                .handle(&Request::post("/openapi/router", text), NOW),
        ))
    };
    assert_eq!(answer(first_right), 1_000_000);
    assert_eq!(answer(first_wrong), 3_000_001);
}
