qr-not-a-picture = this file is not a picture
qr-unsupported = { $kind } pictures cannot be read here
qr-too-large = the picture is too large: at most { $most } million pixels can be read
qr-damaged = the picture is damaged or cut short
qr-no-code = no QR code could be found in the picture
qr-unreadable = there seems to be a QR code in the picture, but it cannot be read: { $marks ->
    [one] 1 corner mark was found
   *[other] { $marks } corner marks were found
}, and one dot is about { $pixels } pixels wide
qr-hint-larger = get closer, or take the screenshot at full size; where an app shows several accounts in one code, put fewer in each
qr-hint-whole = all three corner marks must be in the picture, with nothing over them and no glare
qr-hint-one = cut out the part with one QR code, and try that
qr-hint-clearer = hold the camera straight and still, without glare or shadow; where an app shows several accounts in one code, put fewer in each
qr-hint-kinds = use a PNG, JPEG, WebP, GIF or BMP picture
qr-hint-share-as-jpeg = share it as JPEG, or take a screenshot of it
qr-hint-crop = cut out the part with the QR code, or save it smaller
qr-hint-copy-again = copy or send the picture again
qr-hint-closer = take the picture straight on, in good light, so that the whole QR code with its white border is in it
qr-too-long = this is more than one QR code can hold
qr-hint-fewer = put fewer accounts on a page, or shorten the names
qr-nothing = there is no picture to read
qr-hint-nothing = name a picture, or use `--screen` or `--clipboard`
qr-clipboard-text = there is text in the clipboard, and no picture
qr-hint-clipboard-text = copy the picture of the QR code; `otp import --clipboard` takes text, too
qr-masked = the secrets are left out; `--reveal` shows them
