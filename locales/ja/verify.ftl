verify-ask = { $account } の認証コード:
verify-empty = 認証コードが入力されていません
verify-hint-empty = サイトやほかのアプリに表示されている認証コードを入力してください
