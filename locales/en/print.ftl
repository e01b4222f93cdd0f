print-no-command = there is no command on this computer that prints without leaving a copy
print-refused = the print command refused the sheet
print-hint = write it to a file with `-o FILE.pdf`, print that from a program that shows PDF files, and delete it
