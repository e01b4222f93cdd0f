//! The integration program: rules of the house, and `otp` as a person runs it.

mod house;
mod readme;
mod rooms;
mod sources;
