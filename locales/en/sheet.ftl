sheet-title = Recovery sheet
sheet-facts = { $date } · { $count ->
    [one] 1 account
   *[other] { $count } accounts
} · sheet { $digest } · printed by otp
sheet-page = page { $page } of { $pages }
sheet-what = These are the backup keys of your accounts, printed by “otp”, an authenticator program for computers. When phone or computer is gone, each of them makes your codes again, in any authenticator app.
sheet-keep-heading = How to keep it
sheet-keep = Keep this sheet with your passport or deeds, not with your passwords: whoever has it and a password can sign in as you. Do not photograph it, and put no copy of it into a cloud or a mail. A second print in another place is worth the paper; laser print fades least.
sheet-use-heading = How to use it without otp
sheet-use-app = Install an authenticator app on any phone: Google Authenticator, Microsoft Authenticator, Aegis, 2FAS, Ente Auth or another.
sheet-use-scan = In the app choose “+” and “Scan QR code”. Cover the other codes on this page with your hand or some paper, and point the camera at the one of your account.
sheet-use-type = If the camera cannot read it, choose “Enter setup key” and type the backup key. Blanks do not matter, nor do capitals. A key has only the letters A to Z and the digits 2 to 7: what looks like 0, 1, 8 or 9 is the letter O, I or L, B, or G.
sheet-use-address = Sign in at the official address on this sheet, typed or from your own bookmark; never through a search, an advertisement or a link in a mail.
sheet-use-second = Once you are in, see that there is a second way in next time: recovery codes, a passkey, another device. Whoever sets two-factor up anew gets a new key: print a new sheet then, and destroy this one.
sheet-check-heading = Is it right?
sheet-check-numbers = The four digits at the end of a line check the key from its beginning to there: “otp sheet check --typed” compares what you typed. Without otp: take the SHA-256 of the letters (capitals, no blanks), read its first 8 hexadecimal digits as a number, and keep its last four decimal digits. “otp sheet check SCAN” proves a whole printed sheet from a scan; delete the scan afterwards.
sheet-key = Backup key
sheet-check = check { $number }
sheet-pin = PIN
sheet-login = Login
sheet-url = Official address
sheet-notes = Notes
sheet-detail-totp = Unusual: { $algorithm }, { $digits } digits, a new code every { $seconds } s. Some apps, Google Authenticator among them, cannot do this: compare a code at once.
sheet-detail-hotp = Counter-based (HOTP), { $algorithm }, { $digits } digits. On the day of printing the next code had the counter { $counter }; if codes were used since, set it a few higher.
sheet-detail-steam = Steam Guard, five letters and digits. Only apps that know Steam show its codes: otp, Aegis, Ente Auth, KeePassXC and others; not Google Authenticator.
sheet-detail-motp = Mobile-OTP: the key is the text itself, and the PIN belongs to it. Only otp and apps that know Mobile-OTP show its codes, such as Aegis. In this key 0 is always a zero, with a stroke.
sheet-detail-yandex = Yandex ID: the PIN belongs to the key. Only otp, Yandex Key and Aegis show its codes.
sheet-detail-cut = The name in the QR code is shortened, so that cameras can read it; the codes are the same.
sheet-sealed-title = Encrypted recovery sheet
sheet-sealed-facts = { $date } · { $parts ->
    [one] 1 part
   *[other] { $parts } parts
} · set { $set } · sheet { $digest } · printed by otp
sheet-sealed-what = The backup keys of your accounts, printed by “otp”, an authenticator program for computers, and encrypted: this paper is worth nothing without its passphrase. Nobody can open it without the passphrase, not even you.
sheet-sealed-passphrase = Passphrase (by hand, or keep it in another place)
sheet-sealed-keep = Keep it with your passport or deeds. Where passphrase and sheet lie together, whoever finds them can make your codes. All parts are needed: a stain on one can cost everything, so keep a second print in another place.
sheet-sealed-use-heading = How to open it
sheet-sealed-use-otp = Scan or photograph every page. With otp: “otp import SCAN …” asks for the passphrase and brings the accounts back; “otp sheet check SCAN …” only compares.
sheet-sealed-use-tools = Without otp, on a computer with the free tools zbarimg and age (Debian, Ubuntu: zbar-tools, age), type:
sheet-sealed-use-lines = What comes out are lines that begin with otpauth://, one an account. “qrencode -t ansiutf8 LINE” shows each as a QR code for the authenticator app of a phone.
sheet-sealed-part = Part { $part } of { $parts }
sheet-recovery-title = Recovery key
sheet-recovery-facts = { $date } · printed by otp
sheet-recovery-what = This key opens the recovery copies that “otp”, an authenticator program for computers, writes of your accounts. It exists on this paper alone: otp has forgotten it. Without it the copies are worth nothing to anybody; with it and a copy, all your codes can be made again.
sheet-recovery-keep = Keep it with your passport or deeds, not beside the sticks and folders with the copies. Do not photograph it, and put no copy of it into a cloud or a mail. It need not be printed again when accounts change.
sheet-recovery-key = The recovery key, an age identity. Blanks and capitals do not matter:
sheet-recovery-letters = Behind “KEY-1” it has no 1, B, I or O: what looks like them is L, 8, L and 0 (with a stroke). A slip is noticed when it is used.
sheet-recovery-use-heading = How to open a copy
sheet-recovery-use-otp = With otp: “otp backup restore COPY.age” asks for this key, shows what is in the copy, and merges it with what is there.
sheet-recovery-use-age = Without otp, on a computer with the free tool age: put the key without blanks into a file key.txt, and type the lines below. What comes out are lines that begin with otpauth://, one an account.
sheet-recovery-use-qr = “qrencode -t ansiutf8 LINE” shows a line as a QR code for the authenticator app of a phone. Delete key.txt and plain.txt afterwards.
sheet-codes-title = Recovery codes
sheet-codes-facts = { $date } · { $count ->
    [one] 1 code
   *[other] { $count } codes
}, { $left } left · printed by otp
sheet-codes-what = Each of these codes, made by the site itself, lets you in once, in the place of a code from the phone.
sheet-codes-keep = Keep this sheet with your passport or deeds, not with your passwords. Do not photograph it, and put no copy of it into a cloud or a mail.
sheet-codes-use = Sign in at the official address, typed or from your own bookmark, and choose “recovery code”, “backup code” or “another way”. Tick a code when it is spent; make new ones at the site before the last one is gone.
sheet-rescue-title = The way back in
sheet-rescue-facts = { $date } · tick what is done · printed by otp
sheet-warning = whoever gets this sheet can make your codes: print it, keep it with your passport, and delete the file
sheet-warning-paper = whoever gets this sheet can make your codes: keep it with your passport
sheet-print-risk = printers and print servers keep what they print, sometimes for days; office copiers have disks, and cloud printing uploads the pages. Print on a printer of your own
sheet-ask-print = Send the sheet to the printer?
sheet-hint-no-file = add `-o FILE.pdf`, or `--print` to send it to the printer without a file
sheet-words = Your new passphrase. Write it down and keep it away from the sheet: without it nobody can open the sheet, not even you.
sheet-hint-needs-passphrase = name a file that only you can read with `--passphrase-file`
sheet-digest = this is sheet { $digest }
sheet-hint-check = prove it once it is printed: `otp sheet check SCAN…`
sheet-done = the sheet of { $count ->
    [one] 1 account
   *[other] { $count } accounts
} is in { $file }
sheet-printed = the sheet of { $count ->
    [one] 1 account
   *[other] { $count } accounts
} went to the printer
sheet-ask-key = backup key as it stands on the sheet (it is not shown):
sheet-ask-number = the four digits behind its last line:
sheet-typed-unknown = the key fits its check number, but no account here has it
sheet-hint-typed-unknown = the sheet may be older than the key: print a new one with `otp sheet`
sheet-typed-slip = there is a slip in the key or in its check number, and no account here has this key
sheet-hint-typed-slip = compare it with the sheet letter by letter, and type it again
sheet-number-differs = the key is right, but the four digits are not those of this key: look whether they are from another line
sheet-proof-matches = matches
sheet-proof-old = old
sheet-proof-unknown = unknown here
sheet-proof-unreadable = unreadable
sheet-proof-not-found = not found
sheet-proof-newer = newer than the sheet
sheet-proved = { $count ->
    [0] no account was proved
    [one] 1 account is proved on paper
   *[other] { $count } accounts are proved on paper
}
sheet-is = the sheet of { $date }, { $digest }
sheet-or-else = if the paper says { $digest }, it is the older one of { $date }
sheet-newer = { $count ->
    [one] 1 account is newer than your sheet
   *[other] { $count } accounts are newer than your sheet
}
sheet-hint-print-again = print a new sheet with `otp sheet -o FILE.pdf`, and destroy the old one
sheet-hint-every-page = take a sharp picture of every page, or scan them at 300 dots an inch
sheet-delete-pictures = the pictures hold the keys, too: delete them, also from the camera and from clouds
