//! Every list to its end, and one row anew.

use std::future::Future;

use desk_model::{AmountState, Dialect, OrderSn, OrderStatus, Page, ProductStatus, Resource};
use desk_temu::{Error, ErrorKind, OrdersQuery};

use super::{DIALECTS, Stand, everything, sorted};

/// Reads page after page up to the total; gives the ids, sorted.
async fn all_pages<T, Reading: Future<Output = Result<Page<T>, Error>>>(
    read: impl Fn(u64) -> Reading,
    id: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 1.. {
        let page = read(number).await.unwrap();
        assert_eq!(page.unreadable, []);
        ids.extend(page.rows.iter().map(|row| id(&row.value)));
        if page.total.div_ceil(100) <= number {
            assert_eq!(ids.len() as u64, page.total);
            break;
        }
        assert_eq!(page.len(), 100);
    }
    sorted(ids)
}

#[tokio::test]
async fn every_read_pages_through_to_the_total() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let (platform, caller) = (&platform, &access.caller());
        let orders = all_pages(
            |number| async move { platform.orders_page(caller, &everything(number)).await },
            |order| order.order_sn.to_string(),
        );
        let orders = orders.await;
        assert_eq!(orders.len(), 300);
        assert_eq!(orders, stand.truth(0, Resource::Orders), "{dialect:?}");
        assert_eq!(
            platform.orders_total(caller, &everything(1)).await.unwrap(),
            300
        );

        let mut products = Vec::new();
        for pass in platform.product_passes() {
            let read = |number| async move { platform.products_page(caller, *pass, number).await };
            products.extend(all_pages(read, |product| product.product_id.to_string()).await);
        }
        assert!(!products.is_empty());
        assert_eq!(
            sorted(products),
            stand.truth(0, Resource::Products),
            "{dialect:?}"
        );

        let mut activities = Vec::new();
        for pass in platform.activity_passes() {
            let read =
                |number| async move { platform.activities_page(caller, *pass, number).await };
            activities.extend(all_pages(read, |activity| activity.activity_id.to_string()).await);
        }
        assert!(!activities.is_empty());
        let all = stand.truth(0, Resource::Activities);
        assert!(activities.iter().all(|id| all.contains(id)));
        assert!(
            dialect.0 == Dialect::Guide || sorted(activities) == all,
            "only the guide is asked for a span of time"
        );
    }
}

#[tokio::test]
async fn documented_statuses_partition_all_orders_but_those_of_unknown_status() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(1).await);
        let mut sum = 0;
        for status in platform.order_statuses() {
            let query = OrdersQuery {
                status: Some((*status).to_owned()),
                ..everything(1)
            };
            let page = platform
                .orders_page(&access.caller(), &query)
                .await
                .unwrap();
            assert!(
                page.rows
                    .iter()
                    .all(|row| row.value.platform_status == *status)
            );
            sum += page.total;
        }
        let mut unknown = 0;
        for number in 1..=3 {
            let page = platform
                .orders_page(&access.caller(), &everything(number))
                .await
                .unwrap();
            unknown += page
                .rows
                .iter()
                .filter(|row| row.value.status == OrderStatus::Unknown)
                .count() as u64;
        }
        assert_eq!(sum + unknown, 300, "{dialect:?}");
    }
}

#[tokio::test]
async fn products_and_activities_come_with_their_details() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(2).await);
        let products = platform
            .products_page(&access.caller(), platform.product_passes()[0], 1)
            .await
            .unwrap();
        let on_sale: Vec<_> = products
            .rows
            .iter()
            .map(|row| &row.value)
            .filter(|product| product.status == ProductStatus::Active)
            .collect();
        assert!(!on_sale.is_empty());
        for sku in on_sale.iter().flat_map(|product| &product.skus) {
            assert!(
                sku.stock.is_some() && sku.spec.is_some(),
                "{dialect:?} {sku:?}"
            );
            assert_eq!(sku.price.as_ref().unwrap().currency.as_str(), "MXN");
        }
        let mut joined = 0;
        for pass in platform.activity_passes() {
            let page = platform
                .activities_page(&access.caller(), *pass, 1)
                .await
                .unwrap();
            for activity in page
                .rows
                .iter()
                .map(|row| &row.value)
                .filter(|activity| activity.joined)
            {
                joined += 1;
                assert!(
                    activity
                        .items
                        .iter()
                        .any(|item| item.activity_price.is_some()),
                    "{dialect:?} {activity:?}"
                );
            }
        }
        assert!(joined > 0);
    }
}

#[tokio::test]
async fn one_order_is_read_anew_with_its_amount() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let page = platform
            .orders_page(&access.caller(), &everything(1))
            .await
            .unwrap();
        let mut known = 0;
        for listed in page.rows.iter().take(20).map(|row| &row.value) {
            let order = platform
                .order(&access.caller(), &listed.order_sn)
                .await
                .unwrap()
                .value;
            assert_eq!(
                (&order.order_sn, &order.items, order.created_at),
                (&listed.order_sn, &listed.items, listed.created_at)
            );
            assert_eq!(
                order.total_amount.is_some(),
                order.amount_state == AmountState::Known
            );
            known += u32::from(order.amount_state == AmountState::Known);
        }
        assert!(known > 0, "{dialect:?}");
        let error = platform
            .order(&access.caller(), &OrderSn::new("PO-211-99999999999999999"))
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound);
    }
}
