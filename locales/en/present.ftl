present-title = { $issuer } ({ $name })
present-title-one = { $name }
present-unnamed = account without a name
present-seconds-left = { $seconds } s left
present-mixed-letters = this name mixes look-alike letters of several alphabets: { $letters }
present-seconds = { $count } s
present-minutes = { $count } { $count ->
    [one] minute
   *[other] minutes
}
present-hours = { $count } { $count ->
    [one] hour
   *[other] hours
}
