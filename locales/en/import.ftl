import-empty = there is nothing in it
import-too-big = it is too large: at most { $most } MiB can be read
import-too-many = it has more than { $most } entries
import-unknown = it is neither a picture nor an export that can be read
import-hint-export-again = export it again; the file may be cut short
import-hint-split = split it, and import the pieces one by one
import-hint-what-is-read = use a picture of a QR code, or a text file with an `otpauth://` address on each line
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
import-other-passkey = this is for signing in with a passkey
import-other-push = this sets up approval in one app only, and gives no codes
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
import-progress = { $done } of { $of } stored …
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
import-key-length = the key has { $bytes } bytes ({ $bits } bits)
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
import-ask-passphrase = passphrase of the export ({ $app }):
import-ask-passphrase-of = passphrase of { $file } ({ $app }):
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
import-source-partial = keep the source: not everything in it is stored
import-source-deleted = deleted { $file } (copies elsewhere, and the trash of other devices, may still have it)
import-source-synced = the file lies in a folder that { $service } copies: delete it there too, and empty the trash of { $service }
import-source-in-trash = the file lies in the trash: empty the trash, because it has keys in it
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
import-export-text = any text with lines such as “Binance: taro@example.com key JBSW Y3DP …”
import-remark-notes = read as free text, so names are a guess: compare them
