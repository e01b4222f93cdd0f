# try.ps1 [-Lang en|ja]: what scripts/try does, for Windows.
#
# Builds `otp`, takes in a QR picture of ours in a throw-away profile inside the build folder, and
# compares its code with a known one. Starts with a byte order mark, or Windows PowerShell 5 would
# misread the Japanese.
param([ValidateSet('en', 'ja')] [string] $Lang)
$ErrorActionPreference = 'Stop'
if (-not $Lang) { $Lang = if ((Get-UICulture).TwoLetterISOLanguageName -eq 'ja') { 'ja' } else { 'en' } }

function Say($English, $Japanese) { Write-Host $(if ($Lang -eq 'ja') { $Japanese } else { $English }) }

Push-Location (Join-Path $PSScriptRoot '..')
$build = if ($env:CARGO_TARGET_DIR) { $env:CARGO_TARGET_DIR } else { Join-Path (Get-Location) 'target' }
$there = Join-Path $build ('try.' + [Guid]::NewGuid().ToString('N'))
try {
    Say 'Building otp (without the window; some minutes the first time) ...' `
        'otp をビルドしています（ウィンドウなし。初回は数分かかります）…'
    cargo build --release --locked --no-default-features --bin otp --target-dir $build
    if ($LASTEXITCODE -ne 0) { throw "cargo: $LASTEXITCODE" }

    New-Item -ItemType Directory -Path $there | Out-Null
    $passphrase = Join-Path $there 'passphrase'
    [IO.File]::WriteAllText($passphrase, [Guid]::NewGuid().ToString('N'))

    function Otp {
        Write-Host ''
        Write-Host "> otp $args"
        & (Join-Path $build 'release\otp.exe') --lang $Lang --profile (Join-Path $there 'profile') `
            --vault-passphrase-file $passphrase @args
        if ($LASTEXITCODE -ne 0) { throw "otp: $LASTEXITCODE" }
    }

    Otp vault create
    Otp import --yes --qr fixtures/qr/binance.png
    Otp now binance
    Otp list --codes

    # Known from oathtool and the secret of this account in fixtures/vectors.txt.
    $expected = '465210'
    $code = "$(Otp now binance --at 2026-01-01T00:00:00Z)".Trim()
    Write-Host $code
    if ($code -ne $expected) { throw "oathtool: $expected" }

    Say "`nIt works. To go on with your own accounts:" "`n動きました。ご自分のアカウントで始めるには:"
    Write-Host '  cargo install --path . --locked'
    Write-Host '  otp import --qr screenshot.png'
    Write-Host '  otp now binance --copy'
}
finally {
    Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $there
    Pop-Location
}
