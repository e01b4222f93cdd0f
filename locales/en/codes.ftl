codes-none = there is no recovery code in that
codes-hint-none = paste the codes as the site shows them, one a line
codes-too-many = that is { $found } codes, more than the { $most } that are taken at once
codes-hint-too-many = give them in several blocks
codes-none-left = there is no recovery code left
codes-hint-none-left = make new ones in the account's security settings and add them with `--add`
codes-nothing = there are no recovery codes to do that with
codes-ask-block = paste the recovery codes (they are not shown), then press Enter twice:
codes-added = { $count ->
    [0] no new recovery codes for { $account }
    [one] 1 recovery code is kept for { $account }
   *[other] { $count } recovery codes are kept for { $account }
}
codes-known = { $count ->
    [one] 1 was here already
   *[other] { $count } were here already
}
codes-left-out = { $count ->
    [one] 1 piece of it was no code and was
   *[other] { $count } pieces of it were no codes and were
} left out
codes-ask-remove = Remove the recovery codes of { $account }?
codes-removed = removed the recovery codes of { $account }; `--restore` takes them back for 30 days
codes-restored = the recovery codes of { $account } are back
codes-kept-none = no recovery codes are kept
codes-line = { $account }: { $left } of { $of } left
codes-paper-file = the recovery codes of { $account } are on the page in { $file }: print it, and delete the file
codes-paper-printed = the recovery codes of { $account } went to the printer
codes-left = { $count ->
    [0] that was the last one: make new ones at the site
    [one] 1 is left
   *[other] { $count } are left
}
