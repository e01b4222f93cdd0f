//! The library behind `otp` and `otp-desktop`: everything but the window.
//!
//! The rooms, from the ground up. Each uses only the ones above it in this list.
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`text`] | sentences for people, in English and Japanese |
//! | [`error`] | what an error says, advises and exits with |
//! | [`program`] | the programs that stand beside this one |
//! | [`bus`] | the session bus of Linux desktops |
//! | [`secret`] | the one type that carries key material |
//! | [`clock`] | time as a value |
//! | [`account`] | an account, always valid |
//! | [`key`] | backup keys as people write them |
//! | [`code`] | codes from accounts |
//! | [`uri`] | `otpauth://` addresses |
//! | [`repair`] | the true key from one with slips in it |
//! | [`site`] | addresses of web pages, and those that only look like them |
//! | [`qr`] | pictures to texts, texts to QR codes |
//! | [`crypto`] | bounded cryptography: age files, passphrases |
//! | [`import`] | whatever people have, to accounts |
//! | [`export`] | accounts, to what other apps read |
//! | [`store`] | where accounts are kept |
//! | [`recovery`] | the ways back: on paper, in copies, and proved |
//! | [`find`] | a query to one account, or the candidates |
//! | [`present`] | digits, names and seconds as people read them |
//! | [`app`] | what a command and the window both do |
//! | [`cli`] | the terminal's face: asks, calls, prints |

pub mod text;

pub mod error;

pub mod program;

#[cfg(target_os = "linux")]
pub mod bus;

pub mod secret;

pub mod clock;

pub mod account;

pub mod key;

pub mod code;

pub mod uri;

pub mod repair;
pub mod site;

pub mod qr;

pub mod crypto;

pub mod import;

pub mod export;

pub mod store;

pub mod recovery;

pub mod find;

pub mod present;

pub mod app;

pub mod cli;
