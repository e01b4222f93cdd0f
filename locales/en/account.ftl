account-empty-secret = there is no secret
account-secret-too-long = the secret has { $bytes } bytes, more than the { $most } that any site uses
account-name-too-long = the name has { $characters } characters, more than { $most }
account-digits = codes of { $digits } { $digits ->
    [one] digit
   *[other] digits
} cannot be made; 1 to 10 are possible
account-period = codes that change every { $seconds } s cannot be made; 1 to { $most } s are possible
account-steam = Steam codes always have five symbols and use SHA1
account-no-randomness = the system has no random numbers to give
account-hint-shorten = choose a shorter name
account-hint-try-later = try again in a moment
account-hint-ask-the-site = look at the site's set-up page again, or have it issue a new key
