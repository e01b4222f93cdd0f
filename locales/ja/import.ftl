import-empty = 中身がありません
import-too-big = 大きすぎます。読み取れるのは { $most } MiB までです
import-too-many = 項目が { $most } 件を超えています
import-unknown = 画像でも、対応しているエクスポートファイルでもありません
import-hint-export-again = もう一度エクスポートしてください。ファイルが途中で切れている可能性があります
import-hint-split = 分割して、一つずつ取り込んでください
import-hint-what-is-read = QR コードの画像か、1 行に 1 件の `otpauth://` アドレスが書かれたテキストファイルを使ってください
import-place-line = { $line } 行目
import-place-code = QR コード { $code }
import-place-item = { $item } 件目
import-place-row = { $row } 行目
import-place-page = { $page } ページ
import-place-entry = { $place }の { $entry } 件目
import-damaged-transfer = 移行用コードが壊れているか、途中で切れています
import-empty-transfer = 移行用コードにアカウントが入っていません
import-transfer-digits = 認証コードの桁数の指定が不明です
import-hint-transfer-again = 移行元のスマートフォンで移行用コードを作り直し、すべて取り込んでください
import-hint-set-up-code = サイトで認証アプリを設定するときに表示される QR コードを使ってください
import-other-web-link = これはウェブページのアドレスです
import-other-wifi = これは Wi-Fi の接続情報です
import-other-contact = これは連絡先です
import-other-payment = これは支払い用のコードです
import-other-passkey = これはパスキーでのログイン用です
import-other-push = これは専用アプリの承認機能を設定するもので、認証コードは使えません
import-other-text = `otpauth://` アドレスが含まれていません
import-note-google-counter = カウンターが 1 つ遅れている可能性があります。最初の認証コードが通らないときは、次のコードを使ってください
import-missing-parts = { $count ->
   *[other] 全 { $size } 枚のうち { $read } 枚目を読み取りました。まだ { $missing } 枚目が足りません
}
import-list-one = { $word }
import-list-comma = { $all }・{ $next }
import-list-and = { $all }・{ $last }
import-app-google-migration = Google Authenticator（移行用コード）
import-app-picture = QR コードの画像
import-app-uri-list = `otpauth://` アドレスの一覧
import-export-google-migration = メニューの「アカウントを移行」から「アカウントのエクスポート」を選び、QR コードを 1 枚ずつ撮影します
import-export-picture = QR コードのスクリーンショットか写真を撮ります
import-export-uri-list = Aegis、Ente Auth、Stratum など、テキスト形式でエクスポートできるアプリを使います
import-ask = 新しいアカウント { $count } 件を保存しますか。
import-progress = { $of } 件のうち { $done } 件を保存 …
import-saved = { $count ->
    [0] 新しく保存するものはありません
   *[other] { $count } 件のアカウントを保存しました
}
import-nothing = 取り込むものが指定されていません
import-hint-nothing = 画像やファイルを指定するか、`--key` でバックアップキーを入力してください
import-file-failed = { $file }: { $reason }
import-ask-key = バックアップキー（表示されません）:
import-ask-hex = 16 進数のキーのようです（使うサイトはまれです）。16 進数として読み取りますか。
import-ask-issuer = どのサイトのものですか（例: Binance）:
import-ask-name = どのアカウントですか（例: メールアドレス）:
import-key-length = キーの長さは { $bytes } バイト（{ $bits } ビット）です
import-compare = 今の認証コードは { $code } です。サイトか古いスマホの表示と比べてください
import-damaged = データが壊れています（{ $app }）
import-damaged-line = データの { $line } 行目が壊れています（{ $app }）
import-wrong-passphrase = パスフレーズが違うか、ファイルが壊れています（{ $app }）
import-hint-wrong-passphrase = このエクスポートを作ったときに設定したパスワードを使ってください（{ $app }）
import-app-unnamed = { $id }
import-entry-malformed = この項目は壊れています
import-entry-push-only = 専用アプリでログインを承認するもので、認証コードはありません
import-entry-withheld = キーはその端末でしか読めない形で保存されています
import-hint-new-code = サイトで二段階認証をいったん解除して設定し直し、新しい QR コードを取り込んでください
import-remark-icons = アイコン { $count } 個は引き継がれません
import-remark-trashed = 元のアプリのゴミ箱にある { $count } 件は取り込みません
import-app-aegis = Aegis
import-export-aegis = 「設定」→「インポートとエクスポート」→「エクスポート」で形式「Aegis (.json)」を選びます。パスワードはあってもなくてもかまいません
import-aegis-no-password = この Aegis の保管庫は指紋でしか開けません
import-hint-aegis-no-password = Aegis の「設定」→「セキュリティ」でパスワードを設定してから、もう一度エクスポートしてください
import-ask-passphrase = エクスポートのパスフレーズ（{ $app }）:
import-ask-passphrase-of = { $file } のパスフレーズ（{ $app }）:
import-needs-passphrase = パスフレーズが必要ですが、入力できる端末がありません
import-hint-needs-passphrase = ご自分だけが読めるファイルにパスフレーズを書き、`--passphrase-file` で指定してください
import-empty-folder = フォルダー `{ $folder }` にファイルがありません
import-full-folder = フォルダー `{ $folder }` のファイルが { $most } 個を超えています
import-ask-delete = { $count ->
   *[other] 内容はすべて保存しました。元のファイル { $count } 個にはキーがそのまま残っています。削除しますか。
}
import-source-safe = { $count ->
   *[other] 元のファイル { $count } 個の内容はすべて保存しました。読まれるとキーが漏れるので、削除してかまいません
}
import-source-partial = 保存できなかった項目があるので、元のファイルは残しておいてください
import-source-deleted = { $file } を削除しました（ほかの場所のコピーや、別の端末のゴミ箱には残っている可能性があります）
import-source-synced = このファイルは { $service } が同期するフォルダーにあります。{ $service } 側でも削除し、そちらのゴミ箱も空にしてください
import-source-in-trash = このファイルはゴミ箱にあります。キーが入っているので、ゴミ箱を空にしてください
import-app-otp-json = `otp` 自身の JSON
import-export-otp-json = `otp export --to json -o FILE.json` を実行します
import-otp-json-newer = これより新しい版の `otp` で書き出されたものです
import-hint-otp-json-newer = `otp` を最新の版にしてください
import-app-age = パスフレーズ付きの `age` で暗号化されたファイル
import-export-age = `otp export --to age -o FILE.age` を実行するか、ここにあるどれかのファイルを `age -p` で暗号化します
