verify-ask = code shown for { $account }:
verify-empty = no code was given
verify-hint-empty = give the code that the site or the other app shows
