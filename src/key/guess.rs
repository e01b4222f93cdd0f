//! Whether a command-line argument looks like key material (`security.md` R8.2).

/// Whether `argument` looks like a secret or an address that holds one.
pub fn looks_like_secret(argument: &str) -> bool {
    super::typed::is_address(argument)
}
