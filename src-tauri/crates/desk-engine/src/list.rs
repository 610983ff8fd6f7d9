//! Reads a list of the platform from its last page to its first, and believes it only when its pages add up (I8).
//!
//! Rows that leave meanwhile move later ones to lower positions, still ahead of a reader who comes from the end: a row may be read twice,
//! never missed. So one request is in flight per list, and a list that grew is read anew.

use desk_model::Page;
use desk_temu::PAGE_SIZE;
use fail::fail_point;

use crate::{
    error::Error,
    resource_run::ResourceRun,
    tally::{Fault, Tally, identities, pages_of},
};

/// How often a list that contradicts itself is read before the run stops.
const MOST_ROUNDS: u32 = 5;
/// In how many rounds a list must fall short before it counts as cut off.
const ROUNDS_OF_DOUBT: u32 = 2;
/// A platform that shows fewer rows of a list than this is not worth asking for shorter ones.
const LEAST_REACH: u64 = 20;

/// A list, and where its pages go.
pub(crate) trait List {
    /// What it holds.
    type Row;

    /// The run it is read in.
    fn run(&self) -> &ResourceRun;
    /// The row's id.
    fn id(row: &Self::Row) -> &str;
    /// Asks for a page, from 1.
    async fn fetch(&self, page: u64) -> Result<Page<Self::Row>, Error>;
    /// Commits a page, or compares it.
    async fn take(&mut self, page: &Page<Self::Row>, step: Step) -> Result<(), Error>;
}

/// What a page means for the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Rows that prove nothing: the list is not read in order, or will be read anew.
    Rows,
    /// Everything from here to the list's end is read.
    Open(Position),
    /// The list is read.
    Done,
}

/// How far a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// The page to be read next.
    pub(crate) next_page: u64,
    /// Rows in the list by the platform's word.
    pub(crate) total: u64,
}

/// How the reading of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was read whole.
    Complete { total: u64 },
    /// Only so many of its rows can be reached; a shorter list may be read whole.
    OutOfReach { reachable: u64 },
}

/// Reads the whole list, if it has at most `longest` rows; `resumed` is how far an earlier run came.
pub(crate) async fn read<L: List>(
    list: &mut L,
    longest: u64,
    mut resumed: Option<Position>,
) -> Result<Outcome, Error> {
    let mut doubts = 0;
    let mut round = 1;
    loop {
        let fault = match read_once(list, longest, resumed.take()).await? {
            Ok(total) => return Ok(Outcome::Complete { total }),
            Err(Fault::TooLong { reachable }) => return Ok(Outcome::OutOfReach { reachable }),
            Err(fault) => fault,
        };
        tracing::warn!(%fault, round, "a list contradicts itself");
        if let Some(reachable) = fault.reachable().filter(|rows| *rows >= LEAST_REACH) {
            doubts += 1;
            if doubts == ROUNDS_OF_DOUBT {
                return Ok(Outcome::OutOfReach { reachable });
            }
        }
        if round == MOST_ROUNDS {
            return Err(Error::InconsistentList(fault.to_string()));
        }
        round += 1;
    }
}

/// One round: page 1 for the total, then from the last page to page 1.
async fn read_once<L: List>(
    list: &mut L,
    longest: u64,
    resumed: Option<Position>,
) -> Result<Result<u64, Fault>, Error> {
    let mut turn = list.run().turn().await?;
    let mut only_page = None;
    let (last_page, total) = match resumed {
        // The page before is read again: it shows whether the seam holds.
        Some(position) => (position.next_page + 1, position.total),
        None => {
            let page = list.fetch(1).await?;
            if page.total > longest {
                return Ok(Err(Fault::TooLong { reachable: longest }));
            }
            let (pages, total) = (pages_of(page.total), page.total);
            only_page = (pages == 1).then_some(page);
            (pages, total)
        }
    };
    let mut tally = Tally::new(total);
    let order = reading_order(last_page);
    for (place, number) in order.iter().copied().enumerate() {
        let page = match only_page.take() {
            Some(page) => page,
            None => {
                drop(turn);
                turn = list.run().turn().await?;
                list.fetch(number).await?
            }
        };
        let rows = identities(&page, L::id);
        let mut verdict = tally.add(number, &page, &rows);
        if verdict.is_ok() && page.total == number * PAGE_SIZE {
            // A last page that is full may not be the last.
            let beyond = list.fetch(number + 1).await?;
            verdict = tally.add_beyond(number + 1, &identities(&beyond, L::id));
        }
        let step = match verdict {
            Err(_) => Step::Rows,
            Ok(()) if place + 1 == order.len() => Step::Done,
            Ok(()) => Step::Open(Position {
                next_page: number - 1,
                total: tally.total(),
            }),
        };
        list.take(&page, step).await?;
        if let Err(fault) = verdict {
            return Ok(Err(fault));
        }
    }
    drop(turn);
    Ok(Ok(tally.total()))
}

/// The pages in the order in which they are asked for.
fn reading_order(last_page: u64) -> Vec<u64> {
    fail_point!("forward-paging", |_| (1..=last_page).collect());
    let pages: Vec<u64> = (1..=last_page).rev().collect();
    // Requests that are under way together arrive in any order.
    fail_point!("parallel-pages", |_| {
        let groups = pages.chunks(4);
        groups
            .flat_map(|group| group.iter().rev().copied())
            .collect()
    });
    pages
}
