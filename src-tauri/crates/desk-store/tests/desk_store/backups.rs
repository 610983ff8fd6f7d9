//! Backups are whole, checked, made beside the writing, and few.

use std::{fs, path::Path};

use desk_store::{Access, CopyOrigin, Error, FILE_NAME, Store, copies, restore};

use crate::builders::{Desk, NOW, all_orders, order};

fn backups(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder.join("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_holds_what_was_committed_when_it_was_made() {
    let desk = Desk::new().await;
    assert_eq!(desk.store.last_backup_at().await.unwrap(), None);
    desk.put(&[order("PO-1")]).await;
    let backup = desk.store.back_up(NOW).await.unwrap();
    desk.put(&[order("PO-2")]).await;
    assert_eq!(desk.store.last_backup_at().await.unwrap(), Some(NOW));
    assert_eq!(backup.parent().unwrap(), desk.folder.path().join("backups"));

    let other = tempfile::tempdir().unwrap();
    restore(other.path(), &backup, NOW).await.unwrap();
    let store = Store::open(other.path(), Access::ReadWrite).await.unwrap();
    assert_eq!(store.open_view(&all_orders(), NOW).await.unwrap().count, 1);
    assert_eq!(
        desk.order_sns(&all_orders()).await.len(),
        2,
        "the database is untouched"
    );
}

#[tokio::test]
async fn the_newest_three_are_kept_and_what_was_cut_off_is_not() {
    let desk = Desk::new().await;
    for day in 0..5 {
        if day == 2 {
            let cut_off = desk
                .folder
                .path()
                .join("backups/seller-desk.7.sqlite3.partial");
            fs::write(cut_off, "cut off").unwrap();
        }
        desk.store.back_up(NOW + day).await.unwrap();
    }
    let kept = [2, 3, 4].map(|day| format!("seller-desk.{}.sqlite3", (NOW + day).0));
    assert_eq!(backups(desk.folder.path()), kept);
    assert_eq!(desk.store.last_backup_at().await.unwrap(), Some(NOW + 4));

    let back_in_time = desk.store.back_up(NOW - 1000).await.unwrap();
    assert!(
        back_in_time.exists(),
        "a clock that went back costs no fresh backup"
    );
    assert_eq!(backups(desk.folder.path()).len(), 3);
}

#[tokio::test]
async fn backups_that_were_asked_for_push_out_none_of_the_days() {
    let desk = Desk::new().await;
    let mut daily = Vec::new();
    for day in 0..3 {
        daily.push(desk.store.back_up(NOW + day * 86_400).await.unwrap());
    }
    let asked_at = |count: i64| NOW + 3 * 86_400 + count;
    let mut asked_for = Vec::new();
    for count in 0..5 {
        let made = desk.store.back_up_on_request(asked_at(count)).await;
        asked_for.push(made.unwrap());
    }
    assert!(daily.iter().all(|backup| backup.exists()), "{daily:?}");
    let kept: Vec<bool> = asked_for.iter().map(|backup| backup.exists()).collect();
    assert_eq!(kept, [false, false, true, true, true]);
    assert_eq!(
        desk.store.last_backup_at().await.unwrap(),
        Some(NOW + 2 * 86_400),
        "the day's backup is still due"
    );
    let folder = daily[0].parent().and_then(|backups| backups.parent());
    let times: Vec<_> = desk_store::copies(folder.unwrap())
        .await
        .unwrap()
        .into_iter()
        .map(|copy| copy.made_at)
        .collect();
    assert_eq!(times.len(), 6);
    assert_eq!(times[0], asked_at(4), "one list, newest first");

    desk.store.back_up(asked_at(9)).await.unwrap();
    assert!(!daily[0].exists(), "the oldest of its own kind goes");
    assert!(asked_for[2].exists());
}

#[tokio::test]
async fn a_backup_is_made_while_pages_are_committed() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..2000)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    desk.put(&orders[..1000]).await;
    let commits = async {
        for (page, orders) in orders[1000..].chunks(50).enumerate() {
            desk.commit(orders, page as i64).await;
        }
    };
    let (backup, ()) = tokio::join!(desk.store.back_up(NOW), commits);
    let other = tempfile::tempdir().unwrap();
    restore(other.path(), &backup.unwrap(), NOW).await.unwrap();
    let store = Store::open(other.path(), Access::ReadOnly).await.unwrap();
    let count = store.open_view(&all_orders(), NOW).await.unwrap().count;
    assert!(
        (1000..=2000).contains(&count) && count % 50 == 0,
        "whole pages: {count}"
    );
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 2000);
}

