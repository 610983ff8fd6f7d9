//! Authorization: consent, callback, paste; and every way in which a link can be wrong.

use desk_engine::{ErrorCode, Failure, Landing, StartedAuthorization};
use desk_model::{Dialect, GatewayApp, MallType, ShopId, TokenState};
use tokio::sync::mpsc;

use crate::world::{US_SHOP, World};

async fn begin(world: &World, app: &GatewayApp, shop: Option<ShopId>) -> StartedAuthorization {
    let (heard, _) = mpsc::channel(1);
    world
        .engine
        .begin_authorization(app.id, Landing::DeepLink, shop, heard)
        .await
        .unwrap()
}

async fn refused(world: &World, link: &str) -> ErrorCode {
    let completion = world.engine.complete_authorization(link).await;
    Failure::from(completion.shops.unwrap_err()).code
}

async fn shop_count(world: &World) -> usize {
    world.engine.store().shops().await.unwrap().len()
}

#[tokio::test]
async fn a_consent_becomes_a_shop_in_both_dialects() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let world = World::new(1, dialect).await;
        let app = world.engine.save_app(&world.app_input()).await.unwrap();
        let started = begin(&world, &app, None).await;
        let link = world.consent(&started.url, US_SHOP, "authorize");
        let completion = world.engine.complete_authorization(&link).await;
        assert_eq!(
            completion.authorization_id.as_deref(),
            Some(started.authorization_id.as_str())
        );
        let shops = completion.shops.unwrap();
        let shop = world.engine.store().shop(&shops[0]).await.unwrap().unwrap();
        assert_eq!(shop.mall_type, MallType::Local);
        assert!(!shop.scopes.is_empty() && shop.expires_at.is_some());
        world.engine.test_shop(&shop.shop_id).await.unwrap();
    }
}

#[tokio::test]
async fn a_pending_authorization_survives_a_restart() {
    let mut world = World::new(1, Dialect::Guide).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    let link = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
    world.restart().await;
    assert!(
        world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .is_ok()
    );
}

#[tokio::test]
async fn a_link_works_once_and_only_for_who_asked() {
    let world = World::new(1, Dialect::Guide).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    let link = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
    for wrong in [
        "sellerdesk://oauth/callback?code=made-up&state=foreign".to_owned(),
        "sellerdesk://oauth/callback?code=made-up".to_owned(),
    ] {
        assert_eq!(
            refused(&world, &wrong).await,
            ErrorCode::StateUnknown,
            "{wrong}"
        );
    }
    assert_eq!(
        refused(&world, "sellerdesk://elsewhere?code=a&state=b").await,
        ErrorCode::LinkMalformed
    );
    assert_eq!(
        world.calls("oauth/token"),
        0,
        "nothing was exchanged for a wrong link"
    );

    assert!(
        world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .is_ok()
    );
    assert_eq!(
        refused(&world, &link).await,
        ErrorCode::StateUnknown,
        "a replay does nothing"
    );
    assert_eq!(
        (shop_count(&world).await, world.calls("oauth/token")),
        (1, 1)
    );
}

#[tokio::test]
async fn of_many_equal_links_at_once_one_wins() {
    let world = World::new(1, Dialect::Guide).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    let link = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
    let attempts = (0..50).map(|_| world.engine.complete_authorization(&link));
    let done = futures_util::future::join_all(attempts).await;
    assert_eq!(
        done.iter()
            .filter(|completion| completion.shops.is_ok())
            .count(),
        1
    );
    assert_eq!(world.calls("oauth/token"), 1);
}

#[tokio::test]
async fn a_denied_late_or_canceled_consent_stores_nothing() {
    let world = World::new(1, Dialect::Guide).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();

    let denied = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "cancel");
    assert_eq!(refused(&world, &denied).await, ErrorCode::ConsentDenied);

    let late = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
    world.clock.advance(601);
    assert_eq!(refused(&world, &late).await, ErrorCode::StateUnknown);

    let started = begin(&world, &app, None).await;
    let link = world.consent(&started.url, US_SHOP, "authorize");
    world
        .engine
        .cancel_authorization(&started.authorization_id)
        .await
        .unwrap();
    assert_eq!(refused(&world, &link).await, ErrorCode::StateUnknown);
    assert_eq!(shop_count(&world).await, 0);
}

