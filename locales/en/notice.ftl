notice-older-index = the list of accounts was damaged; the copy from { $steps } { $steps ->
    [one] change
   *[other] changes
} earlier is used, and the damaged file was kept
notice-rebuilt = the list of accounts was lost and has been made again from the stored secrets: { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}
notice-interrupted = an earlier import was interrupted: { $saved } of { $of } accounts are safe; run the import again for the rest
notice-interrupted-whole = an earlier import was interrupted, but { $of ->
    [one] its account is
   *[other] all its { $of } accounts are
} safe
notice-not-searched = there is no list of accounts, and whether the keyring has some could not be seen: { $reason }
notice-new-canary = somebody removed the item that marks this keyring as yours; there is a new one
