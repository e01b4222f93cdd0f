//! Where a file lies, as far as that matters for a secret in it: in a folder that a service copies
//! to other computers, in one that a phone or a chat fills, or in the system's trash.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use crate::store::StoreError;
use crate::text;
use crate::text::Text;

/// Folder names and the service that copies what is in them.
const SYNCED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("google ドライブ", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("マイドライブ", "Google Drive"),
    ("shared drives", "Google Drive"),
    ("共有ドライブ", "Google Drive"),
    ("com~apple~clouddocs", "iCloud"),
    ("icloud drive", "iCloud"),
    ("icloud ドライブ", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("icloud photos", "iCloud"),
    ("icloud 写真", "iCloud"),
    ("icloud写真", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("mega", "MEGA"),
    ("box", "Box"),
    ("box sync", "Box"),
    ("pcloud drive", "pCloud"),
    ("pclouddrive", "pCloud"),
    ("proton drive", "Proton Drive"),
    ("synologydrive", "Synology Drive"),
    ("seafile", "Seafile"),
    ("syncthing", "Syncthing"),
];

/// Folder names of phones, and of what brings their pictures here.
const PHONE: &[&str] = &[
    "dcim",
    "camera roll",
    "camera uploads",
    "カメラ ロール",
    "カメラロール",
    "カメラ アップロード",
    "カメラアップロード",
    "phone link",
    "スマートフォン連携",
    "instantupload",
    "google photos",
    "google フォト",
    "kdeconnect",
    "kde connect",
];

/// Folder names and the app whose conversations they hold files of.
const CHATS: &[(&str, &str)] = &[
    ("line", "LINE"),
    ("whatsapp", "WhatsApp"),
    ("whatsapp images", "WhatsApp"),
    ("telegram desktop", "Telegram"),
    ("wechat files", "WeChat"),
    ("kakaotalk downloads", "KakaoTalk"),
];

/// Folder names of the trash on Linux, macOS and Windows.
const TRASH: &[&str] = &[".trash", "trash", "$recycle.bin", "recycler"];

/// The service that copies the folder in which `file` lies.
pub fn synced(file: &Path) -> Option<&'static str> {
    let folders = folders(file);
    let above = std::iter::once("").chain(folders.iter().map(String::as_str));
    folders.iter().zip(above).find_map(|(folder, above)| {
        // Company accounts add their name: `OneDrive - Example`, `Dropbox (Example)`; macOS adds it to
        // everything in one folder: `CloudStorage/GoogleDrive-taro@example.com`.
        let extra = |rest: &str| {
            rest.is_empty() || rest.starts_with(" - ") || rest.starts_with(" (") || above == "cloudstorage"
        };
        SYNCED.iter().find(|(name, _)| folder.strip_prefix(name).is_some_and(extra)).map(|(_, service)| *service)
    })
}

/// Whether pictures in the folder of `file` come from a phone, which then has them, too.
pub fn from_phone(file: &Path) -> bool {
    let fills = |folder: &String| {
        PHONE.contains(&&**folder) || folder.starts_with("mtp:host=") || folder.ends_with(".photoslibrary")
    };
    folders(file).iter().any(fills)
}

/// The app in whose conversations `file` lies, too.
pub fn from_chat(file: &Path) -> Option<&'static str> {
    let folders = folders(file);
    CHATS.iter().find(|(name, _)| folders.iter().any(|folder| folder == name)).map(|(_, app)| *app)
}

/// Whether `file` lies in the trash.
pub fn in_trash(file: &Path) -> bool {
    folders(file).iter().any(|folder| TRASH.contains(&&**folder) || folder.starts_with(".trash-"))
}

/// What to say of secrets that were written to `file`, if it lies in a folder that is copied elsewhere.
pub fn written(file: &Path) -> Option<Text> {
    synced(file).map(|service| text!("export-synced", service = service))
}

