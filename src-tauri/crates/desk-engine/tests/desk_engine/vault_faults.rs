//! A keychain that is deleted, locked, or slow in the middle of a run.

use std::{
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use desk_engine::ErrorCode;
use desk_model::{Dialect, Resource, RunResult, Secret, SyncTrigger, TokenState};
use desk_vault::{Error, MemoryVault, Vault, VaultKind};

use crate::world::World;

const LONGEST_HANG: Duration = Duration::from_secs(60);

/// How a vault behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    #[default]
    Working,
    Locked,
    /// Gives up after a while, as a keychain does that has not answered for its limit.
    Slow,
    /// Somebody deleted what was in it.
    Empty,
    /// Does not come back until its mood changes.
    Hanging,
}

/// A vault whose mood changes.
#[derive(Default)]
pub(crate) struct FaultyVault {
    kept: MemoryVault,
    mood: Mutex<(Mood, Option<(u32, Mood)>)>,
    changed: Condvar,
    is_hanging: AtomicBool,
}

impl FaultyVault {
    pub(crate) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = (mood, None);
        self.changed.notify_all();
    }

    /// Answers so many more times before its mood changes.
    pub(crate) fn change_after(&self, answers: u32, mood: Mood) {
        self.mood.lock().unwrap().1 = Some((answers, mood));
    }

    pub(crate) fn is_hanging(&self) -> bool {
        self.is_hanging.load(Ordering::SeqCst)
    }

    fn answer(&self) -> Result<&MemoryVault, Error> {
        let mut mood = self.mood.lock().unwrap();
        match &mut mood.1 {
            Some((0, next)) => *mood = (*next, None),
            Some((answers, _)) => *answers -= 1,
            None => {}
        }
        while mood.0 == Mood::Hanging {
            self.is_hanging.store(true, Ordering::SeqCst);
            // A test that fails lets go of it and is not held up itself.
            let (next, waited) = self.changed.wait_timeout(mood, LONGEST_HANG).unwrap();
            mood = next;
            if waited.timed_out() {
                return Err(Error::Slow);
            }
        }
        match mood.0 {
            Mood::Locked => Err(Error::Locked),
            Mood::Slow => Err(Error::Slow),
            _ => Ok(&self.kept),
        }
    }
}

impl Vault for FaultyVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Memory
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        let kept = self.answer()?;
        if self.mood.lock().unwrap().0 == Mood::Empty {
            return Ok(None);
        }
        kept.get(key)
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        self.answer()?.set(key, value)
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        self.answer()?.delete(key)
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        Ok(())
    }
}

#[tokio::test]
async fn f15_a_vault_that_goes_away_mid_run_keeps_the_pages_and_the_next_run_finishes() {
    for (mood, code) in [
        (Mood::Locked, ErrorCode::KeychainLocked),
        (Mood::Slow, ErrorCode::KeychainSlow),
        (Mood::Empty, ErrorCode::ShopUnauthorized),
    ] {
        let world = World::new(1, Dialect::Guide).await;
        let vault = Arc::new(FaultyVault::default());
        world.engine.set_vault(vault.clone());
        let shop = world.add_shop(0).await.shop_id;
        vault.change_after(4, mood);
        let failed = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        assert_eq!(failed.result, RunResult::Failed);
        assert_eq!(failed.error.unwrap().code, code, "{mood:?}");
        let kept = failed.resources[&Resource::Orders].new;
        assert!(kept > 0, "{mood:?}: the pages before it stay");
        assert_eq!(world.orders(&shop).await.len() as u64, kept);
        let stored = world.engine.store().shop(&shop).await.unwrap().unwrap();
        assert_eq!(
            stored.token_state,
            TokenState::Valid,
            "the token is not to blame"
        );

        vault.set(Mood::Working);
        let finished = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        assert_eq!(finished.result, RunResult::Complete, "{:?}", finished.error);
    }
}

#[tokio::test]
async fn f15_a_vault_that_hangs_for_one_shop_does_not_hold_up_another() {
    let world = World::new(1, Dialect::Guide).await;
    let (first, second) = (
        world.add_shop(0).await.shop_id,
        world.add_shop(1).await.shop_id,
    );
    // The second keeps its own: a keychain that hangs does so for everybody, but a run that has its page goes on.
    let vault = Arc::new(FaultyVault::default());
    let hanging = world.second_process().await;
    hanging.set_vault(vault.clone());
    vault.set(Mood::Hanging);
    let stuck = tokio::spawn(async move {
        hanging
            .sync_shop(&first, SyncTrigger::Manual, None)
            .await
            .result
    });
    let summary = world
        .engine
        .sync_shop(&second, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Complete);
    vault.set(Mood::Locked);
    assert_eq!(stuck.await.unwrap(), RunResult::Failed);
}
