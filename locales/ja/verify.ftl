verify-ask = { $account } の認証コード:
verify-empty = 認証コードが入力されていません
verify-hint-empty = サイトやほかのアプリに表示されている認証コードを入力してください
verify-ask-any = サイトで通る認証コード（同じ名前のアカウントが { $count } 件あります）:
verify-named = { $account }（{ $added } 登録、id:{ $id }）
verify-whose = { $account }: { $verdict }
verify-whose-none = { $count } 件のどのアカウントの認証コードでもありません
verify-whose-several = 偶然 { $count } 件に当てはまりました。次の認証コードでもう一度お試しください
verify-other = 別のキーです: { $account }
verify-ask-other = t = ゴミ箱へ（30 日間）、r = 名前を変える、Enter = そのまま:
verify-ask-name = 新しい名前（「古いもの」など）:
verify-in-trash = ゴミ箱にあるキーの認証コードです: { $account }。`otp restore` で戻せます
