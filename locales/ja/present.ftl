present-title = { $issuer } ({ $name })
present-title-one = { $name }
present-unnamed = 名前のないアカウント
present-seconds-left = 残り { $seconds } 秒
present-mixed-letters = この名前には、形の似た別の種類の文字が混ざっています: { $letters }
present-seconds = { $count } 秒
present-minutes = { $count } 分
present-hours = { $count } 時間
