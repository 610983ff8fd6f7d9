//! Products and their SKUs.

use super::catalogue::{CATEGORIES, COLOURS, HOSTILE_NAMES, PRODUCT_NAMES, SIZES, long_name};
use super::shop::Shop;
use crate::random::Random;

const DAY: i64 = 86_400;

/// The shelf a product is on. The guide tells active and inactive apart, the open platform's list does not (§4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bucket {
    Active,
    Inactive,
    Incomplete,
    Draft,
    Deleted,
}

impl Bucket {
    const ALL: [Self; 5] = [
        Self::Active,
        Self::Inactive,
        Self::Incomplete,
        Self::Draft,
        Self::Deleted,
    ];

    /// The guide's status.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::Incomplete => "INCOMPLETE",
            Self::Draft => "DRAFT",
            Self::Deleted => "DELETED",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.name() == name)
    }

    /// The open platform's `goodsSearchType`: 1 on or off shelf, 4 incomplete, 5 draft, 6 deleted.
    pub(crate) fn search_type(self) -> i64 {
        match self {
            Self::Active | Self::Inactive => 1,
            Self::Incomplete => 4,
            Self::Draft => 5,
            Self::Deleted => 6,
        }
    }

    fn sub_statuses(self) -> &'static [i64] {
        match self {
            Self::Active => &[2001, 2001, 2001, 2002, 2005, 2006, 2101],
            Self::Inactive => &[3001, 3002, 3003, 3004],
            Self::Incomplete => &[4001, 4002, 4003, 4004],
            Self::Draft => &[5001],
            Self::Deleted => &[6001, 6002],
        }
    }
}

/// One product.
#[derive(Clone)]
pub(crate) struct Product {
    /// `goodsId`, 15 digits.
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) article: String,
    pub(crate) bucket: Bucket,
    /// One of the 2001… codes.
    pub(crate) sub_status: i64,
    pub(crate) category: &'static str,
    pub(crate) category_id: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    /// Never empty.
    pub(crate) skus: Vec<Sku>,
    /// False once it was removed.
    pub(crate) listed: bool,
}

/// One variant of a product.
#[derive(Clone)]
pub(crate) struct Sku {
    /// `skuId`, 14 digits.
    pub(crate) id: i64,
    pub(crate) ext_code: String,
    pub(crate) spec: String,
    /// Shelf price in minor units.
    pub(crate) price: i64,
    pub(crate) stock: i64,
}

impl Product {
    /// Moves to a shelf; the sub-status becomes the first of that shelf.
    pub(crate) fn put(&mut self, bucket: Bucket) {
        self.bucket = bucket;
        self.sub_status = bucket.sub_statuses()[0];
    }
}

/// A shop's products: every fifth or so off the shelf, incomplete, a draft or deleted.
pub(super) fn new_products(shop: &Shop, seed: u64, count: usize, started_at: i64) -> Vec<Product> {
    (0..count)
        .map(|index| new_product(shop, seed, index, started_at))
        .collect()
}

/// A product that is put on the shelf at `now`, after the history.
pub(super) fn arriving_product(shop: &Shop, seed: u64, index: usize, now: i64) -> Product {
    let mut product = Product {
        created_at: now,
        updated_at: now,
        ..new_product(shop, seed, index, now)
    };
    product.put(Bucket::Active);
    product
}

fn new_product(shop: &Shop, seed: u64, index: usize, started_at: i64) -> Product {
    let mut random = Random::new(&[seed, shop.index as u64, 1, index as u64]);
    let bucket = match index % 12 {
        3 => Bucket::Inactive,
        6 => Bucket::Incomplete,
        9 => Bucket::Draft,
        11 => Bucket::Deleted,
        _ => Bucket::Active,
    };
    let number = (shop.index * 1_000_000 + index) as i64;
    let created_at = started_at - random.between(30 * DAY, 700 * DAY);
    let updated_at = created_at + random.between(0, started_at - created_at);
    let article = article(index);
    let category = random.between(0, CATEGORIES.len() as i64 - 1);
    Product {
        id: 601_000_000_000_001 + number,
        name: name(index),
        bucket,
        sub_status: *random.pick(bucket.sub_statuses()),
        category: CATEGORIES[category as usize],
        category_id: 10_001 + category,
        created_at,
        updated_at,
        skus: new_skus(shop, &mut random, number, &article),
        article,
        listed: true,
    }
}

fn name(index: usize) -> String {
    let hostile = index / 7;
    match index {
        20 => long_name(),
        _ if index % 7 == 4 && hostile < HOSTILE_NAMES.len() => HOSTILE_NAMES[hostile].to_owned(),
        _ if index < PRODUCT_NAMES.len() => PRODUCT_NAMES[index].to_owned(),
        _ => format!(
            "{} #{}",
            PRODUCT_NAMES[index % PRODUCT_NAMES.len()],
            index / PRODUCT_NAMES.len() + 1
        ),
    }
}

fn article(index: usize) -> String {
    if index == 5 {
        "=1+1".to_owned()
    } else {
        format!("ART-{:04}", index + 1)
    }
}

fn new_skus(shop: &Shop, random: &mut Random, number: i64, article: &str) -> Vec<Sku> {
    let count = random.between(1, 4);
    let dollars = random.between(299, 5_999);
    (0..count)
        .map(|position| {
            let colour = COLOURS[((number + position) % COLOURS.len() as i64) as usize];
            let size = random.pick(SIZES);
            Sku {
                id: 17_590_000_000_001 + number * 10 + position,
                ext_code: format!("{article}-{}", position + 1),
                spec: format!("{colour} / {size}"),
                price: ((dollars + 150 * position) * shop.price_percent / 100).max(1),
                stock: if random.chance(15) {
                    0
                } else {
                    random.between(1, 500)
                },
            }
        })
        .collect()
}
