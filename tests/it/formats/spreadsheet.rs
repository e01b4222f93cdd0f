//! Spreadsheets as Excel and LibreOffice write them, in their least form.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Export, golden};
use crate::vectors::Vector;

const HEADINGS: &[&str] =
    &["取引所", "ログインID", "パスワード", "シークレットキー", "種類", "アルゴリズム", "桁数", "周期", "カウンタ"];

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let remarks = vec![
        "read as a table: key from “シークレットキー”; site from “取引所”; account from “ログインID”; \
         setting from “アルゴリズム”; setting from “桁数”; setting from “周期”; setting from “カウンタ”",
        "1 column of passwords is not read",
        "1 row without a key is left out",
    ];
    let export = |file, bytes| {
        let remarks = remarks.clone();
        Export { remarks, ..Export::new("spreadsheet", file, bytes, &accounts) }
    };
    vec![export("spreadsheet.ods", ods(&rows(&accounts))), export("spreadsheet.xlsx", xlsx(&rows(&accounts)))]
}

fn rows(accounts: &[Vector]) -> Vec<Vec<String>> {
    let mut rows = vec![HEADINGS.iter().map(|heading| (*heading).to_owned()).collect()];
    for vector in accounts {
        let (period, counter) = if vector.kind == "hotp" { ("", vector.moving) } else { ("30", 0) };
        let period = if vector.kind == "hotp" { period.to_owned() } else { vector.moving.to_string() };
        rows.push(vec![
            vector.issuer.clone(),
            vector.name.clone(),
            "hunter2".into(),
            vector.secret.clone(),
            vector.kind.clone(),
            vector.algorithm.clone(),
            vector.digits.to_string(),
            period,
            counter.to_string(),
        ]);
    }
    rows.push(vec!["ゆうちょ".into(), "taro".into(), "hunter2".into()]);
    rows
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*name, options.last_modified_time(zip::DateTime::default())).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let mut body = String::new();
    for row in rows {
        body += "<table:table-row>";
        for cell in row {
            body += &format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", escaped(cell));
        }
        body += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
    }
    body += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"1\">{body}</table:table></office:spreadsheet>\
         </office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// Two sheets: the first holds a cell in the last corner of all, the second the table.
fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut body = String::new();
    for (row, number) in rows.iter().zip(1..) {
        body += &format!("<row r=\"{number}\">");
        for (cell, column) in row.iter().zip('A'..) {
            let number_cell = number > 1 && column >= 'G' && !cell.is_empty();
            body += &if number_cell {
                format!("<c r=\"{column}{number}\"><v>{cell}</v></c>")
            } else {
                format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell))
            };
        }
        body += "</row>";
    }
    let sheet = |body: &str| format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{body}</sheetData></worksheet>");
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/>\
         <sheet name=\"b\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
    );
    let link =
        |id: u8| format!("<Relationship Id=\"r{id}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>");
    let links = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{}{}</Relationships>", link(1), link(2));
    let start = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r0\" Type=\"{LINKS}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("_rels/.rels", &start),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/worksheets/sheet1.xml", &sheet(far)),
        ("xl/worksheets/sheet2.xml", &sheet(&body)),
    ])
}
