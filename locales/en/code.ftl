code-match = the code is right
code-clock-fast = the code is the one of { $seconds } s ago: it was typed late, or this computer's clock is fast
code-clock-slow = the code is the one of { $seconds } s from now: this computer's clock is slow
code-ahead = the code is { $steps } { $steps ->
    [one] step
   *[other] steps
} ahead of the stored counter
code-no-match = the code does not belong to this account
