backup-words = Your new passphrase. Write it down and keep it away from the backup: without it nobody can open the file.
backup-ask-words = type the six words to confirm them, or a passphrase of your own:
backup-hint-needs-passphrase = write the passphrase into a file that only you can read, and name it with `--passphrase-file`
backup-working = encrypting, reading back and comparing...
backup-complete = backup complete: { $count ->
    [one] 1 account
   *[other] { $count } accounts
} in { $file }, read back from the disk, decrypted and compared
backup-partial = { $file } has { $count ->
    [one] 1 account
   *[other] { $count } accounts
}; those named above are missing in it
backup-only-here = only here, stays: { $account }
backup-counter-moves = { $account }: the counter moves on to { $counter }
backup-nothing-to-restore = nothing to restore: everything in it is here
backup-nothing-but-trash = nothing new to restore: { $count ->
    [one] 1 account of it is
   *[other] { $count } accounts of it are
} in the trash, everything else is here
backup-ask-restore = { $count ->
    [0] Take the changes over?
    [one] Restore 1 account?
   *[other] Restore { $count } accounts?
}
backup-restored = restored { $count ->
    [one] 1 account
   *[other] { $count } accounts
}; nothing that was here was removed
backup-no-key-there = there is no recovery key in that picture
backup-no-key-written = there is no recovery key in it
backup-hint-no-key-there = photograph the QR code of the recovery key sheet straight from above, in good light
backup-key-page = Your recovery key. It opens every recovery copy and is shown only this once: write it down or photograph the code onto paper, and keep it where you keep your passport.
backup-key-file = the recovery key is on the page in { $file }: print it, and delete the file. The key is forgotten here and cannot be shown again
backup-key-printed = the page with the recovery key went to the printer. The key is forgotten here and cannot be shown again
backup-key-late = the recovery key was handed out when it was made, and is forgotten here
backup-hint-key-late = with `--new-key` another one is made and put on paper; the one before goes on until the new one is confirmed
backup-ask-confirm = type the recovery key, or the name of a photo of it (empty: later):
backup-confirmed = the recovery key is confirmed and forgotten here: from now on every change leaves a recovery copy
backup-confirm-later = no copies are written yet: confirm the key with `otp backup auto --confirm PHOTO`
backup-key-nowhere = a recovery key is shown only once, and there is nowhere to show it
backup-hint-key-nowhere = run `otp backup auto` in a terminal, or have the key put on paper with `-o FILE.pdf` or `--print`
backup-other-key = this is a recovery key, but not the one that was made last
backup-hint-other-key = use the newest sheet, or make another key with `otp backup auto --new-key`
backup-nothing-to-confirm = no recovery key is waiting to be confirmed
backup-off = there are no recovery copies yet
backup-hint-auto = begin with `otp backup auto`
backup-unknown-folder = this folder gets no copies
backup-hint-unknown-folder = `otp backup auto` lists those that do
backup-ask-off = Stop writing recovery copies? Those that exist stay.
backup-stopped = no more recovery copies are written; those that exist stay, and their key still opens them
backup-on = recovery copies are on, for the recovery key of { $since }
backup-unconfirmed = a recovery key of { $made } is not confirmed yet: `otp backup auto --confirm PHOTO`, or make another with `--new-key`
backup-place-current = up to date ({ $at }): { $folder }
backup-place-behind = behind (newest { $at }): { $folder }
backup-place-empty = no copy yet: { $folder }
backup-place-absent = not there, so without a new copy: { $folder }
backup-place-failed = no recovery copy in { $folder }: { $reason }
backup-copy-behind = the recovery copy is behind and follows with the next change: { $reason }
backup-copy-without = { $count ->
    [one] 1 secret that cannot be read is
   *[other] { $count } secrets that cannot be read are
} missing in the new recovery copy; older copies stay
