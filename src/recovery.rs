//! The ways back into every account: on paper, in copies, and proved.
//!
//! Nothing here asks or shows, and nothing but [`copies`] saves. The plain text that copies and
//! encrypted sheets hold is [`crate::export::plain`]; what was written is read back by
//! [`crate::import`], like everything else.

pub mod check_number;

pub mod copies;

pub mod digest;

pub mod drill;

pub mod readiness;

pub mod rescue;

pub mod sheet;
