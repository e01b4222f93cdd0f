open-bad-address = このアカウントに登録された公式サイトのアドレスは、ブラウザーで開けない形です
open-hint-bad-address = `otp url アカウント https://…` で登録し直してください
open-not-started = ブラウザーを開けませんでした（`{ $program }` がないか、失敗しました）
open-hint-not-started = 公式サイトのアドレスをブラウザーに直接入力してください。アドレスは `otp url アカウント` で見られます
open-no-address = { $account } の公式サイトのアドレスが登録されていません
open-hint-no-address = ブックマークやサイトからの郵便物で確かめて登録してください: `otp url アカウント https://…`
open-done = ブラウザーで { $domain } を開きます
