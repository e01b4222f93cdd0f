remove-ask = { $account } をゴミ箱に入れますか。サイトの二段階認証がまだ有効なら、ログインにはこのアカウントが必要です。
remove-done = { $account } をゴミ箱に入れました。30 日間は `otp restore` で戻せます
