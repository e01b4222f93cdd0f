open-bad-address = the official address of this account is none that a browser can be given
open-hint-bad-address = note it anew with `otp url QUERY https://…`
open-not-started = the browser did not start: `{ $program }` is missing or failed
open-hint-not-started = type the official address yourself; `otp url QUERY` shows it
open-no-address = no official address is noted for { $account }
open-hint-no-address = note it once, from your bookmark or a letter of the site: `otp url QUERY https://…`
open-done = the browser opens { $domain }
