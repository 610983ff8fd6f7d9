//! Columns by their words.

use desk_model::Resource;

use crate::{ActivityColumn, Error, OrderColumn, ProductColumn, cell::Kind, wording::Wording};

/// What the columns of every resource have in common.
pub(crate) trait Column: Copy + 'static {
    const RESOURCE: Resource;
    /// Every column, in its natural order.
    const ALL: &'static [Self];
    /// The columns of an export that names none.
    const USUAL: &'static [Self];

    /// The word used in JSON, on the command line, and as the catalogue's key.
    fn word(self) -> &'static str;

    /// What its cells hold.
    fn kind(self) -> Kind;
}

/// Declares a resource's columns: name, word and kind of each.
macro_rules! columns {
    (
        $(#[$about:meta])* $name:ident of $resource:ident,
        usual: [$($usual:ident),* $(,)?],
        $($(#[$documentation:meta])* $column:ident = $word:literal: $kind:ident;)*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name {
            $($(#[$documentation])* #[serde(rename = $word)] $column,)*
        }

        impl $crate::column::Column for $name {
            const RESOURCE: desk_model::Resource = desk_model::Resource::$resource;
            const ALL: &'static [Self] = &[$(Self::$column),*];
            const USUAL: &'static [Self] = &[$(Self::$usual),*];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$column => $word,)*
                }
            }

            fn kind(self) -> $crate::cell::Kind {
                match self {
                    $(Self::$column => $crate::cell::Kind::$kind,)*
                }
            }
        }
    };
}
pub(crate) use columns;

/// The columns of an export, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Of orders.
    Orders(Vec<OrderColumn>),
    /// Of products.
    Products(Vec<ProductColumn>),
    /// Of activities.
    Activities(Vec<ActivityColumn>),
}

/// A column's header and what is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) text: String,
    pub(crate) kind: Kind,
}

impl Columns {
    /// The columns with these words; without any, the usual ones. A word twice is a column once.
    pub fn parse(resource: Resource, words: &[String]) -> Result<Self, Error> {
        Ok(match resource {
            Resource::Orders => Self::Orders(parse(words)?),
            Resource::Products => Self::Products(parse(words)?),
            Resource::Activities => Self::Activities(parse(words)?),
        })
    }

    /// The words of all columns that a resource has, in their natural order.
    pub fn words(resource: Resource) -> Vec<&'static str> {
        match resource {
            Resource::Orders => words(OrderColumn::ALL),
            Resource::Products => words(ProductColumn::ALL),
            Resource::Activities => words(ActivityColumn::ALL),
        }
    }

    /// What the rows are.
    pub fn resource(&self) -> Resource {
        match self {
            Self::Orders(_) => Resource::Orders,
            Self::Products(_) => Resource::Products,
            Self::Activities(_) => Resource::Activities,
        }
    }

    pub(crate) fn headers(&self, wording: &Wording, by_line: bool) -> Vec<Header> {
        match self {
            Self::Orders(columns) => headers(columns, wording)
                .zip(columns)
                .map(|(header, column)| match column {
                    OrderColumn::Amount if by_line => Header {
                        text: wording.on_first_line(&header.text),
                        ..header
                    },
                    _ => header,
                })
                .collect(),
            Self::Products(columns) => headers(columns, wording).collect(),
            Self::Activities(columns) => headers(columns, wording).collect(),
        }
    }
}

fn parse<C: Column + PartialEq>(words: &[String]) -> Result<Vec<C>, Error> {
    if words.is_empty() {
        return Ok(C::USUAL.to_vec());
    }
    let mut columns = Vec::with_capacity(words.len());
    for word in words {
        let known = C::ALL.iter().find(|column| column.word() == word);
        let column = *known.ok_or_else(|| Error::UnknownColumn {
            resource: C::RESOURCE.as_str(),
            word: word.clone(),
        })?;
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    Ok(columns)
}

fn words<C: Column>(columns: &[C]) -> Vec<&'static str> {
    columns.iter().map(|column| column.word()).collect()
}

fn headers<C: Column>(columns: &[C], wording: &Wording) -> impl Iterator<Item = Header> {
    columns.iter().map(|column| {
        let kind = column.kind();
        let text = wording.column(column.word());
        Header {
            text: if kind == Kind::Time {
                wording.in_zone(&text)
            } else {
                text
            },
            kind,
        }
    })
}
