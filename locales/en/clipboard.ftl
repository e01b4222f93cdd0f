clipboard-no-desktop = no desktop with a clipboard can be reached from here
clipboard-refused = the clipboard did not take the code
clipboard-no-helper = the part of `otp` that clears the clipboard again could not be started, so nothing was copied
clipboard-terminal = the terminal could not be asked to copy the code
clipboard-hint-no-desktop = leave out `--copy` to see the code; over SSH, `--copy --osc52` asks your own terminal to copy it
clipboard-hint-show = leave out `--copy` to see the code
