//! The project's own files, for the tests that read them.
//!
//! What counts as code here: lines without comments, up to the unit tests at the end of a file.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub(crate) struct Source {
    /// Its path inside the project, with `/`.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

impl Source {
    /// The text with its comments and its unit tests taken out; the lines keep their numbers.
    pub(crate) fn code(&self) -> String {
        if self.path.ends_with("/tests.rs") {
            return String::new();
        }
        let end = self.text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let lines = self.text[..end].lines();
        lines.map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n")
    }
}

/// The file at `path` inside the project.
pub(crate) fn file(path: &str) -> Source {
    let text = fs::read_to_string(root().join(path));
    let text = text.unwrap_or_else(|error| unreadable(path, &error)).replace("\r\n", "\n");
    Source { path: path.to_owned(), text }
}

/// Every file below `folder` whose name ends in `.extension`, sorted.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), extension, &mut found);
    found.sort();
    let inside = |path: PathBuf| path.strip_prefix(root()).expect("below the root").to_owned();
    found.into_iter().map(|path| file(&inside(path).to_string_lossy().replace('\\', "/"))).collect()
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| unreadable(&folder.to_string_lossy(), &error));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[expect(clippy::panic, reason = "a test cannot go on without the file")]
fn unreadable(path: &str, error: &std::io::Error) -> ! {
    panic!("{path}: {error}")
}
