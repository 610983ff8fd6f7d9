//! Search finds what contains every term, and nothing else.

use desk_model::{ListQuery, Resource};
use desk_store::PageCommit;
use proptest::prelude::*;

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, empty_page, fetched, item, order, product,
};

fn searching(search: &str) -> ListQuery {
    ListQuery {
        search: search.to_owned(),
        ..all_orders()
    }
}

#[tokio::test]
async fn terms_are_found_in_ids_names_and_codes_without_case_or_width() {
    let desk = Desk::new().await;
    let mut mug = order("PO-211-00000000000000001");
    mug.items = vec![item("马克杯 Straße Mug 50% _off\\"), item("O'Neill \"x\"")];
    let mut lamp = order("PO-212-00000000000000002");
    lamp.items = vec![item("台灯 ＬＡＭＰ ﬁne")];
    lamp.items[0].ext_code = Some("LAMP-1".to_owned());
    lamp.items[0].sku_id = Some(desk_model::SkuId::new("99990000"));
    lamp.items[0].line_sn = Some("212-77".to_owned());
    desk.put(&[mug, lamp]).await;
    for (search, found) in [
        ("杯", vec!["PO-211-00000000000000001"]),
        ("台灯", vec!["PO-212-00000000000000002"]),
        ("MUG", vec!["PO-211-00000000000000001"]),
        ("ｍｕｇ", vec!["PO-211-00000000000000001"]),
        ("STRASSE", vec!["PO-211-00000000000000001"]),
        ("lamp FINE", vec!["PO-212-00000000000000002"]),
        ("lamp mug", vec![]),
        ("50%", vec!["PO-211-00000000000000001"]),
        ("5%", vec![]),
        ("_", vec!["PO-211-00000000000000001"]),
        ("\\", vec!["PO-211-00000000000000001"]),
        ("o'neill \"X\"", vec!["PO-211-00000000000000001"]),
        ("\u{3000} 212-00\u{a0}", vec!["PO-212-00000000000000002"]),
        ("lamp-1 9999 212-77", vec!["PO-212-00000000000000002"]),
        (
            "po-21",
            vec!["PO-211-00000000000000001", "PO-212-00000000000000002"],
        ),
        (
            "  ",
            vec!["PO-211-00000000000000001", "PO-212-00000000000000002"],
        ),
        ("nothing", vec![]),
    ] {
        let mut sns = desk.order_sns(&searching(search)).await;
        sns.sort();
        assert_eq!(sns, found, "{search}");
    }
}

#[tokio::test]
async fn products_and_activities_are_searched_too() {
    let desk = Desk::new().await;
    let rows = fetched(&[product("601", "马克杯")]);
    desk.store
        .commit_products(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW)
        })
        .await
        .unwrap();
    let rows = fetched(&[activity("9000", "夏季 Sale")]);
    desk.store
        .commit_activities(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW)
        })
        .await
        .unwrap();
    for (resource, search, count) in [
        (Resource::Products, "杯 mug-blue 601 1759", 1),
        (Resource::Products, "夏", 0),
        (Resource::Activities, "sale LIGHTNING 900", 1),
        (Resource::Activities, "杯", 0),
    ] {
        let query = ListQuery {
            search: search.to_owned(),
            ..ListQuery::all(resource)
        };
        assert_eq!(
            desk.store.open_view(&query, NOW).await.unwrap().count,
            count,
            "{search}"
        );
    }
}

#[tokio::test]
async fn a_long_search_is_answered_and_one_of_too_many_terms_refused() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    assert_eq!(
        desk.order_sns(&searching(&"x".repeat(1_000_000))).await,
        [""; 0]
    );
    let many: Vec<_> = (0..5000).map(|number| number.to_string()).collect();
    let refused = desk
        .store
        .list(&searching(&many.join(" ")), NOW, None)
        .await;
    assert!(matches!(refused, Err(desk_store::Error::InvalidQuery(_))));
}

/// Names of a small alphabet, so that terms are often found: wildcards, quotes, CJK, a NUL.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            'a', 'B', 'a', 'B', '%', '_', '\\', '\'', '"', '杯', '\0', 'é', '🧸', '*', '(', '-',
            ' ',
        ]),
        0..10,
    )
    .prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_what_a_plain_contains_finds(
        named in prop::collection::vec((text(), prop::collection::vec((text(), text()), 0..3)), 1..8),
        search in text(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let desk = Desk::new().await;
            let orders: Vec<_> = named.iter().enumerate().map(|(number, (sn, lines))| {
                let mut order = order(&format!("{sn}#{number}"));
                order.items = lines.iter().map(|(name, spec)| {
                    let mut item = item(name);
                    (item.ext_code, item.line_sn) = (None, Some(format!("{spec}{name}")));
                    (item.sku_id, item.product_id, item.spec) = (None, None, Some(spec.clone()));
                    item
                }).collect();
                order
            }).collect();
            desk.put(&orders).await;
            // Once more with other lines: what an order no longer names must not find it.
            let orders: Vec<_> = orders.into_iter().enumerate().map(|(number, mut order)| {
                if number % 2 == 0 {
                    order.items.pop();
                    order.updated_at = Some(NOW);
                }
                order
            }).collect();
            desk.put(&orders).await;
            let terms: Vec<String> = search.to_lowercase().split_whitespace().map(str::to_owned).collect();
            let texts = |order: &desk_model::Order| {
                let lines = order.items.iter().flat_map(|item| [Some(item.name.clone()), item.spec.clone(), item.line_sn.clone()]);
                lines.flatten().chain([order.order_sn.to_string()]).map(|text| text.to_lowercase()).collect::<Vec<_>>()
            };
            let mut found = desk.order_sns(&searching(&search)).await;
            found.sort();
            let mut expected: Vec<_> = orders.iter().filter(|order| {
                let texts = texts(order);
                terms.iter().all(|term| texts.iter().any(|text| text.contains(term.as_str())))
            }).map(|order| order.order_sn.to_string()).collect();
            expected.sort();
            assert_eq!(found, expected);
        });
    }
}
