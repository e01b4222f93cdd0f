repair-no-key = there is no backup key in this
repair-key-too-long = the key is longer than the { $most } bytes that any site uses
repair-wrong-symbols = { $count ->
    [one] one symbol stands for no letter of a key, at position { $list }
   *[other] { $count } symbols stand for no letter of a key, at positions { $list }
}
repair-not-a-code = this is no code of { $digits } digits
repair-no-code = without a code that the key gave, nobody can tell which key is right
repair-too-vague = the time is too vague to be of use
repair-hint-key = type the whole key as it was written down, with `?` for each letter that cannot be read
repair-hint-symbols = type `?` for a letter that cannot be read; positions do not count spaces and hyphens
repair-hint-code = give a code that the old phone or a screenshot shows, and when it was shown
repair-hint-vague = give a time of day, such as 14:32, or the date as well
repair-ask-key = the backup key as it was written down, with ? for each letter that cannot be read (it is not shown):
repair-ask-code = a code that this account gave, for example on the old phone:
repair-ask-more = another code of the account, if there is one (Enter: no more):
repair-ask-further = one more code of the account, seen at another time (Enter: there is none):
repair-ask-when = when was it seen? (now, 14:32, or 2026-11-25 14:32; Enter: now)
repair-bad-time = that is no time
repair-hint-time = give `now`, a time such as 14:32, or a date and a time such as 2026-11-25 14:32
repair-progress = { $tried } of at most { $most } keys tried...
repair-progress-left = { $tried } of at most { $most } keys tried, at most { $time } left (Ctrl-C stops)...
repair-stopped = stopped after { $keys } keys, and nothing fits so far
repair-nothing = no key that is like the written one gives these codes
repair-hint-nothing = look at the codes and their times again: the date, the time zone, and whether they are of this account; `--steps` allows for a clock that is far off
repair-hint-further = give one more code, seen at another time; each one tells a million times as many keys apart
repair-unsure = this may still be chance: one more code makes it certain
repair-several = { $count } keys fit; one more code can tell which of them is right
repair-too-few = so few codes cannot tell more keys apart: with one more, the search can go on
repair-chance = { $count ->
    [0] no key fits
    [one] one key fits
   *[other] { $count } keys fit
}; { $keys } keys tried against { $codes } { $codes ->
    [one] code
   *[other] codes
}, the chance that a wrong one fits is 1 in { $number }
repair-chance-high = { $count ->
    [0] no key fits
    [one] one key fits
   *[other] { $count } keys fit
}; { $keys } keys tried against { $codes } { $codes ->
    [one] code
   *[other] codes
}, and { $number } wrong ones are to be expected among those that fit
repair-too-open = too many letters cannot be read: there are more keys than can be tried
repair-hint-too-open = read as many letters as you can; six at most may be open
repair-slips = the key as written differs from it: { $slips }
repair-slip-none = it is the key as written
repair-slip-and = { $all }; { $next }
repair-slip-swapped = { $count ->
    [one] two neighbours were swapped
   *[other] neighbours were swapped in { $count } places
}
repair-slip-extra = { $count ->
    [one] a letter was too many
   *[other] { $count } letters were too many
}
repair-slip-missing = { $count ->
    [one] a letter was missing
   *[other] { $count } letters were missing
}
repair-slip-places = { $count ->
    [one] letter { $places } was another one
   *[other] letters { $places } were others
}
repair-key = { $key }
