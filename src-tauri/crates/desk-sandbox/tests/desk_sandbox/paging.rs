//! Lists that lie about their pages, in both dialects.

use desk_sandbox::{PagingLie, PagingLieKind, Size};
use serde_json::{Value, json};

use crate::client::{ALL_ORDERS, Client, NOW};

/// A list of either dialect: its call, and where rows, their ids and the total are.
struct List {
    call: &'static str,
    rows: &'static str,
    id: &'static str,
    total: &'static str,
}

const GUIDE_ORDERS: List = List {
    call: "order/list",
    rows: "/data/orders",
    id: "/order_sn",
    total: "/data/total",
};
const GUIDE_PRODUCTS: List = List {
    call: "product/list",
    rows: "/data/products",
    id: "/product_id",
    total: "/data/total",
};
const GUIDE_ACTIVITIES: List = List {
    call: "activity/list",
    rows: "/data/activities",
    id: "/activity_id",
    total: "/data/total",
};
const ROUTER_ORDERS: List = List {
    call: "bg.order.list.v2.get",
    rows: "/result/pageItems",
    id: "/parentOrderMap/parentOrderSn",
    total: "/result/totalItemNum",
};
const ROUTER_GOODS: List = List {
    call: "bg.local.goods.list.query",
    rows: "/result/goodsList",
    id: "/goodsId",
    total: "/result/total",
};
const ROUTER_SKUS: List = List {
    call: "bg.local.goods.sku.list.query",
    rows: "/result/skuList",
    id: "/skuId",
    total: "/result/total",
};
const ROUTER_ACTIVITIES: List = List {
    call: "bg.promotion.activity.query",
    rows: "/result/activityList",
    id: "/activityId",
    total: "/result/total",
};
const LISTS: [List; 7] = [
    GUIDE_ORDERS,
    GUIDE_PRODUCTS,
    GUIDE_ACTIVITIES,
    ROUTER_ORDERS,
    ROUTER_GOODS,
    ROUTER_SKUS,
    ROUTER_ACTIVITIES,
];

/// The total and the ids of a page.
fn page(client: &Client, of: &List, number: i64, size: i64) -> (i64, Vec<Value>) {
    let mut fields = json!({
        "start_time": 0, "end_time": 2 * NOW, "page": number, "page_size": size,
        "goodsSearchType": 1, "skuSearchType": 2, "skuStatusFilterType": 2, "activityType": 2,
        "fulfillmentTypeList": ALL_ORDERS, "pageNumber": number, "pageNo": number, "pageSize": size,
    });
    let answer = if of.call.starts_with("bg.") {
        client.router(of.call, fields)
    } else {
        fields.as_object_mut().unwrap().remove("skuSearchType");
        client.guide(of.call, fields)
    };
    let rows = answer
        .pointer(of.rows)
        .unwrap_or_else(|| panic!("{answer}"));
    let rows = rows.as_array().cloned().unwrap_or_default();
    let ids = rows.iter().map(|row| row.pointer(of.id).unwrap().clone());
    (
        answer.pointer(of.total).unwrap().as_i64().unwrap(),
        ids.collect(),
    )
}

fn lie(kind: PagingLieKind) -> PagingLie {
    PagingLie {
        kind,
        times: u32::MAX,
        call: None,
    }
}

/// Every list under one lie: honest pages of two and the total, then the same as told.
fn under(kind: &PagingLieKind, check: impl Fn(&str, &[Vec<Value>], i64, &[Vec<Value>], i64)) {
    for of in &LISTS {
        let client = Client::new();
        let pages = || {
            let all = (1..=6).map(|number| page(&client, of, number, 2));
            let (totals, pages): (Vec<i64>, Vec<_>) = all.unzip();
            (pages, totals[0])
        };
        let (honest, total) = pages();
        client.sandbox.set_paging_lies(vec![lie(kind.clone())]);
        let (told, told_total) = pages();
        check(of.call, &honest, total, &told, told_total);
    }
}

#[test]
fn f9_totals_lie_up_and_down() {
    for off_by in [7, -3] {
        under(
            &PagingLieKind::Total { off_by },
            |call, honest, total, told, told_total| {
                assert_eq!(told_total, (total + off_by).max(0), "{call}");
                assert_eq!(told, honest, "{call}: the rows are right");
            },
        );
    }
    under(
        &PagingLieKind::Total { off_by: -1_000 },
        |call, _, _, _, told| {
            assert_eq!(told, 0, "{call}");
        },
    );
}

