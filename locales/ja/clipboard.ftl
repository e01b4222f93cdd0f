clipboard-no-desktop = クリップボードのあるデスクトップにここからは接続できません
clipboard-refused = 認証コードをクリップボードに入れられませんでした
clipboard-no-helper = クリップボードを後で消すための `otp` の処理を開始できなかったため、コピーしませんでした
clipboard-terminal = 端末にコピーを依頼できませんでした
clipboard-hint-no-desktop = `--copy` を付けずに実行すると認証コードが表示されます。SSH では `--copy --osc52` で手元の端末にコピーを依頼できます
clipboard-hint-show = `--copy` を付けずに実行すると認証コードが表示されます
