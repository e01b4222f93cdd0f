trash-empty = ゴミ箱は空です
trash-line = { $account }  { $removed } に削除、少なくとも { $until } まで保管
trash-restored = { $account } を元に戻しました
trash-warn = { $account } を完全に削除します。サイトの二段階認証がまだ有効なら、ログインできなくなります。
trash-ask-name = 削除するには `{ $name }` と入力してください:
trash-deleted = { $account } を削除しました
