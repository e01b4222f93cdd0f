verify-ask = { $account } の認証コード:
