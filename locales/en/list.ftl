list-broken = damaged
list-counter = counter
list-letters = { $account }: { $warning }
