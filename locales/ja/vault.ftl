vault-older = `{ $file }` を読めないため、控えの `{ $used }` を使っています
vault-spare = `{ $file }` を開けないため、予備の `{ $used }` を使いました。`otp vault passphrase` で両方を書き直せます
vault-aside = 読めない `{ $file }` は `{ $kept }` として残してあります
vault-tightened = `{ $path }` をこのパソコンの他のユーザーも開ける状態でしたので、ご自分だけが開けるようにしました
