//! Addresses of web pages: whose site a page belongs to, and which sites only look like it.
//!
//! Two pages belong to one site if their registrable domains are the same: the name that somebody
//! bought below a public suffix such as `com` or `co.jp`. What stands before it is free to choose:
//! `binance.com.example.net` is a page of `example.net`. The domains are compared as browsers do
//! (UTS #46), the suffixes are those of the Public Suffix List.

mod alike;
mod letters;

use std::net::{Ipv4Addr, Ipv6Addr};

use idna::AsciiDenyList;

use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

pub use alike::Trick;

/// The longest address, in bytes.
const MOST: usize = 8 * 1024;

/// The site of a web page, named by its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// As browsers send it: lower case, letters beyond ASCII as `xn--…`.
    host: String,
    /// Where in `host` the registrable domain begins.
    domain: usize,
    /// How long the name in front of the public suffix is; all of the domain where there is none.
    name: usize,
    /// What stood in front of an `@`; browsers take it for a user's name.
    user: String,
    encrypted: bool,
}

/// What one site is to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// It is the same.
    Same,
    /// It is another, made to look like it, or looking like it by chance.
    Alike(Trick),
    /// It is another.
    Other,
}

/// The text is not the address of a web page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressError;

impl Explain for AddressError {
    fn text(&self) -> Text {
        text!("site-bad-address")
    }

    fn hint(&self) -> Option<Text> {
        Some(text!("site-hint-bad-address"))
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(AddressError);

impl Site {
    /// Reads `address` as a browser would: `https://…`, `http://…`, or a host and what follows it.
    ///
    /// # Errors
    /// When it names no host, another scheme, or has characters that no address has.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        let address = address.trim();
        if address.len() > MOST || address.chars().any(|symbol| symbol.is_whitespace() || symbol.is_control()) {
            return Err(AddressError);
        }
        let (encrypted, rest) = without_scheme(address);
        // Browsers take `\` for `/`.
        let authority = rest.unwrap_or(address).split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        // `taro@example.com` alone is an e-mail address, and `javascript:…` none at all.
        if rest.is_none() && !user.is_empty() {
            return Err(AddressError);
        }
        let host = host(without_port(place).ok_or(AddressError)?)?;
        let (domain, name) = registrable(&host);
        Ok(Self { host, domain, name, user: user.to_lowercase(), encrypted })
    }

    /// The registrable domain, or the whole host where there is none, as with an IP address.
    pub fn domain(&self) -> String {
        shown(self.ascii_domain())
    }

    /// Whether the address begins with `https`, or leaves it to the browser.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// What this site is to `own`.
    pub fn compare(&self, own: &Self) -> Likeness {
        if self.ascii_domain() == own.ascii_domain() {
            return Likeness::Same;
        }
        alike::trick(self, own).map_or(Likeness::Other, Likeness::Alike)
    }

    fn ascii_domain(&self) -> &str {
        self.host.get(self.domain..).unwrap_or_default()
    }

    /// The domain without its public suffix.
    fn name(&self) -> String {
        shown(self.ascii_domain().get(..self.name).unwrap_or_default())
    }

    /// What stands in front of the domain.
    fn front(&self) -> String {
        shown(self.host.get(..self.domain).unwrap_or_default())
    }
}

/// Whether the scheme asks for encryption, and what follows it; `None` where there is no scheme.
fn without_scheme(address: &str) -> (bool, Option<&str>) {
    for (scheme, encrypted) in [("https://", true), ("http://", false), ("//", true)] {
        if let Some((head, rest)) = address.split_at_checked(scheme.len())
            && head.eq_ignore_ascii_case(scheme)
        {
            return (encrypted, Some(rest));
        }
    }
    (true, None)
}

fn without_port(place: &str) -> Option<&str> {
    match place.rsplit_once(':') {
        Some((_, after)) if after.ends_with(']') => Some(place),
        Some((host, port)) => (!port.is_empty() && port.chars().all(|digit| digit.is_ascii_digit())).then_some(host),
        None => Some(place),
    }
}

/// The host as browsers send it.
fn host(written: &str) -> Result<String, AddressError> {
    if let Some(inner) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse::<Ipv6Addr>().map(|address| format!("[{address}]")).map_err(|_| AddressError);
    }
    let host = idna::domain_to_ascii_cow(written.as_bytes(), AsciiDenyList::URL).map_err(|_| AddressError)?;
    let host = host.strip_suffix('.').unwrap_or(&host);
    let number =
        |label: &str| label.starts_with(|symbol: char| symbol.is_ascii_digit()) && label.parse::<u64>().is_ok();
    // What ends like a number is one (WHATWG URL, "ends in a number"); other ways to write it are for tricks alone.
    let fits = match host.rsplit('.').next() {
        Some(last) if number(last) || last.starts_with("0x") => host.parse::<Ipv4Addr>().is_ok(),
        _ => host.len() <= 253 && host.split('.').all(|label| (1..=63).contains(&label.len())),
    };
    if fits { Ok(host.to_owned()) } else { Err(AddressError) }
}

