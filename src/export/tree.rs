//! JSON trees on their way out: wiped when dropped, written without leaving copies.

use std::io::{self, Write};

use serde_json::Value;
use zeroize::Zeroizing;

use super::{Bytes, ExportError};

/// A tree with secrets in it.
pub(super) struct Tree(pub(super) Value);

impl Drop for Tree {
    fn drop(&mut self) {
        crate::import::wipe(&mut self.0);
    }
}

impl Tree {
    /// The tree as text, indented for people if `pretty`.
    pub(super) fn text(&self, pretty: bool) -> Result<Bytes, ExportError> {
        let mut size = Count(0);
        self.print(&mut size, pretty)?;
        // Large enough from the start, so that no half-written copy stays behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size.0 + 1));
        self.print(&mut *bytes, pretty)?;
        if pretty {
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    fn print(&self, out: impl Write, pretty: bool) -> Result<(), ExportError> {
        let written =
            if pretty { serde_json::to_writer_pretty(out, &self.0) } else { serde_json::to_writer(out, &self.0) };
        written.map_err(|_| ExportError::NotMade)
    }
}

/// Counts what is written.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
