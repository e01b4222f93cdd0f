doctor-mark-good = ok
doctor-mark-notice = !!
doctor-mark-bad = XX
doctor-clock = the clock follows a time server
doctor-clock-untold = the system does not say whether its clock is right; `otp verify` can tell from a code
doctor-clock-unsure = the system says that its clock does not follow a time server
doctor-clock-past = the clock is years behind
doctor-next-clock = turn on automatic time in the system settings; wrong time gives wrong codes
doctor-no-accounts = there is no account yet
doctor-next-import = bring one in with `otp import --qr PICTURE` or `otp import --key`
doctor-keyring = the keyring answers
doctor-keyring-named = the keyring answers: { $service }, { $collection }
doctor-vault = the secrets are in the vault in { $folder }
doctor-index = the list of accounts is whole: { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}, { $trash } in the trash
doctor-canary = this is the place with your accounts
doctor-pending = nothing was left unfinished
doctor-next-interrupted = import the same source again; what is here already is left alone
doctor-next-settled = nothing to do; if you did not expect it, look through `otp list`
doctor-secrets = { $count ->
    [one] the one secret is
   *[other] all { $count } secrets are
} there and whole
doctor-short = { $count } { $count ->
    [one] account has
   *[other] accounts have
} a backup key shorter than 80 bits
doctor-next-short = nothing is wrong here; the site chose it
doctor-found = { $count } forgotten { $count ->
    [one] secret was
   *[other] secrets were
} taken in
doctor-next-found = look at them with `otp list found`
doctor-trash-empty = the trash is empty
doctor-trash = { $count } in the trash
doctor-next-trash = `otp trash` lists them, `otp restore` takes one back
doctor-left = copies from before the last move are due to be deleted, and the place they are in is closed
doctor-next-left = open it, for the vault with `otp vault unlock`, and run `otp doctor` again
doctor-ask-keyring = Go on in this keyring? The accounts stay listed, but each needs its backup key again.
doctor-next-vault = make a copy of the folder now; the next change writes whole files again
doctor-correction = codes are made with the clock corrected by { $seconds } s, since { $found }
doctor-next-correction = set the computer's clock; once it is right, `otp verify` drops the correction, and `otp doctor --drop-correction` does so at once
doctor-next-correction-wrong = the clock follows a time server again: drop the correction with `otp doctor --drop-correction`
