//! A notification: what it is about, its words, and the list that a click opens.

use desk_model::ShopId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::words::Words;

/// Which notifications the seller wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct NoticeSwitches {
    /// Orders that a sync brought.
    pub new_orders: bool,
    /// Orders that must ship soon, or should have.
    pub deadlines: bool,
    /// Shops that could not be synced three times in a row.
    pub failures: bool,
    /// Authorizations that end.
    pub tokens: bool,
}

impl Default for NoticeSwitches {
    fn default() -> Self {
        Self {
            new_orders: true,
            deadlines: true,
            failures: true,
            tokens: true,
        }
    }
}

impl NoticeSwitches {
    /// Whether this one is wanted.
    pub(crate) fn allow(self, kind: NoticeKind) -> bool {
        match kind {
            NoticeKind::NewOrders => self.new_orders,
            NoticeKind::Deadline(_) => self.deadlines,
            NoticeKind::SyncFailing => self.failures,
            NoticeKind::TokenEnds(_) => self.tokens,
        }
    }
}

/// How pressing an order's deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Urgency {
    /// Less than a day.
    Day,
    /// Less than six hours.
    SixHours,
    /// It is over.
    Overdue,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoticeKind {
    /// Orders that a sync brought.
    NewOrders,
    /// Orders that are as pressing as this.
    Deadline(Urgency),
    /// Shops that could not be synced three times in a row.
    SyncFailing,
    /// Shops whose authorization ends within so many days; 0 = has ended.
    TokenEnds(u8),
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// Orders or shops.
    pub count: u64,
    /// The shop, if it is about one only.
    pub shop: Option<ShopId>,
}

/// A list that the window is to show, since the seller clicked on a notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ListWanted {
    /// Which one.
    pub list: WantedList,
    /// Only this shop's rows.
    pub shop: Option<ShopId>,
}

/// The lists that notifications are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WantedList {
    /// All orders, the newest first.
    NewOrders,
    /// Orders that must ship within a day, the most pressing first.
    DueSoon,
    /// Orders that should have shipped.
    Overdue,
    /// The sync log.
    SyncLog,
    /// The shops.
    Shops,
}

impl Notice {
    /// The list that a click opens.
    pub(crate) fn list(&self) -> ListWanted {
        ListWanted {
            list: match self.kind {
                NoticeKind::NewOrders => WantedList::NewOrders,
                NoticeKind::Deadline(Urgency::Overdue) => WantedList::Overdue,
                NoticeKind::Deadline(_) => WantedList::DueSoon,
                NoticeKind::SyncFailing => WantedList::SyncLog,
                NoticeKind::TokenEnds(_) => WantedList::Shops,
            },
            shop: self.shop.clone(),
        }
    }

    /// The headline.
    pub(crate) fn title(&self, words: &Words) -> String {
        let key = match self.kind {
            NoticeKind::NewOrders => "notice.new_orders",
            NoticeKind::Deadline(Urgency::Day) => "notice.due_in_a_day",
            NoticeKind::Deadline(Urgency::SixHours) => "notice.due_in_six_hours",
            NoticeKind::Deadline(Urgency::Overdue) => "notice.overdue",
            NoticeKind::SyncFailing => "notice.sync_failing",
            NoticeKind::TokenEnds(0) => "notice.tokens_ended",
            NoticeKind::TokenEnds(_) => "notice.tokens",
        };
        words.count(key, self.count)
    }

    /// The line below: which shop, and until when.
    pub(crate) fn body(&self, words: &Words, shop_name: Option<&str>) -> String {
        let whose = shop_name.map_or_else(|| words.get("notice.several_shops", &[]), str::to_owned);
        match self.kind {
            NoticeKind::TokenEnds(days) if days > 0 => {
                let within = words.count("notice.token_days", u64::from(days));
                format!("{whose} · {within}")
            }
            _ => whose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Language;

    fn every_kind() -> Vec<NoticeKind> {
        let urgencies = [Urgency::Day, Urgency::SixHours, Urgency::Overdue];
        let tokens = [0, 1, 3].map(NoticeKind::TokenEnds);
        [NoticeKind::NewOrders, NoticeKind::SyncFailing]
            .into_iter()
            .chain(urgencies.map(NoticeKind::Deadline))
            .chain(tokens)
            .collect()
    }

    #[test]
    fn every_notification_has_words_in_both_languages() {
        for language in [Language::English, Language::Chinese] {
            let words = Words::of(language);
            for kind in every_kind() {
                for count in [1, 2] {
                    let notice = Notice {
                        kind,
                        count,
                        shop: None,
                    };
                    let text = notice.title(&words) + &notice.body(&words, None);
                    assert!(
                        !text.contains("notice.") && !text.contains("{{"),
                        "{language:?} {kind:?}: {text}"
                    );
                    assert!(notice.title(&words).contains(&count.to_string()), "{text}");
                }
            }
        }
    }

    #[test]
    fn one_is_singular_and_the_shop_is_named() {
        let notice = Notice {
            kind: NoticeKind::TokenEnds(1),
            count: 1,
            shop: Some(ShopId::new("us:1")),
        };
        let words = Words::of(Language::English);
        assert_eq!(notice.title(&words), "1 shop must be authorized again");
        assert_eq!(
            notice.body(&words, Some("North")),
            "North · Authorization ends within 1 day"
        );
        let words = Words::of(Language::Chinese);
        assert_eq!(notice.title(&words), "1 个店铺需要重新授权");
    }
}
