//! What goes wrong during one sync: the network, the platform, the tokens, the clocks, the lists, the seller's patience.

use std::sync::{Arc, Mutex};

use desk_engine::{Engine, ShopSummary};
use desk_model::{Dialect, ShopId, SyncTrigger};
use desk_sandbox::{Fault, FaultKind, PagingLie, PagingLieKind, Sandbox};
use desk_temu::TransportError;
use tokio::task::JoinHandle;

use super::{life::Life, random::Random};
use crate::virtual_clock::VirtualClock;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// So many requests see the platform change; a long maintenance must not make the world grow without end.
const BUSY_REQUESTS: u64 = 60;

/// Something that happens once, before a certain request.
#[derive(Clone, Copy, Debug)]
enum Incident {
    /// The access token ends.
    TokenExpires,
    /// All tokens are revoked.
    TokenRevoked,
    /// Somebody sets this computer's clock by so many seconds.
    ClockSet(i64),
    /// The computer sleeps.
    Sleep,
    /// The seller stops what is going on.
    Cancel,
    /// The seller asks for a sync.
    SyncNow,
}

/// The sync that came into other work, to be waited for.
pub(crate) type Intruder = Arc<Mutex<Option<JoinHandle<ShopSummary>>>>;

/// The troubles of one sync.
pub(crate) struct Trouble {
    random: Random,
    life: Option<Life>,
    engine: Engine,
    shop: ShopId,
    dialect: Dialect,
    /// How many requests of a hundred get no answer.
    lost: u64,
    incident: Option<(u64, Incident)>,
    requests: u64,
    intruder: Intruder,
}

impl Trouble {
    /// `life` goes on meanwhile, if there is one.
    pub(crate) fn new(
        mut random: Random,
        life: Option<Life>,
        engine: &Engine,
        shop: &ShopId,
        dialect: Dialect,
        intruder: Intruder,
    ) -> Self {
        let lost = random.one_of(&[0, 0, 5, 10, 40]);
        let jump = random.seconds_below(2 * DAY.unsigned_abs()) - DAY;
        let incident = match random.below(16) {
            0 => Some(Incident::TokenExpires),
            1 => Some(Incident::TokenRevoked),
            2 => Some(Incident::ClockSet(jump)),
            3 => Some(Incident::ClockSet(
                -random.seconds_below(HOUR.unsigned_abs()),
            )),
            4 => Some(Incident::Sleep),
            5 | 6 => Some(Incident::Cancel),
            7..10 => Some(Incident::SyncNow),
            _ => None,
        };
        let at = random.below(40);
        Self {
            random,
            life,
            engine: engine.clone(),
            shop: shop.clone(),
            dialect,
            lost,
            incident: incident.map(|incident| (at, incident)),
            requests: 0,
            intruder,
        }
    }

    /// What happens before a request, and instead of its answer.
    pub(crate) fn strike(
        &mut self,
        sandbox: &Sandbox,
        clock: &VirtualClock,
    ) -> Option<TransportError> {
        if let Some(life) = self.life.as_mut().filter(|_| self.requests < BUSY_REQUESTS) {
            life.go_on(sandbox, clock);
        }
        if let Some((_, incident)) = self.incident.take_if(|(at, _)| *at == self.requests) {
            self.happen(incident, sandbox, clock);
        }
        self.requests += 1;
        let is_lost = self.random.chance(self.lost);
        is_lost.then(|| match self.random.below(3) {
            0 => TransportError::Timeout,
            1 => TransportError::Connect("no route".to_owned()),
            _ => TransportError::Interrupted("cut".to_owned()),
        })
    }

