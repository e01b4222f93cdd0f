present-title = { $issuer } ({ $name })
present-title-one = { $name }
present-unnamed = 名前のないアカウント
present-seconds-left = 残り { $seconds } 秒
present-mixed-letters = この名前には、形の似た別の種類の文字が混ざっています: { $letters }
