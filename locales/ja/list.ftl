list-broken = 破損
list-counter = カウンター
list-letters = { $account }: { $warning }
