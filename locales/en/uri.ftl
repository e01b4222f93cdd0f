uri-no-address = this is not the address of an account
uri-transfer = this is a transfer address, which can hold several accounts
uri-phonefactor = this is Microsoft's own activation code: it works only in Microsoft Authenticator, and gives no codes
uri-too-long = the address has { $bytes } bytes, more than the { $most } that are read
uri-unknown-kind = the address asks for a kind of code that nobody knows
uri-no-secret = there is no key in it
uri-two-secrets = the address has two keys, and only one can be the right one
uri-bad-secret = the key in it has a symbol that no key has
uri-algorithm-not-supported = codes made with { $name } are not supported
uri-unknown-algorithm = it asks for an algorithm that nobody knows
uri-bad-digits = the number of digits in it is not a whole number
uri-bad-period = the number of seconds in it is not a whole number
uri-bad-counter = the counter in it is not a whole number
uri-hint-address = addresses of accounts begin with `otpauth://`
uri-hint-transfer = import it as a transfer, together with its other parts
uri-hint-phonefactor = on that page, choose “I want to use a different authenticator app”, and use the QR code that is shown then
uri-hint-keep-other-app = keep this account in the app it comes from
uri-hint-two-secrets = do not use this address; have the site issue a new key
uri-hint-ask-the-site = look at the site's set-up page again, or have it issue a new key
uri-note-issuer-differs = two issuers are given: `{ $label }` in the label and `{ $issuer }` as issuer; the latter was taken
uri-note-zero-digits = 0 digits are given; { $taken } were taken
uri-note-zero-period = a period of 0 s is given; { $taken } s were taken
uri-note-no-counter = no counter is given; it starts at 0
uri-note-no-pin = there is no PIN with it; if its codes need one, add the account again with `&pin=` and the PIN at the end of its address
uri-note-short-secret = the key is short: { $bytes } { $bytes ->
    [one] byte
   *[other] bytes
}
