code-match = 認証コードは正しいです
code-clock-fast = { $seconds } 秒前の認証コードです。入力に時間がかかったか、このパソコンの時計が進んでいます
code-clock-slow = { $seconds } 秒後の認証コードです。このパソコンの時計が遅れています
code-ahead = 保存されているカウンターより { $steps } 個先の認証コードです
code-no-match = このアカウントの認証コードではありません
