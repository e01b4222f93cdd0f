clock-corrected = 認証コードは時計を { $seconds } 秒補正して作っています
clock-past = このパソコンの時計が何年も遅れているため、認証コードは正しくありません。詳しくは `otp doctor`
clock-back = このパソコンの時計が戻されたようです。認証コードが違うかもしれません。`otp verify` で確かめられます
clock-unsynchronised = このパソコンの時計は時刻サーバーに合っていません。認証コードが通らないときは `otp verify` でずれがわかります
clock-corrected-twice = このパソコンの時計は時刻サーバーに合うようになりました。補正はもう要らないかもしれません。詳しくは `otp doctor`
clock-jumped = このパソコンの時計がいま戻されました。認証コードが通らないときは `otp verify` でずれがわかります
