//! What goes wrong: dead tokens, scopes, clocks, regions, kinds of shops, faults on the way.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use desk_model::{Clock, Dialect, GatewayApp, MallType, Resource, UnixSeconds};
use desk_sandbox::{Fault, FaultKind, server};
use desk_temu::{ErrorKind, SystemClock, required_scope};

use super::{DAY, DIALECTS, Stand};
use crate::scripted::VirtualClock;

#[tokio::test]
async fn dead_tokens_are_told_apart_as_far_as_the_platform_does() {
    for (dialect, expired, revoked) in [
        (
            DIALECTS[0],
            ErrorKind::TokenExpired,
            ErrorKind::TokenExpired,
        ),
        (
            DIALECTS[1],
            ErrorKind::TokenExpired,
            ErrorKind::TokenRevoked,
        ),
    ] {
        let stand = Stand::new(dialect).await;
        let (platform, first, second) = (
            stand.platform(),
            stand.access(0).await,
            stand.access(1).await,
        );
        stand
            .sandbox
            .expire_token(stand.wire, &stand.remote_id(0), server::wall_clock())
            .unwrap();
        stand
            .sandbox
            .revoke_token(stand.wire, &stand.remote_id(1))
            .unwrap();
        assert_eq!(
            platform
                .test_connection(&first.caller())
                .await
                .unwrap_err()
                .kind,
            expired
        );
        assert_eq!(
            platform
                .test_connection(&second.caller())
                .await
                .unwrap_err()
                .kind,
            revoked
        );
    }
}

#[tokio::test]
async fn a_missing_scope_says_so() {
    for (dialect, kind) in [
        (DIALECTS[0], ErrorKind::InvalidParameter),
        (DIALECTS[1], ErrorKind::ScopeMissing),
    ] {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let scope = required_scope(stand.dialect, Resource::Orders);
        assert!(access.shop.allows(scope));
        stand
            .sandbox
            .drop_scope(&stand.remote_id(0), scope)
            .unwrap();
        let error = platform
            .test_connection(&access.caller())
            .await
            .unwrap_err();
        assert_eq!(error.kind, kind, "the guide has no code of its own for it");
        assert!(error.message.contains(scope) && error.request_id.is_some());
        assert!(
            !stand.access(0).await.shop.allows(scope),
            "token info tells"
        );
    }
}

/// This computer's clock, but wrong.
struct Shifted(i64);

impl Clock for Shifted {
    fn now(&self) -> UnixSeconds {
        SystemClock.now() + self.0
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn i19_a_wrong_clock_does_not_matter() {
    for dialect in DIALECTS {
        for shift in [DAY, -3_600] {
            let stand = Stand::new(dialect).await;
            let access = stand.access(0).await;
            let platform = stand.connect(
                &stand.app(),
                &stand.credentials().app_secret,
                Arc::new(Shifted(shift)),
            );
            platform.test_connection(&access.caller()).await.unwrap();
            assert!((platform.clock_offset_seconds() + shift).abs() <= 2);
            assert!((platform.server_now() - SystemClock.now()).abs() <= 2);
        }
    }
}

#[tokio::test]
async fn a_wrong_region_says_so() {
    let stand = Stand::new(DIALECTS[1]).await;
    let (secret, us) = (stand.credentials().app_secret, stand.access(0).await);
    for (prefix, kind) in [("/us", None), ("/eu", Some(ErrorKind::WrongRegion))] {
        let elsewhere = GatewayApp {
            base_url: format!("{}{prefix}", stand.base_url),
            ..stand.app()
        };
        let platform = stand.connect(&elsewhere, &secret, Arc::new(SystemClock));
        assert_eq!(
            platform
                .test_connection(&us.caller())
                .await
                .err()
                .map(|error| error.kind),
            kind
        );
    }
    let foreign = GatewayApp {
        app_key: "made-up-app-key".to_owned(),
        ..stand.app()
    };
    let platform = stand.connect(&foreign, &secret, Arc::new(SystemClock));
    assert_eq!(
        platform.test_app().await.unwrap_err().kind,
        ErrorKind::WrongRegion
    );
}

#[tokio::test]
async fn other_kinds_of_shops_say_so() {
    let stand = Stand::new(DIALECTS[1]).await;
    let (platform, local) = (stand.platform(), stand.access(0).await);
    stand
        .sandbox
        .set_mall_type(&stand.remote_id(0), desk_sandbox::MallType::Full)
        .unwrap();
    assert_eq!(
        platform.token_info(&local.token).await.unwrap_err().kind,
        ErrorKind::FullManaged
    );
    assert_eq!(
        platform
            .test_connection(&local.caller())
            .await
            .unwrap_err()
            .kind,
        ErrorKind::FullManaged
    );

    stand
        .sandbox
        .set_mall_type(&stand.remote_id(0), desk_sandbox::MallType::Semi)
        .unwrap();
    let semi = stand.access(0).await;
    assert_eq!(semi.shop.mall_type, MallType::SemiManaged);
    platform.test_connection(&semi.caller()).await.unwrap();
    let products = platform
        .products_page(&semi.caller(), platform.product_passes()[0], 1)
        .await;
    assert_eq!(products.unwrap_err().kind, ErrorKind::ShopTypeUnsupported);
}

#[tokio::test]
async fn faults_on_the_way_are_waited_out() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let access = stand.access(0).await;
        let busy = if dialect.0 == Dialect::Guide {
            5001
        } else {
            4_000_004
        };
        let kinds = [
            FaultKind::Malformed,
            FaultKind::Empty,
            FaultKind::AnswerLost,
            FaultKind::Status {
                status: 503,
                retry_after: None,
            },
            FaultKind::Status {
                status: 429,
                retry_after: Some("11".to_owned()),
            },
            FaultKind::BusinessError { code: busy },
        ];
        for kind in kinds {
            let clock = Arc::new(VirtualClock::new());
            let platform = stand.connect(
                &stand.app(),
                &stand.credentials().app_secret,
                Arc::clone(&clock) as _,
            );
            platform.test_connection(&access.caller()).await.unwrap();
            stand.sandbox.set_faults(vec![Fault {
                kind: kind.clone(),
                times: 2,
                call: None,
            }]);
            platform.test_connection(&access.caller()).await.unwrap();
            assert_eq!(clock.long_waits().len(), 2, "{kind:?}");
        }
        stand.sandbox.set_faults(vec![Fault {
            kind: FaultKind::IpNotAllowed,
            times: 1,
            call: None,
        }]);
        let error = stand
            .platform()
            .test_connection(&access.caller())
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::IpNotAllowed);
    }
}
