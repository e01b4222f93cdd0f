remove-ask = Is two-factor switched off at the site for { $account }? [y = yes, n = no, ? = not sure]
remove-keep = Then keep it: the site will ask for its codes. Switch two-factor off there first, or set it up anew with another key.
remove-look = Then keep it until you know: sign in to the site and look at its security settings. Until two-factor is off there, you need this account to sign in.
remove-ask-all-the-same = Put { $account } into the trash all the same?
remove-done = { $account } is in the trash for 30 days; `otp restore` takes it back
