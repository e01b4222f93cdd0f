codes-none = リカバリーコードが見つかりません
codes-hint-none = サイトに表示されたとおりに、1 行に 1 つずつ貼り付けてください
codes-too-many = { $found } 個あります。一度に受け付けるのは { $most } 個までです
codes-hint-too-many = 何回かに分けてください
codes-none-left = リカバリーコードは残っていません
codes-hint-none-left = サイトのセキュリティ設定で新しく発行し、`--add` で追加してください
codes-nothing = 対象のリカバリーコードがありません
codes-ask-block = リカバリーコードを貼り付け（画面には出ません）、Enter を 2 回押してください:
codes-added = { $count ->
    [0] { $account } の新しいリカバリーコードはありませんでした
   *[other] { $account } のリカバリーコードを { $count } 個保存しました
}
codes-known = { $count } 個はすでにありました
codes-left-out = コードではない { $count } か所は除きました
codes-ask-remove = { $account } のリカバリーコードを削除しますか。
codes-removed = { $account } のリカバリーコードを削除しました。30 日以内なら `--restore` で戻せます
codes-restored = { $account } のリカバリーコードを戻しました
codes-kept-none = 保存されているリカバリーコードはありません
codes-line = { $account }: { $of } 個のうち残り { $left } 個
codes-paper-file = { $account } のリカバリーコードのページを { $file } に書き出しました。印刷したらファイルを削除してください
codes-paper-printed = { $account } のリカバリーコードをプリンターに送りました
codes-left = { $count ->
    [0] 最後の 1 個でした。サイトで新しく発行してください
   *[other] 残りは { $count } 個です
}
