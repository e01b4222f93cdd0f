crypto-wrong-passphrase = that passphrase does not open the file
crypto-wrong-key = that recovery key does not open the file: it was written for another one
crypto-no-passphrase = the file is encrypted for a key, not with a passphrase
crypto-not-text = a passphrase has to be text (UTF-8)
crypto-damaged = the encrypted file is damaged or cut short
crypto-too-much-work = opening the file would take scrypt work of 2^{ $required }, more than the allowed 2^{ $most }
crypto-too-large = the file is larger than { $most } MiB
crypto-too-costly = opening the file would take more memory or time than any real file asks for
crypto-hint-wrong-passphrase = check Caps Lock and the keyboard layout, and try again
crypto-hint-wrong-key = try the other sheets with a recovery key: each opens only the copies that were written for it
crypto-hint-key = use the key that belongs to the file
crypto-hint-not-text = save the passphrase file as plain text in UTF-8
crypto-hint-damaged = take another copy of the file
crypto-hint-too-much-work = use it only if you know who wrote it; your own files never need that much
crypto-hint-too-costly = the file is damaged, or made to keep this computer busy; export it again
crypto-weak-short = the passphrase has { $characters } { $characters ->
    [one] character
   *[other] characters
}; use at least { $fewest }
crypto-weak-repeats = the passphrase only repeats or counts
crypto-weak-common = the passphrase is one of those that are tried first
crypto-hint-weak = six words that have nothing to do with each other are strong and easy to type
crypto-no-key = that is no recovery key
crypto-slip = there is a slip in the recovery key: one letter is probably wrong
crypto-hint-slip = compare it with the paper letter by letter; behind KEY-1 there is no 1, B, I or O: what looks like them is L, 8, L and 0
crypto-hint-no-key = it begins with AGE-SECRET-KEY-1 and has 74 characters; small letters and blanks do not matter
