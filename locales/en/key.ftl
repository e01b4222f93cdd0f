key-empty = no backup key was given
key-too-short = one symbol alone is no backup key
key-too-long = the backup key has { $bytes } bytes, more than the { $most } that any site uses
key-wrong-symbols = { $count ->
    [one] one symbol does not belong in a backup key
   *[other] { $count } symbols do not belong in a backup key
}: { $list }
key-wrong-list = { $before }, { $item }
key-wrong-zero = `0` at position { $position } (probably the letter O)
key-wrong-one = `1` at position { $position } (probably the letter I or L)
key-wrong-eight = `8` at position { $position } (probably the letter B)
key-wrong-nine = `9` at position { $position } (perhaps g or q misread – look again)
key-wrong-other = the one at position { $position }
key-wrong-more = and { $count } more
key-looks-like-hex = this looks like a hexadecimal key of { $bytes } { $bytes ->
    [one] byte
   *[other] bytes
}, not like an ordinary backup key
key-not-hex = this is not a hexadecimal key
key-is-address = this is a set-up address, not a backup key
key-hint-copy-again = copy the whole key from the site's set-up page, where it often stands below the QR code
key-hint-symbols = backup keys have only the letters A to Z and the digits 2 to 7; positions do not count spaces and hyphens
key-hint-hex = if the site gave it like this, confirm that it is hexadecimal (`otp import --key --hex`)
key-hint-not-hex = hexadecimal keys have an even number of symbols, only 0 to 9 and A to F
key-hint-address = import it as an address instead of a key
key-note-short = the key is short: { $bytes } { $bytes ->
    [one] byte
   *[other] bytes
}; check that all of it was copied
key-note-lost-letters = the key may have lost its last letters; compare its end with the site's
key-note-perhaps-hex = the key was read as an ordinary backup key, but could be hexadecimal too; check that the code is accepted
