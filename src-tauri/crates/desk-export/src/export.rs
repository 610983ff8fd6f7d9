//! An export from its first row to the file in its place.

use std::{io::Write, path::PathBuf};

use desk_model::{Activity, Order, Product, Resource, UnixSeconds};

use crate::{
    Columns, Error, ExportFormat, Stop, Target, Wording, activities,
    cell::Cell,
    csv_sheet::CsvSheet,
    orders::{self, Part},
    output::Output,
    products,
    target::Draft,
    xlsx_sheet::XlsxSheet,
};

/// A batch of rows.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    /// Orders with their lines.
    Orders(&'a [Order]),
    /// Products with their SKUs.
    Products(&'a [Product]),
    /// Activities with the shop's products in them.
    Activities(&'a [Activity]),
}

/// What the file shows and how.
pub struct Table {
    /// Its columns.
    pub columns: Columns,
    /// Language, zone, names of shops.
    pub wording: Wording,
    /// Orders: a row for each line instead of one for each order.
    pub by_line: bool,
}

/// An export under way. Dropped before its end, it leaves nothing.
pub struct Export {
    table: Table,
    sheet: Sheet,
    draft: Option<Draft>,
    stop: Stop,
    rows: u64,
}

enum Sheet {
    Csv(Box<CsvSheet>),
    Xlsx(Box<XlsxSheet>),
}

impl Export {
    /// Begins a file beside its place. `now` tells which files in the folder were left by exports that were killed.
    pub fn to_file(
        target: Target,
        format: ExportFormat,
        table: Table,
        stop: Stop,
        now: UnixSeconds,
    ) -> Result<Self, Error> {
        let draft = target.begin(now)?;
        let output = Output::new(Box::new(draft.writer()?), stop.clone());
        let headers = table.columns.headers(&table.wording, table.by_line);
        let sheet = match format {
            ExportFormat::Csv => Sheet::Csv(Box::new(CsvSheet::begin(output, &headers)?)),
            ExportFormat::Xlsx => {
                let name = table.wording.sheet(table.columns.resource().as_str());
                let sheet = XlsxSheet::begin(output, draft.folder(), name, headers)?;
                Sheet::Xlsx(Box::new(sheet))
            }
        };
        Ok(Self {
            table,
            sheet,
            draft: Some(draft),
            stop,
            rows: 0,
        })
    }

    /// Writes CSV into a stream.
    pub fn to_stream(
        stream: impl Write + Send + 'static,
        table: Table,
        stop: Stop,
    ) -> Result<Self, Error> {
        let output = Output::new(Box::new(stream), stop.clone());
        let headers = table.columns.headers(&table.wording, table.by_line);
        Ok(Self {
            sheet: Sheet::Csv(Box::new(CsvSheet::begin(output, &headers)?)),
            table,
            draft: None,
            stop,
            rows: 0,
        })
    }

    /// Adds rows, which must be of the columns' resource.
    pub fn write(&mut self, rows: Rows<'_>) -> Result<(), Error> {
        let Self {
            table,
            sheet,
            stop,
            rows: written,
            ..
        } = self;
        let wording = &table.wording;
        let mut add = |cells: &mut dyn Iterator<Item = Cell<'_>>| {
            if stop.is_requested() {
                return Err(Error::Canceled);
            }
            *written += 1;
            match sheet {
                Sheet::Csv(sheet) => sheet.row(cells),
                Sheet::Xlsx(sheet) => sheet.row(cells),
            }
        };
        match (&table.columns, rows) {
            (Columns::Orders(columns), Rows::Orders(rows)) => {
                for order in rows {
                    for part in Part::all(order, table.by_line) {
                        let cell = |column| orders::cell(order, part, column, wording);
                        add(&mut columns.iter().copied().map(cell))?;
                    }
                }
            }
            (Columns::Products(columns), Rows::Products(rows)) => {
                for product in rows {
                    let cell = |column| products::cell(product, column, wording);
                    add(&mut columns.iter().copied().map(cell))?;
                }
            }
            (Columns::Activities(columns), Rows::Activities(rows)) => {
                for activity in rows {
                    let cell = |column| activities::cell(activity, column, wording);
                    add(&mut columns.iter().copied().map(cell))?;
                }
            }
            (columns, rows) => return Err(mixed(columns, rows)),
        }
        Ok(())
    }

    /// Rows so far, the header not among them.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file and puts it in its place, which is the answer; a stream has none.
    pub fn finish(self) -> Result<Option<PathBuf>, Error> {
        match self.sheet {
            Sheet::Csv(sheet) => sheet.finish()?,
            Sheet::Xlsx(sheet) => sheet.finish()?,
        }
        self.draft.map(Draft::finish).transpose()
    }
}

fn mixed(columns: &Columns, rows: Rows<'_>) -> Error {
    let given = match rows {
        Rows::Orders(_) => Resource::Orders,
        Rows::Products(_) => Resource::Products,
        Rows::Activities(_) => Resource::Activities,
    };
    Error::Failed(format!(
        "{} among {}",
        given.as_str(),
        columns.resource().as_str()
    ))
}
