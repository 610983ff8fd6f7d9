//! An authorization under way is taken once, in time.

use desk_model::GatewayAppId;
use desk_store::PendingAuthorization;

use crate::builders::{Desk, NOW, shop_id};

fn pending(id: &str) -> PendingAuthorization {
    PendingAuthorization {
        authorization_id: id.to_owned(),
        state_hash: format!("made-up-hash-{id}"),
        app: GatewayAppId(7),
        redirect_uri: "sellerdesk://oauth/callback".to_owned(),
        shop_id: Some(shop_id()),
        created_at: NOW,
        expires_at: NOW + 600,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_takers_one_gets_it() {
    let desk = Desk::new().await;
    desk.store
        .add_pending_authorization(&pending("a"))
        .await
        .unwrap();
    let takers = (0..20).map(|_| {
        let store = desk.store.clone();
        tokio::spawn(async move {
            store
                .take_pending_authorization("made-up-hash-a", NOW)
                .await
                .unwrap()
        })
    });
    let mut taken = Vec::new();
    for taker in takers.collect::<Vec<_>>() {
        taken.extend(taker.await.unwrap());
    }
    assert_eq!(taken, [pending("a")]);
}

#[tokio::test]
async fn it_survives_a_restart_but_not_its_time() {
    let desk = Desk::new().await;
    desk.store
        .add_pending_authorization(&pending("a"))
        .await
        .unwrap();
    desk.store
        .add_pending_authorization(&pending("b"))
        .await
        .unwrap();
    desk.store.close().await;
    let store = desk_store::Store::open(desk.folder.path(), desk_store::Access::ReadWrite)
        .await
        .unwrap();
    let in_time = store
        .take_pending_authorization("made-up-hash-a", NOW + 599)
        .await
        .unwrap();
    assert_eq!(in_time, Some(pending("a")));
    assert_eq!(
        store
            .take_pending_authorization("made-up-hash-b", NOW + 600)
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn looking_does_not_take() {
    let desk = Desk::new().await;
    desk.store
        .add_pending_authorization(&pending("a"))
        .await
        .unwrap();
    let looks = [
        ("made-up-hash-a", NOW + 599, Some(pending("a"))),
        ("made-up-hash-a", NOW + 600, None),
        ("unknown", NOW, None),
    ];
    for (state_hash, now, expected) in looks {
        let found = desk.store.pending_authorization(state_hash, now).await;
        assert_eq!(found.unwrap(), expected, "{state_hash} at {now:?}");
    }
    let taken = desk
        .store
        .take_pending_authorization("made-up-hash-a", NOW)
        .await;
    assert_eq!(taken.unwrap(), Some(pending("a")));
    let found = desk
        .store
        .pending_authorization("made-up-hash-a", NOW)
        .await;
    assert_eq!(found.unwrap(), None, "it was taken");
}

#[tokio::test]
async fn expired_ones_are_forgotten_and_named() {
    let desk = Desk::new().await;
    let longer = PendingAuthorization {
        expires_at: NOW + 601,
        ..pending("c")
    };
    for pending in [pending("a"), pending("b"), longer.clone()] {
        desk.store
            .add_pending_authorization(&pending)
            .await
            .unwrap();
    }
    for (now, expected) in [(NOW + 599, vec![]), (NOW + 600, vec!["a", "b"])] {
        let purged = desk.store.purge_expired_authorizations(now).await;
        assert_eq!(purged.unwrap(), expected);
    }
    assert_eq!(desk.count("pending_authorizations"), 1);
    let found = desk
        .store
        .pending_authorization("made-up-hash-c", NOW + 600);
    assert_eq!(found.await.unwrap(), Some(longer));
}

#[tokio::test]
async fn it_is_given_up_by_its_public_name() {
    let desk = Desk::new().await;
    desk.store
        .add_pending_authorization(&pending("a"))
        .await
        .unwrap();
    assert_eq!(
        desk.store
            .take_pending_authorization("unknown", NOW)
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        desk.store.remove_pending_authorization("a").await.unwrap(),
        Some(pending("a"))
    );
    assert_eq!(
        desk.store.remove_pending_authorization("a").await.unwrap(),
        None
    );
    assert_eq!(
        desk.store
            .take_pending_authorization("made-up-hash-a", NOW)
            .await
            .unwrap(),
        None
    );
}
