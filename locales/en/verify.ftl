verify-ask = code shown for { $account }:
