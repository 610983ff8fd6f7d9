//! The engine's changes on their way to the window: coalesced, at most two events a second.

use std::{collections::BTreeSet, time::Duration};

use desk_model::{Change, ShopId, Tag};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until, timeout_at},
};

const PAUSE: Duration = Duration::from_millis(500);

/// Sends changes on until the engine is gone. The first of a burst goes at once; what follows within the pause is put together.
pub(crate) async fn forward(mut changes: Receiver<Change>, send: impl Fn(Change)) {
    while let Some(first) = next(&mut changes).await {
        send(first);
        let pause_ends = Instant::now() + PAUSE;
        let mut gathered = Gathered::default();
        while let Ok(Some(change)) = timeout_at(pause_ends, next(&mut changes)).await {
            gathered.add(change);
        }
        sleep_until(pause_ends).await;
        if let Some(change) = gathered.into_change() {
            send(change);
            sleep_until(pause_ends + PAUSE).await;
        }
    }
}

/// Whoever lags behind takes everything for stale.
async fn next(changes: &mut Receiver<Change>) -> Option<Change> {
    match changes.recv().await {
        Ok(change) => Some(change),
        Err(RecvError::Lagged(_)) => Some(Change {
            shop_id: None,
            tags: vec![
                Tag::Shops,
                Tag::Orders,
                Tag::Products,
                Tag::Activities,
                Tag::SyncRuns,
                Tag::Settings,
            ],
        }),
        Err(RecvError::Closed) => None,
    }
}

#[derive(Default)]
struct Gathered {
    shops: BTreeSet<Option<ShopId>>,
    tags: BTreeSet<Tag>,
}

impl Gathered {
    fn add(&mut self, change: Change) {
        self.shops.insert(change.shop_id);
        self.tags.extend(change.tags);
    }

    /// Names a shop only when all changes were about that one.
    fn into_change(self) -> Option<Change> {
        if self.tags.is_empty() {
            return None;
        }
        let shop_id = if self.shops.len() == 1 {
            self.shops.into_iter().next().flatten()
        } else {
            None
        };
        Some(Change {
            shop_id,
            tags: self.tags.into_iter().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_becomes_two_events_and_no_tag_is_lost() {
        let (sender, receiver) = tokio::sync::broadcast::channel(1024);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = seen.clone();
        let forwarding = tokio::spawn(forward(receiver, move |change| {
            sink.lock().unwrap().push(change)
        }));
        for shop in ["us:1", "us:2"] {
            for tag in [Tag::Orders, Tag::SyncRuns, Tag::Shops] {
                sender
                    .send(Change {
                        shop_id: Some(ShopId::new(shop)),
                        tags: vec![tag],
                    })
                    .unwrap();
            }
        }
        tokio::time::sleep(Duration::from_secs(3)).await;
        drop(sender);
        forwarding.await.unwrap();
        let seen = seen.lock().unwrap();
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert_eq!(seen[0].tags, [Tag::Orders]);
        assert_eq!(
            seen[1],
            Change {
                shop_id: None,
                tags: vec![Tag::Shops, Tag::Orders, Tag::SyncRuns]
            }
        );
    }
}
