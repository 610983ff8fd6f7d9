//! A made-up world: weeks of it in a moment, and nothing but the plan's own decisions.

use desk_model::RunResult;

use super::*;
use crate::{pause::is_of_one_list, report::ShopSummary};

pub(super) const START: UnixSeconds = UnixSeconds(1_790_000_000);
pub(super) const LOOK: i64 = 5;
pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 3_600;

pub(super) fn shop(number: usize) -> ShopId {
    ShopId::new(format!("us:{number}"))
}

pub(super) fn everything() -> BTreeSet<Resource> {
    BTreeSet::from(Resource::ALL)
}

pub(super) fn failure(code: ErrorCode) -> Failure {
    Failure {
        code,
        message: "made up".to_owned(),
        platform_code: None,
        request_id: None,
        clock_ahead_seconds: None,
    }
}

/// A computer that looks at its plan every few seconds and does at once what it says.
pub(super) struct World {
    pub(super) plan: Plan,
    pub(super) now: UnixSeconds,
    /// What is wrong with a shop's platform.
    pub(super) broken: BTreeMap<ShopId, ErrorCode>,
    /// What is wrong with a resource of every shop.
    pub(super) refused: BTreeMap<Resource, ErrorCode>,
    /// What is wrong with all of them.
    pub(super) away: Option<ErrorCode>,
    pub(super) runs: Vec<(UnixSeconds, ShopId)>,
    /// What of its shop each of the runs read.
    pub(super) read: Vec<BTreeSet<Resource>>,
    pub(super) probes: Vec<UnixSeconds>,
    pub(super) others: Vec<(UnixSeconds, Step)>,
}

impl World {
    pub(super) fn new(shops: usize, interval_minutes: u32) -> Self {
        let mut plan = Plan::new(7);
        plan.set_schedule(Schedule {
            enabled: true,
            intervals: Intervals::all(interval_minutes),
        });
        for number in 0..shops {
            plan.add(shop(number), BTreeMap::new());
        }
        plan.keep(
            &(0..shops)
                .map(|number| (shop(number), everything()))
                .collect(),
        );
        Self {
            plan,
            now: START,
            broken: BTreeMap::new(),
            refused: BTreeMap::new(),
            away: None,
            runs: Vec::new(),
            read: Vec::new(),
            probes: Vec::new(),
            others: Vec::new(),
        }
    }

    pub(super) fn live(&mut self, seconds: i64) {
        let end = self.now + seconds;
        while self.now < end {
            self.look();
            self.now = self.now + LOOK;
        }
    }

    fn look(&mut self) {
        self.plan.look(self.now);
        for step in self.plan.next(self.now) {
            self.plan.begin(&step, self.now);
            match &step {
                Step::Sync(shop, resources) => {
                    self.runs.push((self.now, shop.clone()));
                    self.read.push(resources.clone());
                    let refused = resources.iter().find_map(|own| self.refused.get(own));
                    let wrong = self.wrong_with(shop).or(refused.copied());
                    self.end(shop, resources, wrong);
                }
                Step::Probe(_, shop) => {
                    self.probes.push(self.now);
                    let wrong = shop.as_ref().and_then(|shop| self.wrong_with(shop));
                    let result = wrong.map_or(Ok(()), |code| Err(failure(code)));
                    self.plan.probed(shop.as_ref(), result, self.now);
                }
                _ => self.others.push((self.now, step.clone())),
            }
            self.plan.done(&step);
        }
    }

    fn wrong_with(&self, shop: &ShopId) -> Option<ErrorCode> {
        self.away.or_else(|| self.broken.get(shop).copied())
    }

    /// What a run reads before it breaks off, and what is not to be read.
    fn settled(&self, resources: &BTreeSet<Resource>, wrong: ErrorCode) -> BTreeSet<Resource> {
        let goes_on = wrong == ErrorCode::ScopeMissing || is_of_one_list(wrong);
        let is_refused = |own: &&Resource| self.refused.contains_key(*own);
        match (self.refused.is_empty(), goes_on) {
            (true, _) => BTreeSet::new(),
            (false, false) => resources
                .iter()
                .take_while(|own| !is_refused(own))
                .copied()
                .collect(),
            (false, true) => resources
                .iter()
                .filter(|own| wrong == ErrorCode::ScopeMissing || !is_refused(own))
                .copied()
                .collect(),
        }
    }

    pub(super) fn end(
        &mut self,
        shop: &ShopId,
        resources: &BTreeSet<Resource>,
        wrong: Option<ErrorCode>,
    ) {
        let summary = ShopSummary {
            shop_id: shop.clone(),
            result: match wrong {
                None => RunResult::Complete,
                Some(ErrorCode::Canceled) => RunResult::Canceled,
                Some(_) => RunResult::Failed,
            },
            resources: BTreeMap::new(),
            error: wrong.map(failure),
            settled: wrong.map_or_else(|| resources.clone(), |code| self.settled(resources, code)),
        };
        self.plan.ended(&summary, resources, self.now);
    }

    /// A sync of everything by hand.
    pub(super) fn end_by_hand(&mut self, shop: &ShopId, wrong: Option<ErrorCode>) {
        self.end(shop, &everything(), wrong);
    }

    /// The runs since the last call.
    pub(super) fn take_runs(&mut self) -> Vec<(UnixSeconds, ShopId)> {
        std::mem::take(&mut self.runs)
    }

    /// When a shop ran since the last call, in seconds after `since`.
    pub(super) fn starts(&mut self, number: usize, since: UnixSeconds) -> Vec<i64> {
        let runs = self.take_runs().into_iter();
        let own = runs.filter(|(_, name)| *name == shop(number));
        own.map(|(at, _)| at - since).collect()
    }
}
