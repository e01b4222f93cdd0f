//! Where a file lies, as far as that matters for a secret in it: in a folder that a service copies
//! to other computers, or in the system's trash.

use std::path::Path;

/// Folder names and the service that copies what is in them.
const SYNCED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("マイドライブ", "Google Drive"),
    ("com~apple~clouddocs", "iCloud"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("icloud photos", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("mega", "MEGA"),
    ("box sync", "Box"),
    ("pcloud drive", "pCloud"),
    ("syncthing", "Syncthing"),
];

/// Folder names of the trash on Linux, macOS and Windows.
const TRASH: &[&str] = &[".trash", "trash", "$recycle.bin", "recycler"];

/// The service that copies the folder in which `file` lies.
pub fn synced(file: &Path) -> Option<&'static str> {
    folders(file).into_iter().find_map(|folder| {
        // Company accounts add their name: `OneDrive - Example`.
        let fits = |name: &str| folder == name || folder.strip_prefix(name).is_some_and(|rest| rest.starts_with(" - "));
        SYNCED.iter().find(|(name, _)| fits(name)).map(|(_, service)| *service)
    })
}

/// Whether `file` lies in the trash.
pub fn in_trash(file: &Path) -> bool {
    folders(file).iter().any(|folder| TRASH.contains(&&**folder) || folder.starts_with(".trash-"))
}

/// The names of all folders above `file`, in lower case.
fn folders(file: &Path) -> Vec<String> {
    let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let above = whole.parent().map(Path::components).into_iter().flatten();
    above.map(|folder| folder.as_os_str().to_string_lossy().to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_leave_the_computer_are_named() {
        #[track_caller]
        fn case(path: &str, service: Option<&str>, trash: bool) {
            assert_eq!((synced(Path::new(path)), in_trash(Path::new(path))), (service, trash));
        }
        case("/home/taro/Pictures/qr.png", None, false);
        case("/home/taro/Dropbox/keys/a.json", Some("Dropbox"), false);
        case("/c/Users/taro/OneDrive - Example/画像/qr.png", Some("OneDrive"), false);
        case("/Users/t/Library/Mobile Documents/com~apple~CloudDocs/a.csv", Some("iCloud"), false);
        case("/home/taro/.local/share/Trash/files/qr.png", None, true);
        case("/media/usb/.Trash-1000/files/qr.png", None, true);
        case("/home/taro/megaphone/dropbox.txt", None, false);
    }
}