    fn happen(&self, incident: Incident, sandbox: &Sandbox, clock: &VirtualClock) {
        let (wire, remote_id) = (wire(self.dialect), self.shop.remote_id());
        match incident {
            Incident::TokenExpires => sandbox
                .expire_token(wire, remote_id, clock.true_seconds())
                .unwrap(),
            Incident::TokenRevoked => sandbox.revoke_token(wire, remote_id).unwrap(),
            Incident::ClockSet(seconds) => clock.set_ahead(seconds),
            Incident::Sleep => clock.advance(8 * HOUR),
            Incident::Cancel => self.engine.cancel_sync(&self.shop),
            Incident::SyncNow => {
                let (engine, shop) = (self.engine.clone(), self.shop.clone());
                let sync = async move { engine.sync_shop(&shop, SyncTrigger::Manual, None).await };
                *self.intruder.lock().unwrap() = Some(tokio::spawn(sync));
            }
        }
    }
}

/// The stand-in's name of a dialect.
pub(crate) fn wire(dialect: Dialect) -> desk_sandbox::Dialect {
    match dialect {
        Dialect::Guide => desk_sandbox::Dialect::Guide,
        Dialect::OpenPlatform => desk_sandbox::Dialect::OpenPlatform,
    }
}

/// A `Retry-After` that is believed for a day.
const ABSURD: &str = "9999999";

/// Whether one of the faults asks for the longest pause that is believed.
pub(crate) fn asks_for_a_day(faults: &[Fault]) -> bool {
    faults.iter().any(|fault| {
        matches!(&fault.kind, FaultKind::Status { retry_after: Some(asked), .. } if asked == ABSURD)
    })
}

/// How the platform itself fails during a sync.
pub(crate) fn faults(random: &mut Random, dialect: Dialect) -> Vec<Fault> {
    let busy = match dialect {
        Dialect::Guide => 5001,
        Dialect::OpenPlatform => 4_000_000,
    };
    let asked = [
        "1",
        "2",
        "30",
        "600",
        "0",
        "soon",
        ABSURD,
        "Sun, 06 Nov 1994 08:49:37 GMT",
    ];
    let retry_after = random.chance(70).then(|| random.one_of(&asked).to_owned());
    let status = |status, retry_after| FaultKind::Status {
        status,
        retry_after,
    };
    let (kind, most) = match random.below(7) {
        0 => (status(429, retry_after), 2),
        1 => (status(503, None), 2),
        2 => (FaultKind::BusinessError { code: busy }, 2),
        3 => (FaultKind::Malformed, 2),
        4 => (FaultKind::Empty, 2),
        5 => (FaultKind::AnswerLost, 2),
        // A storm: the run gives up.
        _ => (status(500, None), 40),
    };
    vec![Fault {
        kind,
        times: 1 + u32::try_from(random.below(most)).unwrap(),
        call: None,
    }]
}

/// How the platform's lists lie during a sync.
pub(crate) fn lies(random: &mut Random, dialect: Dialect) -> Vec<PagingLie> {
    let calls = match dialect {
        Dialect::Guide => ["order/list", "product/list", "activity/list"],
        Dialect::OpenPlatform => [
            "bg.order.list.v2.get",
            "bg.local.goods.list.query",
            "bg.promotion.activity.query",
        ],
    };
    let off_by = random.seconds_below(240) - 120;
    let page = 1 + random.seconds_below(4);
    let kind = match random.below(7) {
        0 | 1 => PagingLieKind::Total { off_by },
        2 => PagingLieKind::EmptyPage { page },
        3 => PagingLieKind::RepeatedPage { page: page + 1 },
        4 => PagingLieKind::EndlessLastPage,
        5 => PagingLieKind::PageCap { pages: page },
        _ => PagingLieKind::RowCap {
            rows: 50 + random.seconds_below(300),
        },
    };
    let times = if random.chance(50) {
        u32::MAX
    } else {
        1 + u32::try_from(random.below(3)).unwrap()
    };
    let call = random.chance(70).then(|| calls[0]);
    let call = call.unwrap_or_else(|| random.one_of(&calls));
    vec![PagingLie {
        kind,
        times,
        call: Some(call.to_owned()),
    }]
}
