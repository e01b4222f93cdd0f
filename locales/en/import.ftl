import-empty = there is nothing in it
import-too-big = it is too large: at most { $most } MiB can be read
import-too-many = it has more than { $most } entries
import-unknown = it is neither a picture nor an export that can be read
import-hint-export-again = export it again; the file may be cut short
import-hint-another-copy = use another copy, or an older backup; this file may be cut short
import-hint-split = split it, and import the pieces one by one
import-hint-what-is-read = `otp import --list-formats` lists what can be read; a picture of the QR code is always good
import-pgp = it is encrypted with PGP, which is not opened here
import-hint-pgp = open it with your PGP program, and hand over what comes out: `gpg -d FILE | otp import -`
import-place-line = line { $line }
import-place-code = QR code { $code }
import-place-item = entry { $item }
import-place-row = row { $row }
import-place-page = page { $page }
import-place-entry = { $place }, entry { $entry }
import-damaged-transfer = the transfer code is damaged or cut short
import-empty-transfer = the transfer code holds no account
import-transfer-digits = it asks for a number of digits that nobody knows
import-hint-transfer-again = on the phone, make the transfer codes again and import all of them
import-hint-set-up-code = use the QR code that the site shows when you set up an authenticator app
import-other-web-link = this is the address of a web page
import-other-wifi = this is the way into a Wi-Fi network
import-other-contact = this is a contact
import-other-payment = this is for a payment
import-other-wallet = this is the address of a wallet, to send coins to
import-other-passkey = this is for signing in with a passkey
import-other-push = this sets up approval in one app only, and gives no codes
import-other-sheet-part = this is one part of an encrypted recovery sheet
import-other-recovery-key = this is a recovery key, which opens recovery copies
import-other-key = this looks like a backup key, but nothing says whose it is
import-hint-sheet-part = the parts of a sheet only open together: keep every page of it, and its passphrase
import-hint-recovery-key = keep it on paper; use it with the recovery copy, and import what that holds
import-hint-key = bring it in with `otp import --key`, which asks for the name, too
import-other-code = this QR code holds no account
import-other-text = there is no `otpauth://` address in it
import-note-google-counter = the counter may be one behind; if the site refuses the first code, use the next one
import-missing-parts = { $count ->
    [one] part
   *[other] parts
} { $read } of { $size } read, still missing { $missing }
import-list-one = { $word }
import-list-comma = { $all }, { $next }
import-list-and = { $all } and { $last }
import-app-google-migration = Google Authenticator (transfer codes)
import-app-picture = pictures of QR codes
import-app-uri-list = lists of `otpauth://` addresses
import-export-google-migration = menu, “Transfer accounts”, “Export accounts”, then take a picture of each QR code
import-export-picture = take a screenshot or a photo of the QR code
import-export-uri-list = any app that exports plain text, such as Aegis, Ente Auth or Stratum
import-ask = Keep { $count } new { $count ->
    [one] account
   *[other] accounts
}?
import-progress = { $done } of { $of } stored...
import-saved = { $count ->
    [0] nothing new to store
    [one] stored 1 account
   *[other] stored { $count } accounts
}
import-nothing = there is nothing to import
import-hint-nothing = name a picture or a file, or use `--key` to type a backup key
import-file-failed = { $file }: { $reason }
import-ask-key = backup key (it is not shown):
import-ask-hex = This looks like a key in hexadecimal, which few sites use. Read it as hexadecimal?
import-ask-issuer = which site is it for (for example Binance)?
import-ask-name = which account there (for example your e-mail address)?
import-key-length = the key has { $bytes } { $bytes ->
        [one] byte
       *[other] bytes
    } ({ $bits } bits)
