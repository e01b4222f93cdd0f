list-broken = damaged
list-counter = counter
