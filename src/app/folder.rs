//! The files of a folder that is brought as one: what a drop on the window and `otp import` take.

use std::path::{Path, PathBuf};

use crate::error::{Exit, Explain};
use crate::store::StoreError;
use crate::text;
use crate::text::Text;

/// The most files of one folder.
const MOST_FILES: usize = 1_000;

/// What lies in a folder, hidden files and folders left out.
#[derive(Debug, PartialEq)]
pub struct Inside {
    /// The files, by name: one at least.
    pub files: Vec<PathBuf>,
    /// What to say of the folders in it, which are not looked at; nothing where there are none.
    pub left: Option<Text>,
}

/// Why nothing of a folder is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderError {
    /// The disk said no.
    Disk(StoreError),
    /// There is no file in it.
    Empty {
        /// Its name.
        folder: String,
    },
    /// It has more files than anybody has exports.
    Full {
        /// Its name.
        folder: String,
    },
}

impl Explain for FolderError {
    fn text(&self) -> Text {
        match self {
            Self::Disk(error) => error.text(),
            Self::Empty { folder } => text!("import-empty-folder", folder = folder.as_str()),
            Self::Full { folder } => text!("import-full-folder", folder = folder.as_str(), most = MOST_FILES),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Disk(error) => error.hint(),
            Self::Empty { .. } => Some(text!("import-hint-nothing")),
            Self::Full { .. } => Some(text!("import-hint-split")),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Disk(error) => error.exit(),
            Self::Empty { .. } => Exit::NotFound,
            Self::Full { .. } => Exit::BadInput,
        }
    }
}

crate::explained!(FolderError);

/// Looks into `folder`.
///
/// # Errors
/// See [`FolderError`].
pub fn inside(folder: &Path) -> Result<Inside, FolderError> {
    let entries = std::fs::read_dir(folder).map_err(|error| FolderError::Disk(StoreError::disk(folder, &error)))?;
    let (mut files, mut folders) = (Vec::new(), 0_usize);
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if name(&path).starts_with('.') {
            continue;
        }
        folders += usize::from(path.is_dir());
        if path.is_file() {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err(FolderError::Full { folder: name(folder) });
        }
    }
    if files.is_empty() {
        return Err(FolderError::Empty { folder: name(folder) });
    }
    files.sort();
    let left = (folders > 0).then(|| text!("import-remark-folders", folder = name(folder), count = folders));
    Ok(Inside { files, left })
}

/// The last part of `path`, to name it by.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_what_is_left_out_is_said() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("shots");
        std::fs::create_dir_all(folder.join("old")).unwrap();
        std::fs::create_dir_all(folder.join(".cache")).unwrap();
        assert_eq!(inside(&folder), Err(FolderError::Empty { folder: "shots".to_owned() }));
        for file in ["b.png", "a.png", ".hidden"] {
            std::fs::write(folder.join(file), "x").unwrap();
        }
        let left = Some(text!("import-remark-folders", folder = "shots", count = 1_usize));
        assert_eq!(inside(&folder), Ok(Inside { files: vec![folder.join("a.png"), folder.join("b.png")], left }));
        std::fs::remove_dir(folder.join("old")).unwrap();
        assert_eq!(inside(&folder).unwrap().left, None);
        for number in 0..MOST_FILES {
            std::fs::write(folder.join(format!("{number}.txt")), "x").unwrap();
        }
        assert_eq!(inside(&folder), Err(FolderError::Full { folder: "shots".to_owned() }));
        assert!(matches!(inside(&home.path().join("gone")), Err(FolderError::Disk(_))));
    }
}