#[tokio::test]
async fn authorizing_again_takes_the_same_shop_only_and_keeps_its_data() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await;
    world
        .engine
        .sync_shop(&shop.shop_id, desk_model::SyncTrigger::Manual, None)
        .await;
    let orders = world.orders(&shop.shop_id).await.len();
    assert!(orders > 0);
    world
        .engine
        .store()
        .set_token_state(&shop.shop_id, TokenState::Expired)
        .await
        .unwrap();
    let app = world
        .engine
        .store()
        .gateway_app(shop.app)
        .await
        .unwrap()
        .unwrap();

    let other = begin(&world, &app, Some(shop.shop_id.clone())).await;
    let link = world.consent(&other.url, "EU-1002", "authorize");
    assert_eq!(refused(&world, &link).await, ErrorCode::ShopMismatch);
    let unchanged = world
        .engine
        .store()
        .shop(&shop.shop_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (unchanged.token_state, shop_count(&world).await),
        (TokenState::Expired, 1)
    );

    let same = begin(&world, &app, Some(shop.shop_id.clone())).await;
    let link = world.consent(&same.url, US_SHOP, "authorize");
    assert_eq!(
        world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .unwrap(),
        std::slice::from_ref(&shop.shop_id)
    );
    let renewed = world
        .engine
        .store()
        .shop(&shop.shop_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(renewed.token_state, TokenState::Valid);
    assert_eq!(world.orders(&shop.shop_id).await.len(), orders);
}

#[tokio::test]
async fn the_paste_box_takes_a_token_a_code_or_the_whole_address() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let world = World::new(1, dialect).await;
        let app = world.engine.save_app(&world.app_input()).await.unwrap();

        let token = world.token(1).access_token;
        let by_token = world
            .engine
            .check_pasted(app.id, token.expose(), None)
            .await
            .unwrap();
        assert_eq!(
            (by_token.shops.len(), shop_count(&world).await),
            (1, 0),
            "shown before it is stored"
        );
        world.engine.confirm_pasted(&by_token.ticket).await.unwrap();
        assert!(
            world.engine.confirm_pasted(&by_token.ticket).await.is_err(),
            "a ticket works once"
        );

        let link = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
        let by_address = world
            .engine
            .check_pasted(app.id, &link, None)
            .await
            .unwrap();
        world
            .engine
            .confirm_pasted(&by_address.ticket)
            .await
            .unwrap();

        let link = world.consent(
            &begin(&world, &app, None).await.url,
            "GLOBAL-1003",
            "authorize",
        );
        let code = url::Url::parse(&link).unwrap();
        let code = code
            .query_pairs()
            .find(|(key, _)| key == "code")
            .unwrap()
            .1
            .into_owned();
        let by_code = world
            .engine
            .check_pasted(app.id, &format!("  {code}\n"), None)
            .await
            .unwrap();
        world.engine.confirm_pasted(&by_code.ticket).await.unwrap();
        assert_eq!(shop_count(&world).await, 3, "{}", dialect.as_str());
    }
}

#[tokio::test]
async fn a_pasted_text_that_opens_nothing_is_refused_by_name() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    for (text, code) in [
        ("made_up_token", ErrorCode::TokenRevoked),
        ("two words", ErrorCode::LinkMalformed),
        ("", ErrorCode::LinkMalformed),
        (
            "sellerdesk://oauth/callback?code=a&state=foreign",
            ErrorCode::StateUnknown,
        ),
        ("https://evil.example/?token=x", ErrorCode::LinkMalformed),
    ] {
        let error = world
            .engine
            .check_pasted(app.id, text, None)
            .await
            .unwrap_err();
        assert_eq!(error.code(), code, "{text}");
    }
    assert_eq!(shop_count(&world).await, 0);
}

