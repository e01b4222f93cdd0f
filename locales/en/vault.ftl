vault-older = `{ $file }` cannot be read; the copy `{ $used }` is used instead
vault-spare = `{ $file }` does not open; its spare `{ $used }` did; `otp vault passphrase` writes both anew
vault-aside = the unreadable `{ $file }` is kept as `{ $kept }`
vault-tightened = other users of this computer could open `{ $path }`; now only you can