#[test]
fn f9_a_page_is_empty_or_another() {
    under(
        &PagingLieKind::EmptyPage { page: 2 },
        |call, honest, total, told, told_total| {
            assert!(told[1].is_empty() && !honest[1].is_empty(), "{call}");
            assert_eq!(
                (&told[0], &told[2], told_total),
                (&honest[0], &honest[2], total)
            );
        },
    );
    under(
        &PagingLieKind::RepeatedPage { page: 2 },
        |call, honest, total, told, told_total| {
            assert_eq!(
                (&told[1], &told[2], told_total),
                (&honest[0], &honest[2], total),
                "{call}"
            );
        },
    );
}

#[test]
fn f9_the_last_page_goes_on_for_ever() {
    for of in &LISTS {
        let client = Client::new();
        let (total, _) = page(&client, of, 1, 2);
        let last = (total + 1) / 2;
        let (_, rows) = page(&client, of, last, 2);
        assert!(!rows.is_empty() && page(&client, of, last + 1, 2).1.is_empty());
        client
            .sandbox
            .set_paging_lies(vec![lie(PagingLieKind::EndlessLastPage)]);
        for beyond in [last, last + 1, last + 50] {
            assert_eq!(
                page(&client, of, beyond, 2),
                (total, rows.clone()),
                "{}",
                of.call
            );
        }
    }
}

#[test]
fn f9_caps_hide_what_the_total_tells() {
    under(
        &PagingLieKind::PageCap { pages: 1 },
        |call, honest, total, told, told_total| {
            assert_eq!((&told[0], told_total), (&honest[0], total), "{call}");
            assert!(told[1..].iter().all(Vec::is_empty), "{call}");
        },
    );
    under(
        &PagingLieKind::RowCap { rows: 3 },
        |call, honest, total, told, told_total| {
            assert_eq!((&told[0], told_total), (&honest[0], total), "{call}");
            assert_eq!(
                (&told[1][..], told[2].len()),
                (&honest[1][..1], 0),
                "{call}"
            );
        },
    );
    under(
        &PagingLieKind::PageSizeCap { rows: 1 },
        |call, honest, total, told, told_total| {
            assert_eq!(
                told[..4].concat(),
                honest[..2].concat(),
                "{call}: smaller pages, no gaps"
            );
            assert_eq!(told_total, total);
        },
    );
}

#[test]
fn lies_are_used_up_and_know_their_call() {
    let client = Client::new();
    let honest = page(&client, &GUIDE_ORDERS, 2, 10);
    client.sandbox.set_paging_lies(vec![PagingLie {
        times: 1,
        call: Some("order/list".into()),
        ..lie(PagingLieKind::EmptyPage { page: 2 })
    }]);
    assert!(
        !page(&client, &ROUTER_ORDERS, 2, 10).1.is_empty(),
        "another call"
    );
    assert!(
        !page(&client, &GUIDE_ORDERS, 1, 10).1.is_empty(),
        "another page"
    );
    assert!(page(&client, &GUIDE_ORDERS, 2, 10).1.is_empty());
    assert_eq!(page(&client, &GUIDE_ORDERS, 2, 10), honest, "used up");
}

#[test]
fn lies_work_together() {
    let client = Client::of_size(Size {
        shops: 1,
        orders: 100,
    });
    client.sandbox.set_paging_lies(vec![
        lie(PagingLieKind::Total { off_by: 40 }),
        lie(PagingLieKind::PageSizeCap { rows: 25 }),
        lie(PagingLieKind::EndlessLastPage),
    ]);
    let (total, last) = page(&client, &GUIDE_ORDERS, 4, 50);
    assert_eq!((total, last.len()), (140, 25));
    assert_eq!(page(&client, &GUIDE_ORDERS, 9, 50).1, last);
}

#[test]
fn admin_sets_the_lies() {
    let client = Client::new();
    let set = |lies: Value| client.post("/admin/paging", &lies).status;
    assert_eq!(
        set(json!([
            {"kind": "total", "off_by": 5, "path": "/order/list"},
            {"kind": "empty_page", "page": 1, "times": 1},
            {"kind": "repeated_page", "page": 3}, {"kind": "endless_last_page"}, {"kind": "page_cap", "pages": 9},
            {"kind": "row_cap", "rows": 900}, {"kind": "page_size_cap", "rows": 50},
        ])),
        200
    );
    assert_eq!(page(&client, &GUIDE_ORDERS, 1, 10), (105, Vec::new()));
    assert_eq!(page(&client, &GUIDE_ORDERS, 1, 100).1.len(), 50);
    assert_eq!(set(json!([])), 200);
    assert_eq!(page(&client, &GUIDE_ORDERS, 1, 100).0, 100);
    for wrong in [
        json!({"kind": "half_truth"}),
        json!({"kind": "total"}),
        json!({"kind": "page_cap", "rows": 1}),
    ] {
        assert_eq!(set(wrong.clone()), 400, "{wrong}");
    }
}
