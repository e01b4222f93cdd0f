clock-corrected = the clock is corrected by { $seconds } s for codes
clock-past = this computer's clock is years behind, so the code is wrong; `otp doctor` says more
clock-back = this computer's clock was set back, so the code may be wrong; `otp verify` can tell
clock-unsynchronised = this computer's clock follows no time server; if the site refuses the code, `otp verify` can tell how far it is off
clock-corrected-twice = this computer's clock follows a time server now, so the correction may be wrong; `otp doctor` says more
clock-jumped = this computer's clock was set back just now; if the site refuses the code, `otp verify` can tell how far it is off
