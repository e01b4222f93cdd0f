//! The window as a person or a screen reader meets it, in both languages, without a display.
//! A character that no face on board can draw fails any of these tests.

mod account;
mod away;
mod bringing;
mod codes;
mod drills;
mod emptied;
mod folders;
mod keeping;
mod kept_back;
mod keyboard;
mod keyring;
mod keys;
mod locked;
mod moving;
mod older;
mod outward;
mod receipts;
mod repairs;
mod rescue;
mod restoring;
mod scenes;
mod several;
mod shape;
mod sheets;
mod stage;
mod trust;
mod vaults;
mod walk;
mod whole;
