remove-ask = Put { $account } into the trash? If two-factor is still on at the site, you need this account to sign in.
remove-done = { $account } is in the trash for 30 days; `otp restore` takes it back
