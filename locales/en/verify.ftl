verify-ask = code shown for { $account }:
verify-empty = no code was given
verify-hint-empty = give the code that the site or the other app shows
verify-ask-any = code that the site accepts ({ $count } accounts have this name):
verify-named = { $account }, here since { $added }, id:{ $id }
verify-whose = { $account }: { $verdict }
verify-whose-none = the code belongs to none of the { $count } accounts
verify-whose-several = by chance it is a code of { $count } of them; try once more with the next code
verify-other = another key: { $account }
verify-ask-other = t = into the trash for 30 days, r = rename, Enter = leave it:
verify-ask-name = its new name, such as “old”:
verify-in-trash = it belongs to a key in the trash: { $account }. `otp restore` takes it back
