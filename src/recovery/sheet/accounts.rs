//! The recovery sheet: a block for each account, and on the first page how to keep and use it.

use crate::account::Account;
use crate::export::paper::Letters;
use crate::export::{Bytes, ExportError};
use crate::text;

use super::Job;
use super::block::block;
use super::flow::{BODY, Flow};

/// An account on the sheet.
#[derive(Debug)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// How its owner logs in; empty where that is not noted.
    pub login: String,
    /// Its official address; empty where that is not noted.
    pub url: String,
}

/// A recovery sheet.
pub struct Made {
    /// The PDF file.
    pub bytes: Bytes,
    /// On which page each account is, from 1.
    pub pages: Vec<u16>,
}

/// The recovery sheet of `accounts`, whose ids have `digest` ([`crate::recovery::digest`]).
///
/// # Errors
/// When the file cannot be put together.
pub fn accounts(accounts: &[Listed], digest: &str, job: &Job<'_>) -> Result<Made, ExportError> {
    let letters = Letters::load()?;
    let mut flow = Flow::new(job, &letters);
    introduce(&mut flow);
    let mut pages = Vec::with_capacity(accounts.len());
    for (listed, number) in accounts.iter().zip(1..) {
        block(listed, number, &mut flow)?;
        pages.push(flow.page());
    }
    let facts = text!("sheet-facts", date = job.date, count = accounts.len(), digest = digest);
    Ok(Made { bytes: flow.finish(&text!("sheet-title"), &facts)?, pages })
}

fn introduce(flow: &mut Flow<'_>) {
    flow.paragraph(&text!("sheet-what"), BODY, 0.0);
    flow.heading(&text!("sheet-keep-heading"));
    flow.paragraph(&text!("sheet-keep"), BODY, 0.0);
    flow.heading(&text!("sheet-use-heading"));
    let steps = [
        text!("sheet-use-app"),
        text!("sheet-use-scan"),
        text!("sheet-use-type"),
        text!("sheet-use-address"),
        text!("sheet-use-second"),
    ];
    flow.steps(1, steps);
    flow.heading(&text!("sheet-check-heading"));
    flow.paragraph(&text!("sheet-check-numbers"), BODY, 0.0);
    flow.y += 6.0;
}
