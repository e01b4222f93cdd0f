notice-older-index = アカウントの一覧が壊れていたため、{ $steps } 回前の変更の写しを使います。壊れたファイルは残してあります
notice-rebuilt = アカウントの一覧が失われていたため、保存されている内容から作り直しました（{ $accounts } 件）
notice-interrupted = 前回の取り込みが中断されていました。{ $of } 件のうち { $saved } 件は保存済みです。残りはもう一度取り込んでください
notice-interrupted-whole = { $of ->
   *[other] 以前の取り込みが中断されましたが、{ $of } 件すべて無事に保存されています
}
notice-not-searched = アカウントの一覧がなく、キーリングにアカウントがあるかどうかも確かめられませんでした: { $reason }
notice-new-canary = このキーリングの目印が消されていたため、新しく作りました
