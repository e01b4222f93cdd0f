print-no-command = このパソコンには、コピーを残さずに印刷できるコマンドがありません
print-refused = 印刷のコマンドがシートを受け付けませんでした
print-hint = `-o FILE.pdf` でファイルに書き出し、PDF を表示するソフトから印刷して、ファイルを削除してください
