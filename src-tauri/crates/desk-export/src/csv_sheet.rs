//! CSV: UTF-8 with a byte order mark, lines end with CR LF, and no cell that a spreadsheet would take for a formula.

use std::{borrow::Cow, io::Write};

use csv::{Terminator, WriterBuilder};

use crate::{
    Error,
    cell::{Cell, clean, time_text},
    column::Header,
    output::{Output, Reason},
};

/// Without it, spreadsheets read Chinese in the system's old encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a spreadsheet may take for the beginning of a formula.
const DANGEROUS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

pub(crate) struct CsvSheet {
    writer: csv::Writer<Output>,
    reason: Reason,
}

impl CsvSheet {
    pub(crate) fn begin(mut output: Output, headers: &[Header]) -> Result<Self, Error> {
        let reason = output.reason();
        output
            .write_all(BYTE_ORDER_MARK)
            .map_err(|error| reason.or(error))?;
        let writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(output);
        let mut sheet = Self { writer, reason };
        for header in headers {
            sheet.field(&guarded(&header.text))?;
        }
        sheet.end_row()?;
        Ok(sheet)
    }

    pub(crate) fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) -> Result<(), Error> {
        for cell in cells {
            match cell {
                Cell::Nothing => self.field(""),
                Cell::Text(text) => self.field(&guarded(&text)),
                Cell::Number(number) => self.field(&number.to_string()),
                Cell::Money(money) => self.field(&money.decimal()),
                Cell::Time(time) => self.field(&time_text(time)),
            }?;
        }
        self.end_row()
    }

    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|error| self.reason.or(error))
    }

    fn field(&mut self, text: &str) -> Result<(), Error> {
        self.writer
            .write_field(text)
            .map_err(|error| self.reason.or(error))
    }

    fn end_row(&mut self) -> Result<(), Error> {
        self.writer
            .write_record(None::<&[u8]>)
            .map_err(|error| self.reason.or(error))
    }
}

/// Text that stays text: an apostrophe goes before what would be computed. Our own numbers are not text.
fn guarded(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if text.starts_with(DANGEROUS) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}
