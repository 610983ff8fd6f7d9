//! XLSX: typed cells, never a formula. Rows go to an unnamed file in the target's folder as they come, so memory stays the same.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use desk_model::Money;
use jiff::civil::DateTime;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::{
    Error,
    cell::{Cell, Kind, clean, time_text},
    column::Header,
    output::Output,
    wording::width,
};

/// Rows that a sheet can hold, its header among them.
const ROWS_PER_SHEET: u32 = 1_048_576;

/// Letters that a cell can hold, in UTF-16.
const LETTERS_PER_CELL: usize = 32_767;

/// Decimal digits that a cell's number keeps.
const EXACT: u64 = 1_000_000_000_000_000;

/// From so many rows on the file is packed in the large form, which some older programs cannot read.
const ROWS_OF_A_LARGE_FILE: u64 = 500_000;

/// Day 0 of a sheet's times.
const EPOCH: DateTime = DateTime::constant(1899, 12, 30, 0, 0, 0, 0);
const FIRST_YEAR: i16 = 1901;

pub(crate) struct XlsxSheet {
    workbook: Workbook,
    /// The sheet that is written now, counted from 0.
    sheet: usize,
    /// Its next row.
    next_row: u32,
    rows: u64,
    name: String,
    headers: Vec<Header>,
    rows_per_sheet: u32,
    money: [Format; 4],
    output: Output,
}

impl XlsxSheet {
    /// `folder` takes the rows until they are packed into `output`.
    pub(crate) fn begin(
        output: Output,
        folder: &Path,
        name: String,
        headers: Vec<Header>,
    ) -> Result<Self, Error> {
        Self::with_sheets_of(ROWS_PER_SHEET, output, folder, name, headers)
    }

    pub(crate) fn with_sheets_of(
        rows_per_sheet: u32,
        output: Output,
        folder: &Path,
        name: String,
        headers: Vec<Header>,
    ) -> Result<Self, Error> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(of_library)?;
        let mut sheet = Self {
            workbook,
            sheet: 0,
            next_row: 0,
            rows: 0,
            name,
            headers,
            rows_per_sheet,
            money: ["0", "0.0", "0.00", "0.000"].map(|digits| Format::new().set_num_format(digits)),
            output,
        };
        sheet.add_sheet()?;
        Ok(sheet)
    }

    pub(crate) fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) -> Result<(), Error> {
        if self.next_row == self.rows_per_sheet {
            self.end_sheet()?;
            self.sheet += 1;
            self.add_sheet()?;
        }
        let Self {
            workbook,
            sheet,
            next_row,
            money,
            ..
        } = self;
        guarded(|| {
            let sheet = workbook.worksheet_from_index(*sheet)?;
            for (column, cell) in (0..).zip(cells) {
                write(sheet, *next_row, column, cell, money)?;
            }
            Ok(())
        })?;
        self.next_row += 1;
        self.rows += 1;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.end_sheet()?;
        let reason = self.output.reason();
        let is_large = self.rows > ROWS_OF_A_LARGE_FILE;
        let Self {
            workbook, output, ..
        } = &mut self;
        workbook.use_zip_large_file(is_large);
        let packed = guarded(|| workbook.save_to_writer(&mut *output));
        packed.map_err(|error| match error {
            Error::Failed(told) => reason.or(told),
            known => known,
        })?;
        std::io::Write::flush(output).map_err(|error| reason.or(error))
    }

    /// A sheet with its header, which stays in sight.
    fn add_sheet(&mut self) -> Result<(), Error> {
        let name = match self.sheet {
            0 => self.name.clone(),
            further => format!("{} ({})", self.name, further + 1),
        };
        let (headers, workbook) = (&self.headers, &mut self.workbook);
        guarded(|| {
            let bold = Format::new().set_bold().set_align(FormatAlign::Top);
            let time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
            let sheet = workbook.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?.set_freeze_panes(1, 0)?;
            for (column, header) in (0..).zip(headers) {
                sheet.set_column_width(column, width(header.kind, &header.text))?;
                if header.kind == Kind::Time {
                    sheet.set_column_format(column, &time)?;
                }
                sheet.write_string_with_format(0, column, &header.text, &bold)?;
            }
            Ok(())
        })?;
        self.next_row = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), Error> {
        let last_row = self.next_row - 1;
        let columns = u16::try_from(self.headers.len()).unwrap_or(u16::MAX);
        let (workbook, sheet) = (&mut self.workbook, self.sheet);
        guarded(|| {
            let sheet = workbook.worksheet_from_index(sheet)?;
            sheet.autofilter(0, 0, last_row, columns.saturating_sub(1))?;
            Ok(())
        })
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: Cell<'_>,
    money: &[Format; 4],
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, fitting(&clean(&text)))?;
        }
        Cell::Number(number) if number.unsigned_abs() < EXACT => {
            sheet.write_number(row, column, number as f64)?;
        }
        Cell::Number(number) => {
            sheet.write_string(row, column, number.to_string())?;
        }
        Cell::Money(amount) => write_money(sheet, row, column, amount, money)?,
        Cell::Time(time) => {
            match days(time) {
                Some(days) => sheet.write_number(row, column, days)?,
                None => sheet.write_string(row, column, time_text(time))?,
            };
        }
    }
    Ok(())
}

/// A number with the currency's decimals; an amount that a cell's number would round stays text.
fn write_money(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    amount: &Money,
    formats: &[Format; 4],
) -> Result<(), XlsxError> {
    let exponent = amount.currency.exponent();
    match formats.get(exponent as usize) {
        Some(format) if amount.minor.unsigned_abs() < EXACT => {
            let number = amount.minor as f64 / 10_f64.powi(exponent as i32);
            sheet.write_number_with_format(row, column, number, format)?
        }
        _ => sheet.write_string(row, column, amount.decimal())?,
    };
    Ok(())
}

/// A time as a sheet counts it; what lies before its calendar has no number.
fn days(time: DateTime) -> Option<f64> {
    let seconds = time.duration_since(EPOCH).as_secs();
    (time.year() >= FIRST_YEAR).then(|| seconds as f64 / 86_400.0)
}

/// The text, or as much of it as a cell holds.
fn fitting(text: &str) -> String {
    // No letter takes more bytes than three times its length in UTF-16.
    if text.len() <= LETTERS_PER_CELL {
        return text.to_owned();
    }
    let mut room = LETTERS_PER_CELL - 1;
    let end = text.char_indices().find(|(_, letter)| {
        let fits = letter.len_utf16() <= room;
        room = room.saturating_sub(letter.len_utf16());
        !fits
    });
    match end {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The library panics where its file of rows cannot be written, and names the system's error.
fn guarded<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(of_library),
        Err(panic) => Err(of_panic(panic.as_ref())),
    }
}

fn of_panic(panic: &(dyn Any + Send)) -> Error {
    let told = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("the workbook's writer gave up");
    let is_full = ["StorageFull", "QuotaExceeded", "FileTooLarge"]
        .iter()
        .any(|kind| told.contains(kind));
    if is_full {
        Error::DiskFull
    } else {
        Error::Failed(told.to_owned())
    }
}

fn of_library(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error.into(),
        other => Error::Failed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Reader, Xlsx, open_workbook};

    use super::*;
    use crate::Stop;

    #[test]
    fn what_one_sheet_does_not_hold_goes_on_in_the_next_below_a_header_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let output = Output::new(
            Box::new(std::fs::File::create(&path).unwrap()),
            Stop::default(),
        );
        let headers = vec![Header {
            text: "number".to_owned(),
            kind: Kind::Number,
        }];
        let name = "Orders".to_owned();
        let mut sheet = XlsxSheet::with_sheets_of(4, output, folder.path(), name, headers).unwrap();
        for number in 1..=7 {
            sheet.row([Cell::Number(number)].into_iter()).unwrap();
        }
        sheet.finish().unwrap();
        let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
        let sheets: Vec<(String, Vec<String>)> = workbook
            .worksheets()
            .into_iter()
            .map(|(name, range)| (name, range.rows().map(|row| row[0].to_string()).collect()))
            .collect();
        let expected = [
            ("Orders", ["number", "1", "2", "3"].as_slice()),
            ("Orders (2)", &["number", "4", "5", "6"]),
            ("Orders (3)", &["number", "7"]),
        ];
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(name, rows)| {
                let rows = rows.iter().map(|&row| row.to_owned()).collect();
                ((*name).to_owned(), rows)
            })
            .collect();
        assert_eq!(sheets, expected);
    }
}