/// Where copies of `files` may lie, once everything in them is stored here; each thing once.
pub fn copies(files: &[&Path]) -> Vec<Text> {
    let each = |of: fn(&Path) -> Option<&'static str>| files.iter().filter_map(move |file| of(file));
    let services: BTreeSet<&str> = each(synced).collect();
    let apps: BTreeSet<&str> = each(from_chat).collect();
    let any = |holds: fn(&Path) -> bool| files.iter().any(|file| holds(file));
    let mut said: Vec<Text> = services.into_iter().map(|it| text!("import-source-synced", service = it)).collect();
    said.extend(apps.into_iter().map(|app| text!("import-source-chat", app = app)));
    said.extend(any(from_phone).then(|| text!("import-source-phone")));
    said.extend(any(in_trash).then(|| text!("import-source-in-trash")));
    said
}

/// Deletes `file`, of which everything is stored, and says so. A link stays: what it leads to may lie
/// anywhere, and deleting only the link would leave the keys.
///
/// # Errors
/// When the disk says no.
pub fn delete(file: &Path) -> Result<Text, StoreError> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    if file.is_symlink() {
        return Ok(text!("import-source-link", file = name));
    }
    match std::fs::remove_file(file) {
        // It was named twice.
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::disk(file, &error)),
        _ => Ok(text!("import-source-deleted", file = name)),
    }
}

/// The names of all folders above `file`, in lower case: as it was named, and as it really lies,
/// because a folder of pictures may be a link into a synced one.
fn folders(file: &Path) -> Vec<String> {
    let named = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let real = named.parent().and_then(|folder| folder.canonicalize().ok());
    let all = named.parent().into_iter().chain(real.as_deref()).flat_map(Path::components);
    all.map(|folder| folder.as_os_str().to_string_lossy().to_lowercase()).collect()
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
        case("/Users/t/Library/CloudStorage/GoogleDrive-t@example.com/マイドライブ/a.png", Some("Google Drive"), false);
        case("/Users/t/Library/CloudStorage/OneDrive-個人用/a.png", Some("OneDrive"), false);
        case("/home/t/Dropbox (Example)/Screenshots/a.png", Some("Dropbox"), false);
        case("/c/Users/t/OneDrive/画像/スクリーンショット/a.png", Some("OneDrive"), false);
        case("/c/Users/t/iCloud 写真/a.png", Some("iCloud"), false);
        case("/g/Google ドライブ/共有ドライブ/a.png", Some("Google Drive"), false);
        case("/home/t/dropbox-old/boxes/a.png", None, false);
    }

    #[test]
    fn pictures_of_phones_and_chats_are_known_by_their_folders() {
        #[track_caller]
        fn case(path: &str, phone: bool, chat: Option<&str>) {
            assert_eq!((from_phone(Path::new(path)), from_chat(Path::new(path))), (phone, chat));
        }
        case("/media/phone/DCIM/100APPLE/IMG_1.JPG", true, None);
        case("/c/Users/t/OneDrive/画像/カメラ ロール/a.jpg", true, None);
        case("/Users/t/Pictures/Photos Library.photoslibrary/originals/1/a.jpeg", true, None);
        case("/run/user/1000/gvfs/mtp:host=Pixel_8/Internal/a.png", true, None);
        case("/home/t/Downloads/Telegram Desktop/photo.jpg", false, Some("Telegram"));
        case("/home/t/Pictures/Screenshots/a.png", false, None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_deleted_and_what_is_gone_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("real"), home.path().join("link"));
        std::fs::write(&real, "keys").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(delete(&link), Ok(text!("import-source-link", file = "link")));
        assert!(real.exists() && link.is_symlink());
        for _ in 0..2 {
            assert_eq!(delete(&real), Ok(text!("import-source-deleted", file = "real")));
        }
        assert!(!real.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_where_a_file_really_lies() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("Dropbox");
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, home.path().join("Pictures")).unwrap();
        assert_eq!(synced(&home.path().join("Pictures/qr.png")), Some("Dropbox"));
    }
}