import-compare = its code now is { $code }; compare it with the site or the old phone
import-damaged = the source is damaged ({ $app })
import-damaged-line = the source is damaged at line { $line } ({ $app })
import-wrong-passphrase = that passphrase does not open it, or the file is damaged ({ $app })
import-hint-wrong-passphrase = use the password that was set for this export ({ $app })
import-app-unnamed = { $id }
import-entry-malformed = the entry is damaged
import-entry-push-only = it approves sign-ins in its own app and has no codes
import-entry-withheld = the app keeps its key to itself, in a form that only that phone can read
import-hint-new-code = at the site, switch two-factor off and on again, and import the new QR code
import-remark-folders = { $count ->
    [one] { $folder }: 1 folder in it is not looked at; name it, too, if there is something of yours in it
   *[other] { $folder }: { $count } folders in it are not looked at; name them, too, if there is something of yours in them
}
import-remark-of = { $file }: { $remark }
import-remark-icons = { $count ->
    [one] 1 icon is not carried over
   *[other] { $count } icons are not carried over
}
import-remark-trashed = { $count ->
    [one] 1 entry in the app's own trash is left out
   *[other] { $count } entries in the app's own trash are left out
}
import-app-aegis = Aegis
import-export-aegis = Settings, “Import & Export”, “Export”, format “Aegis (.json)”; with or without a password
import-aegis-no-password = this Aegis vault opens with a fingerprint only
import-hint-aegis-no-password = in Aegis, set a password under Settings, “Security”, and export again
import-app-authy = Authy
import-export-authy = the app exports nothing; on a rooted Android phone, take `com.authy.storage.tokens.authenticator.xml` from the app's folder `shared_prefs`
import-app-battlenet = Battle.net
import-export-battlenet = the app exports nothing; on a rooted Android phone, take the settings of `com.blizzard.messenger` from the app's folder `shared_prefs`
import-app-freeotp = FreeOTP and FreeOTP+
import-export-freeotp = in FreeOTP, menu, “Backup”; in FreeOTP+, menu, “Export”, as JSON
import-app-otp-auth-ios = OTP Auth
import-export-otp-auth-ios = Settings, “Backups”, “Create Manual Backup”; or a single account, shared as a file
import-app-stratum = Stratum (Authenticator Pro)
import-export-stratum = menu, “Backup”; with or without a password
import-app-totp-authenticator = TOTP Authenticator
import-export-totp-authenticator = Settings, “Backup”; with or without a password of your own
import-ask-passphrase = passphrase of the export ({ $app }):
import-ask-passphrase-of = passphrase of { $file } ({ $app }):
import-ask-or-leave = (Enter alone leaves it out) { $question }
import-left-closed = it was left out, unopened
import-needs-passphrase = it takes a passphrase, and nobody is there to ask
import-hint-needs-passphrase = put the passphrase into a file that only you can read, and name it with `--passphrase-file`
import-empty-folder = there are no files in the folder `{ $folder }`
import-full-folder = the folder `{ $folder }` has more than { $most } files
import-ask-delete = Everything in { $count ->
    [one] this file is stored now, and the file still has the keys in it. Delete it?
   *[other] these { $count } files is stored now, and the files still have the keys in them. Delete them?
}
import-source-safe = everything in { $count ->
    [one] the file is stored; it can be deleted now, because whoever has it has the keys
   *[other] the { $count } files is stored; they can be deleted now, because whoever has them has the keys
}
import-source-partial = keep the source: not everything in it is stored, or some of it only in the trash
import-source-holds-more = the accounts are stored, but the source may hold other things, such as passwords: `otp` does not delete it
import-source-deleted = deleted { $file } (copies elsewhere, and the trash of other devices, may still have it)
import-source-link = { $file } is a link and stays: delete the file that it leads to yourself
import-source-synced = the file lies in a folder that { $service } copies: delete it there too, and empty the trash of { $service }
import-source-chat = the file came with { $app }: delete it in the conversation, too, on every device
import-source-phone = the picture comes from a phone: delete it there, too, and empty the album of what was deleted
import-source-in-trash = the file lies in the trash: empty the trash, because it has keys in it
import-ask-clear-clipboard = Everything in the clipboard is stored now, and the clipboard still has the key in it. Empty it?
import-clipboard-holds = everything in the clipboard is stored; copy something else now, because the clipboard still has the key in it
import-clipboard-cleared = emptied the clipboard (a clipboard history may still have it)
import-remark-mixed = two transfers of { $size } codes each were given; all their accounts were read, but whether codes of either are missing cannot be told
import-note-cut = its note or a tag was too long and is cut
import-no-such-format = no format is called `{ $format }`
import-hint-no-such-format = `otp import --list-formats` lists them all
import-no-accounts = there is no account in it
import-hint-no-accounts = export it again, and look whether the app lets you choose what goes in
import-remark-login-notes = { $count ->
    [one] 1 note about a login is not carried over
   *[other] { $count } notes about logins are not carried over
}
import-remark-login-tags = { $count ->
    [one] the tags of 1 login are not carried over
   *[other] the tags of { $count } logins are not carried over
}
import-remark-titles = { $count ->
    [one] 1 title of the app's own is not carried over; the name of the issuer is
   *[other] { $count } titles of the app's own are not carried over; the names of the issuers are
}
import-app-2fas = 2FAS
import-export-2fas = Settings, “2FAS Backup”, “Export”; with or without a password
import-app-bitwarden = Bitwarden, Bitwarden Authenticator (JSON)
import-export-bitwarden = Settings, “Export vault”, format “.json”, or “.json (Encrypted)” with “Password protected”
import-bitwarden-account = this Bitwarden export is tied to your Bitwarden account, and nothing but Bitwarden can open it
import-hint-bitwarden-account = export again as “.json (Encrypted)” with “Password protected”, or as plain “.json”
import-app-ente = Ente Auth
import-export-ente = Settings, “Data”, “Export codes”; encrypted or plain text
import-app-proton = Proton Authenticator
import-export-proton = Settings, “Export”; with or without a password
import-app-lastpass = LastPass Authenticator
import-export-lastpass = Settings, “Transfer accounts”, “Export accounts to file”
import-app-raivo = Raivo OTP (JSON)
import-export-raivo = Settings, “Export OTPs to ZIP archive”; the JSON file is in the archive
import-wrong-passphrase-or-other = that passphrase does not open it, or it is no backup at all: it looks like any encrypted file ({ $app })
import-app-andotp = andOTP (plain)
import-export-andotp = menu, “Backup”, “Backup (plain-text)”
import-app-andotp-encrypted = andOTP (encrypted)
import-export-andotp-encrypted = menu, “Backup”, “Backup (encrypted)”
import-app-steam = Steam Guard
import-export-steam = the `.maFile` of Steam Desktop Authenticator or steamguard-cli; leave `manifest.json` beside it if it is encrypted
import-steam-manifest = this is only the list that belongs to the files of Steam Guard, and has no keys
import-hint-steam-manifest = choose the `.maFile` beside it
import-remark-revocation = { $count ->
    [one] the revocation code (R…), which Steam asks for to remove the authenticator, is not carried over: write it down
   *[other] { $count } revocation codes (R…), which Steam asks for to remove an authenticator, are not carried over: write them down
}
import-app-duo = Duo Mobile
import-export-duo = only from a rooted phone: `accounts.json` in the folder of the app
import-app-2fauth = 2FAuth
import-export-2fauth = “Manage”, select the accounts, “Export”, format “JSON”
import-app-otpclient = OTPClient
import-export-otpclient = menu, “Export”, the plain list; or the encrypted database itself (`.enc`)
import-otpclient-version = this OTPClient database is of a version that cannot be read
import-hint-otpclient-version = open it in the newest OTPClient, which converts it, and import it again
import-app-authenticator-extension = Authenticator (browser extension)
import-export-authenticator-extension = Settings, “Backup”, “Download Backup File”; with or without a password
import-app-authy-dump = Authy (saved by other tools)
import-export-authy-dump = Authy exports nothing; only from tools that saved the accounts from its servers as JSON
import-app-keeper = Keeper (JSON)
import-export-keeper = in the web vault: Settings, “Export”, format “JSON”
import-app-rsc-2fa = 2fa (command line)
import-export-rsc-2fa = the file `~/.2fa` itself
import-remark-log = the app's newest changes may be in a log beside the file (its name ends in `-wal`), which is not read; close the app and copy the file again
import-app-google-database = Google Authenticator (database)
import-export-google-database = on a phone with root access: `/data/data/com.google.android.apps.authenticator2/databases/databases`; otherwise use “Transfer accounts”
import-app-microsoft = Microsoft Authenticator (database)
import-export-microsoft = there is no export; on a phone with root access: the file `PhoneFactor` under `/data/data/com.azure.authenticator/databases`
import-app-stratum-database = Stratum (database)
import-export-stratum-database = on a phone with root access: the app's own database; otherwise use the app's backup
import-app-1password = 1Password
import-export-1password = in the desktop app: “File”, “Export”, format 1PUX
import-remark-attachments = { $count ->
    [one] 1 attached file is not carried over
   *[other] { $count } attached files are not carried over
}
import-app-proton-pass = Proton Pass
import-export-proton-pass = in the browser extension or the web app: “Settings”, “Export”, without PGP encryption
import-proton-pass-sealed = this Proton Pass export is encrypted with PGP
import-hint-proton-pass-sealed = export again without PGP encryption; or decrypt `data.pgp` with your PGP program and import the zip archive with `data.json` in its place
import-app-winauth = WinAuth
import-export-winauth = right-click in the window, “Export”, as zip archive or text file
import-app-zip = zip archives of other exports
import-export-zip = put exports and pictures of QR codes into one zip archive
import-zip-too-many = there are too many files in the archive
import-zip-too-costly = this file was not looked at: the archive takes more time than any real one
import-picture-unread = this picture was not looked at to the end: there are too many large ones without a code beside it
import-hint-picture-unread = import it by itself, or unpack the archive and import the folder
import-remark-pictures-unread = { $count ->
    [one] 1 embedded picture was not looked at to the end: there are too many large ones without a code beside it
   *[other] { $count } embedded pictures were not looked at to the end: there are too many large ones without a code beside them
}
import-remark-pages-unread = nothing after page { $page } was looked at, because the pages before took all the time; save the others as a PDF of their own, and import that
import-reading = reading file { $number } of { $of }...
import-reading-page = reading page { $number } of { $of }...
import-reading-both = { $file } { $page }
import-hint-zip-too-many = unpack it, and import the folder
import-zip-nested = there is nothing in the archive but another archive
import-hint-zip-nested = unpack it, and import the inner archive
import-remark-unknown-files = { $count ->
    [one] 1 file in the archive is no export that can be read
   *[other] { $count } files in the archive are no exports that can be read
}
import-remark-nested = { $count ->
    [one] 1 archive inside the archive was not opened; unpack it, and import it by itself
   *[other] { $count } archives inside the archive were not opened; unpack them, and import them by themselves
}
import-app-keepass = KeePass, KeePassXC (.kdbx)
import-export-keepass = the database itself, `.kdbx`, opened by a password alone; where it also takes a key file or a hardware key, save a copy that does not
import-keepass-old = this is a database of KeePass 1 (.kdb), which cannot be read
import-hint-keepass-old = open it in KeePass 2 or KeePassXC with “Import”, save it as `.kdbx`, and import that
import-keepass-new = this KeePass database is of a version that is not known here
import-hint-keepass-new = in KeePassXC, choose the format KDBX 4 in the database settings, and save a copy
import-keepass-twofish = this KeePass database is encrypted with Twofish and too large for that
import-hint-keepass-twofish = in the database settings, choose AES as encryption, save a copy, and import that
import-app-authenticator-plus = Authenticator Plus
import-export-authenticator-plus = Settings, “Backup & Restore”, “Export as text and HTML”
import-app-authenticator-plus-database = Authenticator Plus (database)
import-export-authenticator-plus-database = the file `authplus.db` of the app's backup
import-app-raivo-zip = Raivo OTP (zip archive)
import-export-raivo-zip = the app is gone from the store; on a phone that still has it: “Misc”, “Export OTPs to ZIP archive”
import-app-otp-json = JSON of `otp` itself
import-export-otp-json = `otp export --to json -o FILE.json`
import-otp-json-newer = a newer version of this program wrote it
import-hint-otp-json-newer = install the newest version of `otp`
import-app-age = files encrypted by `age` with a passphrase
import-export-age = `otp export --to age -o FILE.age`, or `age -p` around any of these files
import-table-columns = read as a table: { $list }
import-table-list = { $all }; { $next }
import-table-heading = { $what } from “{ $heading }”
import-table-guess = { $what } from column { $column } (a guess)
import-table-key = key
import-table-issuer = site
import-table-name = account
import-table-note = note
import-table-tags = tags
import-table-setting = setting
import-table-no-key = { $count ->
    [one] 1 row without a key is left out
   *[other] { $count } rows without a key are left out
}
import-table-passwords = { $count ->
    [one] 1 column of passwords is not read
   *[other] { $count } columns of passwords are not read
}
import-app-csv = tables as text (CSV, TSV)
import-export-csv = save a spreadsheet as CSV, or export the logins of a password manager such as Bitwarden, Apple Passwords or KeePassXC as CSV
import-app-spreadsheet = spreadsheets (XLSX, ODS)
import-export-spreadsheet = any spreadsheet with a column of keys and headings such as “Service”, “E-mail” and “Backup key”
import-spreadsheet-old = this is an old Excel workbook (.xls), or one under a password
import-spreadsheet-locked = this spreadsheet is under a password
import-hint-spreadsheet-old = open it, and save it as XLSX or CSV without a password
import-spreadsheet-no-keys = there are no backup keys in this spreadsheet
import-hint-no-keys = put the keys into a column with the heading “Backup key”
import-app-html = web pages (HTML exports of Aegis, Ente Auth and Stratum)
import-export-html = in the app, export as HTML, a printable page; any saved page with addresses or QR codes will do
import-remark-pictures = { $count ->
    [one] 1 embedded picture shows no QR code that can be read
   *[other] { $count } embedded pictures show no QR code that can be read
}
import-app-text = notes with backup keys (text, Markdown)
import-export-text = any text with lines such as “Binance: taro@example.com key JBSW Y3DP...”
import-remark-free-text = read as free text, so names are a guess: compare them
import-remark-keys-left = { $count ->
    [one] line { $lines } has
   *[other] lines { $lines } have
} something like a key that was not taken, because nothing says whose or what it is; if it is a backup key, bring it in with `otp import --key`
import-app-pdf = PDF files
import-export-pdf = print or save the page with the QR codes as PDF; transfer codes of `otp export --to google` can be read, too
import-pdf-no-code = no QR code can be read on the pages of this PDF
import-pdf-encrypted = this PDF is under a password
import-pdf-too-many = this PDF has more pages than can be read at once
import-pdf-too-costly = the PDF would take more time or memory than any real one
import-pdf-not-started = PDF files are read by the program `otp-pages`, which is missing beside this one
import-hint-pdf = open the PDF, and take a screenshot or a photo of the page with the QR code
import-remark-pages = { $count ->
    [one] 1 page could not be drawn, so its QR codes are missing
   *[other] { $count } pages could not be drawn, so their QR codes are missing
}
import-app-otp-sheet = encrypted recovery sheets of `otp`
import-export-otp-sheet = scans or photos of the sheet (`otp sheet --encrypt`), all pages together; or the texts of its QR codes
import-part-of-text = a part ({ $number } of { $of }) of a text that was split over several QR codes
import-hint-part-of-text = bring all of its codes together, in one picture or in several
import-damaged-sheet-part = a part of an encrypted recovery sheet, damaged or cut short
import-hint-damaged-sheet-part = take the picture again, closer and sharper; each part has a checksum, so nothing wrong is taken
import-needs-recovery-key = it takes the recovery key, and nobody is there to ask
import-ask-recovery-key = recovery key (AGE-SECRET-KEY-1…), or the name of a photo of it:
import-ask-recovery-key-of = recovery key of { $file } (AGE-SECRET-KEY-1…), or the name of a photo of it:
