export-app-2fas = 2FAS
export-app-aegis = Aegis
export-app-age = an encrypted file that stock `age` opens, with `otpauth://` lines in it
export-app-andotp = andOTP (and the many apps that read its files)
export-app-bitwarden = Bitwarden and Bitwarden Authenticator
export-app-csv = a table for a spreadsheet (cells that it would compute get an apostrophe)
export-app-ente = Ente Auth
export-app-freeotp-plus = FreeOTP+
export-app-google = Google Authenticator (transfer QR codes)
export-app-json = JSON with everything, for programs
export-app-keepass = KeePassXC and other KeePass programs
export-app-proton = Proton Authenticator
export-app-raivo = Raivo OTP (and the apps that read its files)
export-app-stratum = Stratum
export-app-uri = a list of `otpauth://` addresses
export-loses-tags = tags are not carried over ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-loses-some-tags = { $most ->
    [one] only the first tag is
   *[other] only the first { $most } tags are
} carried over ({ $count ->
    [one] 1 account has more
   *[other] { $count } accounts have more
})
export-loses-notes = notes are not carried over ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-loses-favorites = marks of favourites are not carried over ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-loses-ways-back = official addresses, logins and second ways in are not carried over ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-loses-recovery-codes = recovery codes are not carried over ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-loses-trash = what is in the trash here will be an account like any other there ({ $count ->
    [one] 1 account
   *[other] { $count } accounts
})
export-reason-totp = codes from the time are unknown there
export-reason-hotp = codes from a counter are unknown there
export-reason-steam = Steam codes are unknown there
export-reason-motp = Mobile-OTP codes are unknown there
export-reason-yandex = Yandex codes are unknown there
export-reason-period = codes that are valid for { $seconds } s are unknown there
export-reason-digits = codes of { $digits } digits are unknown there
export-reason-no-issuer = it has no issuer, and one is needed there; `otp rename` gives it one
export-reason-steam-issuer = Steam accounts are all called Steam there
export-reason-long-name = its names are too long there; `otp rename` shortens them
export-reason-motp-key = its key cannot be spelt there
export-reason-pin = its PIN cannot be kept there
export-caution-google = older versions of the app show wrong codes for it; compare one code before you rely on it
export-not-made = the file could not be put together
export-read-back = what was written does not read back as the same accounts, so it was thrown away
export-hint-other-target = take another target; `otp export --list-formats` lists them
export-left-out = left out: { $account }: { $reason }
export-left-out-broken = left out: { $reason }
export-advice = what is left out can go as `otp qr show ACCOUNT`, or with another target such as `--to aegis`
export-caution = note: { $account }: { $caution }
export-loss = note: { $loss }
export-ask-rest = Export the other { $count ->
    [one] account
   *[other] { $count } accounts
} without what is left out?
export-nothing-fits = none of these accounts fits into this target
export-plain-warning = the keys will be readable by anybody who gets the file: whoever has it can make your codes. Keep it off clouds and chats, and delete it as soon as it has done its work
export-screen-warning = the keys are in these QR codes: whoever photographs them can make your codes
export-ask-passphrase = passphrase for the file (it is not shown):
export-ask-again = the same again:
export-needs-passphrase = the file is encrypted, and nobody is there to type a passphrase
export-hint-needs-passphrase = name a file that only you can read with `--passphrase-file`, or write it in the open with `--plain`
export-always-encrypted = files of this kind are always encrypted
export-hint-always-encrypted = leave `--plain` out, or take another target
export-never-encrypted = there is no encrypted kind of these files
export-hint-never-encrypted = leave the passphrase out, or take `--to age`
export-unknown-target = there is no target of this name
export-hint-unknown-target = `otp export --list-formats` lists them
export-no-file = say where to write it
export-hint-no-file = add `-o FILE`; FILE usually ends in `.{ $extension }`
export-hint-no-file-google = add `-o FILE.png`, `.svg` or `.pdf`, or run it in a terminal to see the codes one by one
export-bad-ending = a file of this kind cannot be made
export-hint-bad-ending = the name has to end in `.png`, `.svg`, `.pdf` or `.txt`
export-hint-bad-ending-qr = the name has to end in `.png` or `.svg`
export-exists = `{ $file }` exists already
export-hint-exists = take another name, or replace it with `--force`
export-stdout = keys are not written to a terminal or into a pipe by accident
export-hint-stdout = name a file with `-o FILE`, or add `--reveal` if you mean it
export-done = exported { $count ->
    [one] 1 account
   *[other] { $count } accounts
} to { $file }
export-done-pages = exported { $count ->
    [one] 1 account
   *[other] { $count } accounts
} to { $files } files: { $first } … { $last }
export-checked = read back from the disk: the same accounts
export-synced = the file lies in a folder that { $service } copies to other computers
export-shown = { $count ->
    [one] 1 account was
   *[other] { $count } accounts were
} on these codes
export-left-early = { $seen ->
    [one] only 1 code
   *[other] only { $seen } codes
} of { $pages } { $seen ->
    [one] was
   *[other] were
} shown; { $count ->
    [one] 1 account is
   *[other] { $count } accounts are
} on the others
export-page = code { $page } of { $pages } · { $accounts }
export-page-keys = Enter: next · b: back · q: leave
export-page-keys-one = q: leave
export-page-hidden = hidden after { $seconds } s; any key shows it again, q leaves
export-page-too-small = The terminal is too small: it needs { $columns } columns and { $rows } rows. Make the window larger or its letters smaller; fewer accounts a page (`--per-page 4`) make smaller codes, and `-o FILE.png` needs no terminal.
export-hotp-moves = its codes come from a counter, so use it in one place only
export-sheet-heading = Transfer codes for Google Authenticator: { $page } of { $pages }
export-sheet-advice = In Google Authenticator: menu, “Transfer accounts”, “Import accounts”, then scan every page. Whoever photographs this page can make these codes: destroy it when the new phone works.
