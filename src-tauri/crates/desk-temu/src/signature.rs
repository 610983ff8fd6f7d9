//! The two signatures, over the same joined text (guide "API签名机制", open platform § 2.1).

use desk_model::Secret;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;

/// The guide's: HMAC-SHA256 keyed with the secret, upper-case hex.
pub(crate) fn hmac_sha256(joined: &str, app_secret: &Secret) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.expose().as_bytes())
        .expect("HMAC takes a key of any length");
    for part in wrapped(joined, app_secret) {
        mac.update(part.as_bytes());
    }
    hex::encode_upper(mac.finalize().into_bytes())
}

/// The open platform's: MD5, upper-case hex.
pub(crate) fn md5(joined: &str, app_secret: &Secret) -> String {
    let mut digest = Md5::new();
    for part in wrapped(joined, app_secret) {
        digest.update(part.as_bytes());
    }
    hex::encode_upper(digest.finalize())
}

/// The secret goes before and after the fields in both.
fn wrapped<'a>(joined: &'a str, app_secret: &'a Secret) -> [&'a str; 3] {
    [app_secret.expose(), joined, app_secret.expose()]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::Fields;

    const SECRET: &str = "demo_secret_0123456789abcdef";

    /// Fields of the vectors of open platform § 2.3; values in `raw` keep the order they are written in.
    fn fields(common: Value, raw: &[(&'static str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in common.as_object().unwrap() {
            fields.set(String::leak(name.clone()), value.clone());
        }
        for (name, text) in raw {
            fields.set_raw(name, text);
        }
        fields
    }

    fn assert_signs(fields: &Fields, md5_sign: &str, hmac_sign: &str) {
        let secret = Secret::new(SECRET);
        assert_eq!(md5(&fields.joined(), &secret), md5_sign);
        assert_eq!(hmac_sha256(&fields.joined(), &secret), hmac_sign);
    }

    #[test]
    fn v1_flat_fields() {
        let fields = fields(
            json!({"type": "bg.open.accesstoken.info.get", "app_key": "demo_app_key_0001", "access_token": "demo_token_AAAA",
                "timestamp": 1750000000, "data_type": "JSON", "version": "V1"}),
            &[],
        );
        assert_signs(
            &fields,
            "DE6C3951E6ECA2FF5023E15EC990A5D0",
            "E9A16458A5C937A03838B25303F171D83459AD47FBADC7747820A8DAA84930F0",
        );
    }

    #[test]
    fn v2_numbers_booleans_and_a_list() {
        let fields = fields(
            json!({"type": "bg.order.list.v2.get", "app_key": "demo_app_key_0001", "access_token": "demo_token_AAAA",
                "timestamp": "1750000000", "data_type": "JSON", "pageNumber": 1, "pageSize": 100, "parentOrderStatus": 2,
                "updateAtStart": 1749913600, "updateAtEnd": 1750000000, "sortby": "updateTime",
                "fulfillmentTypeList": ["fulfillBySeller", "fulfillByCooperativeWarehouse"], "hasPreSaleOrder": false}),
            &[],
        );
        assert_signs(
            &fields,
            "51439EC7A0DEB287578B58B6AD28BDBA",
            "38D8E412C2D988067448C7C160EEC98621CD5C971BBB7386EBD788B98A078F27",
        );
    }

    #[test]
    fn v3_a_nested_object_in_its_own_order_with_chinese() {
        let fields = fields(
            json!({"type": "bg.promotion.activity.goods.enroll", "app_key": "demo_app_key_0001", "access_token": "demo_token_AAAA",
                "timestamp": "1750000000", "data_type": "JSON", "activityId": 9000000000123_i64}),
            &[(
                "enrollGoods",
                r#"{"goodsId":601000000000001,"activityQuantity":50,"traceCode":"试-01","enrollSkuList":[{"skuId":17590000000001,"activitySupplierPrice":1999}]}"#,
            )],
        );
        assert_signs(
            &fields,
            "30F58E2805E5079E3F2D435034E13B63",
            "F3DDAAC19994945058C423AD2FDD94027C0770FB4595DE6A2F9258035DDB85B7",
        );
    }

    #[test]
    fn v4_names_in_byte_order() {
        let fields = fields(
            json!({"type": "x.test", "app_key": "demo_app_key_0001", "timestamp": "1750000000",
                "Zeta": "1", "a_b": "2", "aB": "3", "ab": "4", "Alpha": "5"}),
            &[],
        );
        assert_signs(
            &fields,
            "3164ABA620B0FFC40E5E554D03445592",
            "E24EC17647AA85389CEDC7A87C179E5DD595FC5C5987F1904E69AFE301AF1BFA",
        );
    }

    #[test]
    fn v9_a_fraction_and_a_null_inside() {
        let fields = fields(
            json!({"type": "x.test", "app_key": "demo_app_key_0001", "access_token": "demo_token_AAAA", "timestamp": "1750000000",
                "flag": true, "ratio": 12.5}),
            &[("obj", r#"{"b":true,"n":null,"s":"a b"}"#)],
        );
        assert_signs(
            &fields,
            "5822E637825DB95DA56A4E1D275788AD",
            "B87ECF598B7FE19BF4CBBCB670F7D671C81934587CCB119D673EB1C477E216CA",
        );
    }
}
