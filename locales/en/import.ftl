import-empty = there is nothing in it
import-too-big = it is too large: at most { $most } MiB can be read
import-too-many = it has more than { $most } entries
import-unknown = it is neither a picture nor an export that can be read
import-hint-export-again = export it again; the file may be cut short
import-hint-split = split it, and import the pieces one by one
import-hint-what-is-read = use a picture of a QR code, or a text file with an `otpauth://` address on each line
import-place-line = line { $line }
import-place-line-entry = line { $line }, entry { $entry }
import-place-code = QR code { $code }
import-place-code-entry = QR code { $code }, entry { $entry }
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
