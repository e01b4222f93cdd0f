# windows.ps1 [-Program PATH] [-Remove]: what otp.desktop is on Linux, for Windows.
#
# Puts the window into the start menu, and lets a click on an otpauth: link open it with what is in
# the link; for this user only, without an administrator. With -Remove both go again. A link never
# stores anything by itself.
param([string] $Program = "$env:USERPROFILE\.cargo\bin\otp-desktop.exe", [switch] $Remove)
$ErrorActionPreference = 'Stop'

$entry = Join-Path ([Environment]::GetFolderPath('Programs')) 'otp.lnk'
$keys = @{}
foreach ($scheme in 'otpauth', 'otpauth-migration') { $keys[$scheme] = "HKCU:\Software\Classes\$scheme" }

if ($Remove) {
    Remove-Item -Recurse -Force -ErrorAction SilentlyContinue (@($keys.Values) + $entry)
    return
}
$Program = (Resolve-Path $Program).Path

foreach ($scheme in $keys.Keys) {
    $command = Join-Path $keys[$scheme] 'shell\open\command'
    New-Item -Force -Path $command | Out-Null
    Set-ItemProperty -Path $keys[$scheme] -Name '(Default)' -Value "URL:$scheme"
    Set-ItemProperty -Path $keys[$scheme] -Name 'URL Protocol' -Value ''
    # After the two dashes nothing that a page writes into a link is an option.
    Set-ItemProperty -Path $command -Name '(Default)' -Value "`"$Program`" -- `"%1`""
}

$shortcut = (New-Object -ComObject WScript.Shell).CreateShortcut($entry)
$shortcut.TargetPath = $Program
$shortcut.Save()