#[tokio::test]
async fn f14_a_damaged_database_does_not_push_good_backups_out() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..300)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    desk.put(&orders).await;
    desk.store.back_up(NOW).await.unwrap();
    desk.store.close().await;
    let mut bytes = fs::read(desk.file()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 32768].fill(0x55);
    fs::write(desk.file(), &bytes).unwrap();

    let store = Store::open(desk.folder.path(), Access::ReadWrite)
        .await
        .unwrap();
    let refused = store.back_up(NOW + 1).await;
    assert!(matches!(refused, Err(Error::Corrupt(_))), "{refused:?}");
    assert_eq!(
        backups(desk.folder.path()),
        [format!("seller-desk.{}.sqlite3", NOW.0)]
    );
}

#[tokio::test]
async fn i11_closing_the_store_stops_a_backup_and_leaves_no_log_behind() {
    let desk = Desk::new().await;
    // Each with a long text of its own, since equal ones are kept once.
    let orders: Vec<_> = (0..1000)
        .map(|number| {
            let mut order = order(&format!("PO-{number}"));
            let picture = format!("https://pictures.invalid/{number}/{}", "x".repeat(40_000));
            order.items[0].image_url = Some(picture);
            order
        })
        .collect();
    desk.put(&orders).await;
    let partial = format!("backups/seller-desk.{}.sqlite3.partial", NOW.0);
    let partial = desk.folder.path().join(partial);
    let store = desk.store.clone();
    let backup = tokio::spawn(async move { store.back_up(NOW).await });
    while !partial.exists() && !backup.is_finished() {
        tokio::task::yield_now().await;
    }
    desk.store.close().await;
    let ended = backup.await.unwrap();
    assert!(
        matches!(&ended, Err(Error::Database(why)) if why.contains("interrupted")),
        "{ended:?}"
    );
    assert!(backups(desk.folder.path()).is_empty());
    let log = desk.folder.path().join(format!("{FILE_NAME}-wal"));
    assert!(!log.exists(), "the database is closed cleanly");
}

#[tokio::test]
async fn every_copy_that_can_take_the_databases_place_is_listed_with_when_and_why() {
    let desk = Desk::new().await;
    let folder = desk.folder.path();
    assert!(copies(folder).await.unwrap().is_empty());
    desk.put(&[order("PO-1")]).await;
    let backup = desk.store.back_up(NOW).await.unwrap();
    let newer = desk.store.back_up(NOW + 60).await.unwrap();
    let before_update = folder.join("backups/seller-desk.before-m1.sqlite3");
    fs::copy(&backup, &before_update).unwrap();
    fs::write(
        folder.join("backups/seller-desk.before-m2.sqlite3.partial"),
        "cut off",
    )
    .unwrap();
    desk.put(&[order("PO-2")]).await;
    desk.store.close().await;
    let replaced = restore(folder, &backup, NOW + 120).await.unwrap().moved_to;

    let listed = copies(folder).await.unwrap();
    let of = |origin| {
        let of_origin = listed.iter().filter(move |copy| copy.origin == origin);
        of_origin
            .map(|copy| (copy.path.clone(), copy.made_at))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(CopyOrigin::Backup),
        [(newer, NOW + 60), (backup.clone(), NOW)]
    );
    let replaced = replaced.join(FILE_NAME);
    assert_eq!(of(CopyOrigin::Replaced), [(replaced.clone(), NOW + 120)]);
    let kept: Vec<_> = of(CopyOrigin::BeforeUpdate);
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].0, before_update);
    assert!(kept[0].1 > NOW, "when its file was written");
    assert!(listed.iter().all(|copy| copy.bytes > 4096));
    assert_eq!(listed.len(), 4);

    // What was replaced can be had back, but not while a log holds a part of it.
    restore(folder, &replaced, NOW + 180).await.unwrap();
    let store = Store::open(folder, Access::ReadOnly).await.unwrap();
    assert_eq!(store.open_view(&all_orders(), NOW).await.unwrap().count, 2);
    let log = replaced.with_file_name(format!("{FILE_NAME}-wal"));
    fs::write(log, "a page").unwrap();
    let listed = copies(folder).await.unwrap();
    assert!(listed.iter().all(|copy| copy.path != replaced));
}
