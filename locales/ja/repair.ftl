repair-no-key = バックアップキーが見当たりません
repair-key-too-long = キーが長すぎます。どのサイトのキーも { $most } バイトまでです
repair-wrong-symbols = { $count ->
   *[other] キーの文字ではない記号が { $count } 個あります（{ $list } 文字目）
}
repair-not-a-code = { $digits } 桁の認証コードではありません
repair-no-code = 正しいキーを見分けるには、そのキーで表示された認証コードが必要です
repair-too-vague = 時刻の範囲が広すぎて使えません
repair-hint-key = 書き留めたキーをすべて入力し、読めない文字は `?` にしてください
repair-hint-symbols = 読めない文字は `?` にしてください。位置にスペースとハイフンは数えません
repair-hint-code = 古いスマホやスクリーンショットに表示された認証コードと、その時刻を入力してください
repair-hint-vague = 14:32 のような時刻か、日付と時刻を入力してください
repair-ask-key = 書き留めたバックアップキー。読めない文字は ?（表示されません）:
repair-ask-code = このアカウントの認証コード（古いスマホの表示など）:
repair-ask-more = ほかの認証コードがあれば入力してください（なければ Enter）:
repair-ask-further = 別の時刻の認証コードをもう一つ入力してください（なければ Enter）:
repair-ask-when = いつ表示されたものですか（now、14:32、2026-11-25 14:32 など。Enter で「今」）:
repair-bad-time = 時刻として読み取れません
repair-hint-time = `now`、14:32 のような時刻、2026-11-25 14:32 のような日付と時刻のどれかで入力してください
repair-progress = 最大 { $most } 個のうち { $tried } 個のキーを確認 …
repair-progress-left = 最大 { $most } 個のうち { $tried } 個のキーを確認、残り最大 { $time }（Ctrl-C で中止）…
repair-stopped = { $keys } 個のキーを確認したところで中止しました。合うものはまだ見つかっていません
repair-nothing = 書き留めたキーに近いキーの中に、この認証コードになるものはありません
repair-hint-nothing = 認証コードと時刻を見直してください。日付、タイムゾーン、別のアカウントの認証コードではないか。時計が大きくずれているときは `--steps` を使います
repair-hint-further = 別の時刻の認証コードをもう一つ入力してください。1 つ増えるごとに、見分けられるキーが 100 万倍になります
repair-unsure = 偶然の一致かもしれません。認証コードがもう一つあれば確実になります
repair-several = { $count } 個のキーが合います。認証コードがもう一つあれば、正しいものがわかります
repair-too-few = 認証コードが少なく、これ以上は見分けられません。もう一つあれば続けて探せます
repair-chance = { $count ->
    [0] 合うキーはありません
   *[other] { $count } 個のキーが合います
}。{ $keys } 個のキーを { $codes } 個の認証コードで確認しました。間違ったキーが偶然合う確率は { $number } 分の 1 です
repair-chance-high = { $count ->
    [0] 合うキーはありません
   *[other] { $count } 個のキーが合います
}。{ $keys } 個のキーを { $codes } 個の認証コードで確認しました。偶然合う間違ったキーが平均 { $number } 個あります
repair-too-open = 読めない文字が多すぎて、すべてのキーは試せません
repair-hint-too-open = 読める文字をできるだけ入力してください。? は 6 文字までです
repair-slips = 書き留めたキーとの違い: { $slips }
repair-slip-none = 書き留めたとおりのキーです
repair-slip-and = { $all }、{ $next }
repair-slip-swapped = { $count ->
   *[other] 隣り合う文字の入れ替わりが { $count } か所
}
repair-slip-extra = { $count ->
   *[other] 余分な文字が { $count } 個
}
repair-slip-missing = { $count ->
   *[other] 抜けた文字が { $count } 個
}
repair-slip-places = { $count ->
   *[other] { $places } 文字目が違う
}
repair-key = { $key }