/// Where in `host` the registrable domain begins, and how long the name in it is.
fn registrable(host: &str) -> (usize, usize) {
    if host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok() {
        return (0, host.len());
    }
    // The list has suffixes such as `公司.cn` only with their letters.
    let letters = shown(host);
    let Some(domain) = psl::domain(letters.as_bytes()) else { return (0, host.len()) };
    let labels = |part: &[u8]| part.split(|byte| *byte == b'.').count();
    let (domain, suffix) = (labels(domain.as_bytes()), labels(domain.suffix().as_bytes()));
    let start = start_of(host, domain);
    (start, start_of(host, suffix).saturating_sub(start + 1))
}

/// Where the last `labels` labels of `host` begin.
fn start_of(host: &str, labels: usize) -> usize {
    host.rmatch_indices('.').nth(labels - 1).map_or(0, |(dot, _)| dot + 1)
}

/// `host` with the letters that its owner chose.
fn shown(host: &str) -> String {
    idna::domain_to_unicode(host).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn the_domain_is_what_somebody_bought() {
        #[track_caller]
        fn case(address: &str, domain: &str) {
            assert_eq!(Site::parse(address).map(|site| site.domain()), Ok(domain.to_owned()));
        }
        case("https://www.binance.com/ja/login?x=@evil.net", "binance.com");
        case("HTTP://Accounts.BINANCE.com:8443", "binance.com");
        case("coincheck.com", "coincheck.com");
        case("//bitflyer.jp/", "bitflyer.jp");
        case("https://login.example.co.jp/", "example.co.jp");
        case("https://taro.github.io", "taro.github.io");
        case("https://co.jp/", "co.jp");
        case("https://binance.com.evil.net/", "evil.net");
        case("https://binance.com@evil.net/", "evil.net");
        case("https://evil.net\\@binance.com/", "evil.net");
        case("https://evil.net#@binance.com/", "evil.net");
        case("https://ｂｉｎａｎｃｅ．ｃｏｍ/", "binance.com");
        case("https://binance。com./", "binance.com");
        case("https://xn--bnance-pvf.com/", "bіnance.com");
        case("https://BÜCHER.example/", "bücher.example");
        case("https://取引所.公司.cn", "取引所.公司.cn");
        case("http://127.0.0.1:8080/x", "127.0.0.1");
        case("http://[2001:DB8::1]/", "[2001:db8::1]");
        case("localhost:3000", "localhost");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "",
            "https://",
            "https:///login",
            "javascript:alert(1)",
            "mailto:taro@example.com",
            "taro@example.com",
            "ftp://binance.com/",
            "https://bin ance.com",
            "https://binance.com/\u{7}",
            "https://binance%2ecom/",
            "https://binance.com:http/",
            "https://0x7f.1/",
            "https://1.2.3/",
            "https://a..b/",
            "https://xn--a/",
            "https://binance.com／.evil.net/",
        ] {
            assert_eq!(Site::parse(address), Err(AddressError), "{address}");
        }
        assert_eq!(AddressError.text().say(Lang::English), "that is not the address of a web page");
    }

    #[test]
    fn only_one_domain_is_the_own_one() {
        #[track_caller]
        fn case(address: &str, own: &str, expected: &Likeness) {
            let (site, own) = (Site::parse(address).unwrap(), Site::parse(own).unwrap());
            assert_eq!(site.compare(&own), *expected, "{address}");
        }
        let own = "https://www.binance.com/ja";
        case("https://accounts.binance.com/login", own, &Likeness::Same);
        case("binance.com", own, &Likeness::Same);
        case("https://example.org/binance.com", own, &Likeness::Other);
        case("https://finance.yahoo.co.jp", own, &Likeness::Other);
        case("https://coincheck.com", own, &Likeness::Other);
        case("https://b.example.co.jp", "https://a.example.co.jp", &Likeness::Same);
        case("https://other.co.jp", "https://example.co.jp", &Likeness::Other);
        case("https://jiro.github.io", "https://taro.github.io", &Likeness::Other);
    }
}
