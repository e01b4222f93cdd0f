readiness-good = there is a way back, and it was tried
readiness-watch = there is a way back that has not been tried
readiness-bad = the backup key is only on this computer
readiness-paper = key on paper
readiness-paper-on = key on paper ({ $date })
readiness-paper-proved = paper tried
readiness-paper-proved-on = paper tried ({ $date })
readiness-copy = recovery copies
readiness-copy-proved = copy tried
readiness-copy-proved-on = copy tried ({ $date })
readiness-codes = recovery codes
readiness-codes-left = { $count } recovery { $count ->
    [one] code
   *[other] codes
}
readiness-second = another way in
readiness-second-sms = SMS
readiness-second-passkey = passkey
readiness-second-device = another device
readiness-second-other = { $way }
readiness-and = { $first }, { $second }
readiness-login = login e-mail
readiness-address = official address
readiness-there = there: { $ways }
readiness-missing = missing: { $ways }
readiness-line = { $text }. Next: { $next }
readiness-summary = readiness of { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}: { $good } with a way back that was tried, { $watch } not tried yet, { $bad } only on this computer
readiness-step-print = { $count } { $count ->
    [one] account is
   *[other] accounts are
} only on this computer
readiness-next-print = make a recovery sheet with `otp sheet -o sheet.pdf`, and print it
readiness-step-prove-paper = { $count } { $count ->
    [one] account is
   *[other] accounts are
} on paper that was never tried
readiness-next-prove-paper = photograph or scan the sheet, and let `otp sheet check PHOTO` compare it
readiness-step-prove-copy = { $count } { $count ->
    [one] account is
   *[other] accounts are
} in recovery copies that were never opened
readiness-next-prove-copy = try it with `otp drill`; it changes nothing
readiness-step-copies = no recovery copies are written
readiness-next-copies = set them up once with `otp backup auto`; from then on every change is copied
readiness-step-newer = { $count } { $count ->
    [one] account is
   *[other] accounts are
} not on paper yet
readiness-step-try-again = no way back was tried for { $days } days
readiness-next-try-again = try one with `otp drill` or `otp sheet check PHOTO`
readiness-step-few-codes = { $count } { $count ->
    [one] account has
   *[other] accounts have
} hardly any recovery codes left
readiness-next-few-codes = ask the site for new ones, and keep them with `otp recovery-codes`
readiness-step-second-way = { $count } { $count ->
    [one] account has
   *[other] accounts have
} no second way in
readiness-next-second-way = keep the site's recovery codes (`otp recovery-codes`), or turn on SMS there and note it: `otp edit QUERY --second sms`
readiness-step-login = the login e-mail of { $count } { $count ->
    [one] account
   *[other] accounts
} is not noted
readiness-next-login = note it with `otp edit QUERY --login taro@example.com`; support will ask for it
readiness-step-address = the official address of { $count } { $count ->
    [one] account
   *[other] accounts
} is not noted
readiness-next-address = note it with `otp url QUERY https://…`; then `otp open` never ends on a fake page
