//! The process that is killed, seen from both sides.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{ChildStdout, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use desk_engine::Engine;
use desk_model::{Clock, SyncTrigger};
use desk_temu::{HttpTransport, SystemClock};
use desk_vault::Vault;

use super::{
    ground::{Access, Ground},
    steps::{SteppingTransport, SteppingVault, Steps, tell},
};
use crate::simulation::seeds::block_on;

/// What the child has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Authorize the shop.
    Authorize,
    /// Sync a shop, and whatever else is due.
    Sync,
    /// Make a call for a shop whose token has ended.
    Renew,
    /// Sync and back up, again and again.
    SyncForEver,
}

impl Work {
    const ALL: [Self; 4] = [Self::Authorize, Self::Sync, Self::Renew, Self::SyncForEver];

    /// The test that does it in a child: the one that kills it.
    fn test(self) -> &'static str {
        match self {
            Self::Authorize => "kill::f1_killed_at_every_step_of_an_authorization",
            Self::Sync => "kill::f1_killed_at_every_step_of_a_sync",
            Self::Renew => "kill::f1_killed_at_every_step_of_a_renewal",
            Self::SyncForEver => "kill::f1_killed_at_any_moment",
        }
    }
}

const TEST: &str = "SELLER_DESK_CHILD_TEST";
const ACCESS: &str = "SELLER_DESK_CHILD_ACCESS";
const STEP: &str = "SELLER_DESK_CHILD_STEP";

/// Does the child's work where this process was started as one.
pub(crate) fn act_as_child() -> bool {
    let Ok(test) = std::env::var(TEST) else {
        return false;
    };
    let work = Work::ALL.into_iter().find(|work| work.test() == test);
    let access: Access = serde_json::from_str(&std::env::var(ACCESS).unwrap()).unwrap();
    let last = std::env::var(STEP).ok().map(|text| text.parse().unwrap());
    let steps = Arc::new(Steps::new(last));
    for place in ["before-commit", "after-commit"] {
        let steps = steps.clone();
        fail::cfg_callback(place, move || steps.pass(place)).unwrap();
    }
    block_on(carry_out(work.unwrap(), &access, &steps));
    tell(&format!("steps {}", steps.passed()));
    true
}

async fn carry_out(work: Work, access: &Access, steps: &Arc<Steps>) {
    let vault: Arc<dyn Vault> = Arc::new(SteppingVault {
        steps: steps.clone(),
        vault: access.vault(),
    });
    let network = steps.clone();
    let engine = access
        .engine(vault, move || {
            Arc::new(SteppingTransport {
                steps: network.clone(),
                transport: HttpTransport::new(None).unwrap(),
            })
        })
        .await;
    tell("ready");
    match work {
        Work::Authorize => {
            access.add_shop(&engine).await;
        }
        Work::Renew => {
            engine.test_shop(&access.shop_id()).await.unwrap();
        }
        Work::Sync => sync(&engine, access).await,
        Work::SyncForEver => loop {
            sync(&engine, access).await;
            engine.store().back_up(SystemClock.now()).await.unwrap();
        },
    }
}

async fn sync(engine: &Engine, access: &Access) {
    let shop = access.shop_id();
    let summary = engine.sync_shop(&shop, SyncTrigger::Automatic, None).await;
    assert_eq!(summary.error, None);
    engine.maintain_shop(&shop).await.unwrap();
}

/// A child process, as its parent sees it.
pub(crate) struct Child {
    process: std::process::Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Child {
    /// Starts this very test again, to do the work and stand still at `step`.
    pub(crate) fn start(ground: &Ground, work: Work, step: Option<u64>) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", work.test(), "--nocapture"])
            .env(TEST, work.test())
            .env(ACCESS, serde_json::to_string(&ground.access()).unwrap())
            .stdout(Stdio::piped());
        if let Some(step) = step {
            command.env(STEP, step.to_string());
        }
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines }
    }

    /// The rest of the first line that begins so.
    fn line(&mut self, beginning: &str) -> String {
        let found = self.lines.find_map(|line| {
            let line = line.unwrap();
            line.strip_prefix(beginning).map(str::to_owned)
        });
        found.unwrap_or_else(|| panic!("the child ended without `{beginning}`"))
    }

    pub(crate) fn wait_until_ready(&mut self) {
        self.line("ready");
    }

    /// Lets it come to its end; answers how many steps it took.
    pub(crate) fn finish(mut self) -> u64 {
        let steps = self.line("steps ").parse().unwrap();
        assert!(self.process.wait().unwrap().success());
        steps
    }

    /// Kills it where it stands still; answers where that was.
    pub(crate) fn kill_at_step(mut self) -> String {
        let place = self.line("at ");
        self.kill();
        place
    }

    /// Kills it after a while.
    pub(crate) fn kill_after(mut self, moment: Duration) {
        std::thread::sleep(moment);
        assert!(
            self.process.try_wait().unwrap().is_none(),
            "it works for ever"
        );
        self.kill();
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
