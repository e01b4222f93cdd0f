account-empty-secret = there is no secret
account-secret-too-long = the secret has { $bytes } bytes, more than the { $most } that any site uses
account-name-too-long = the name has { $characters } characters, more than { $most }
account-digits = codes of { $digits } { $digits ->
    [one] digit
   *[other] digits
} cannot be made; 1 to 10 are possible
account-period = codes that change every { $seconds } s cannot be made; 1 to { $most } s are possible
account-fixed = this kind of code has one algorithm and one length, and these are others
account-yandex-key = a Yandex key has 16 bytes, and this one has another length
account-pin = a PIN has at most { $most } characters, and only Mobile-OTP and Yandex have one
account-no-randomness = the system has no random numbers to give
account-hint-shorten = choose a shorter name
account-hint-try-later = try again in a moment
account-hint-ask-the-site = look at the site's set-up page again, or have it issue a new key
