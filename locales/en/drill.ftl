drill-heading = { $file }: { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
drill-heading-at = { $file }, written { $at }: { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
drill-heading-on = { $file }, written { $at } on { $device }: { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
drill-same = ✓ same codes: { $account }
drill-differs = ✗ other codes under this name: { $account }
drill-missing = ✗ not in it: { $account }
drill-rescued = ✓ in it, while its key here cannot be read: { $account }
drill-only-there = · only in it: { $account }
drill-unread = { $count ->
    [one] 1 entry
   *[other] { $count } entries
} of it could not be read
drill-whole = every account comes back from it; nothing was stored
drill-not-whole = not every account comes back from it; nothing was stored
drill-nothing = there is no copy to try
drill-hint-nothing = name a backup or photos of a sheet, or begin with `otp backup auto`