#[tokio::test]
async fn a_full_managed_shop_is_refused_in_its_own_words() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    world
        .sandbox
        .set_mall_type(US_SHOP, desk_sandbox::MallType::Full)
        .unwrap();
    let error = world
        .engine
        .add_shop(&world.app_input(), world.token(0))
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::FullManagedShop);
    assert_eq!(shop_count(&world).await, 0);
    assert!(
        world
            .engine
            .store()
            .gateway_apps()
            .await
            .unwrap()
            .is_empty(),
        "nothing is stored before it works"
    );
}

#[tokio::test]
async fn a_callback_from_another_regions_host_is_not_exchanged() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    world.sandbox.set_base_url("http://127.0.0.1:9");
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    let link = world.consent(&begin(&world, &app, None).await.url, US_SHOP, "authorize");
    let mut elsewhere = url::Url::parse(&link).unwrap();
    let pairs: Vec<(String, String)> = elsewhere
        .query_pairs()
        .map(|(key, value)| {
            let value = if key == "callback_host" {
                "openapi-b-eu.temu.com".to_owned()
            } else {
                value.into_owned()
            };
            (key.into_owned(), value)
        })
        .collect();
    elsewhere.query_pairs_mut().clear().extend_pairs(pairs);
    assert_eq!(
        refused(&world, elsewhere.as_str()).await,
        ErrorCode::WrongRegion
    );
    assert_eq!(world.calls("bg.open.accesstoken.create"), 0);
}

#[tokio::test]
async fn the_loopback_landing_hears_its_own_redirect_and_frees_its_port() {
    let world = World::new(1, Dialect::Guide).await;
    let app = world
        .engine
        .save_app(&world.app_input_without_redirect())
        .await
        .unwrap();
    let (heard, mut hears) = mpsc::channel(1);
    let started = world
        .engine
        .begin_authorization(app.id, Landing::Loopback, None, heard)
        .await
        .unwrap();
    let redirect = world.consent(&started.url, US_SHOP, "authorize");
    let address = url::Url::parse(&redirect).unwrap();
    let port = address.port().unwrap();
    let browser = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .unwrap();
        let target = format!("{}?{}", address.path(), address.query().unwrap());
        let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    });
    let link = hears.recv().await.unwrap();
    assert!(browser.await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(
        world
            .engine
            .complete_authorization(&link)
            .await
            .shops
            .is_ok()
    );

    let (heard, _hears) = mpsc::channel(1);
    let waiting = world
        .engine
        .begin_authorization(app.id, Landing::Loopback, None, heard)
        .await
        .unwrap();
    let redirect = waiting
        .url
        .query_pairs()
        .find(|(key, _)| key == "redirect_uri")
        .unwrap()
        .1;
    let port = url::Url::parse(&redirect).unwrap().port().unwrap();
    world
        .engine
        .cancel_authorization(&waiting.authorization_id)
        .await
        .unwrap();
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_ok()
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn adding_by_token_keeps_an_apps_redirect_address() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    assert!(app.redirect_uri.is_some());
    world
        .engine
        .add_shop(&world.app_input_without_redirect(), world.token(0))
        .await
        .unwrap();
    let kept = world
        .engine
        .store()
        .gateway_app(app.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.redirect_uri, app.redirect_uri);
}

#[tokio::test]
async fn a_wrong_secret_does_not_replace_one_that_works() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let world = World::new(1, dialect).await;
        let shop = world.add_shop(0).await.shop_id;
        let wrong = desk_engine::AppInput {
            app_secret: Some(desk_model::Secret::new("made_up_wrong_secret")),
            ..world.app_input()
        };
        let error = world.engine.save_app(&wrong).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::SignatureRejected);
        world.engine.test_shop(&shop).await.unwrap();
    }
}
