trash-empty = the trash is empty
trash-line = { $account }  removed { $removed }, kept until { $until } at least
trash-restored = { $account } is back
trash-warn = { $account } will be deleted for good. If two-factor is still on at the site, you will be locked out.
trash-ask-name = type `{ $name }` to delete it:
trash-deleted = { $account } is deleted
