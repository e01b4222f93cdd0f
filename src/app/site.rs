//! Whose page an address is: compared with the official addresses that the owner noted.
//!
//! The program knows no address by itself (`security.md` R12.2).

use crate::error::{Exit, Explain};
use crate::site::{Likeness, Site, Trick};
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;

/// What an address is to the accounts that it was compared with.
#[derive(Debug)]
pub enum Judgement<'a> {
    /// It belongs to the site of these accounts.
    Own(Vec<&'a Entry>),
    /// It belongs to none, and looks like the site of these.
    Alike(Vec<(&'a Entry, Trick)>),
    /// It belongs to none.
    Other,
    /// None of the accounts has its official address noted.
    Unknown,
}

/// Compares `site` with the official addresses of `entries`.
pub fn judge<'a>(site: &Site, entries: &[&'a Entry]) -> Judgement<'a> {
    let noted = |entry: &&'a Entry| Some((*entry, noted(entry)?));
    let compared: Vec<_> = entries.iter().filter_map(noted).map(|(entry, own)| (entry, site.compare(&own))).collect();
    if compared.is_empty() {
        return Judgement::Unknown;
    }
    let own: Vec<_> = compared.iter().filter(|(_, it)| *it == Likeness::Same).map(|(entry, _)| *entry).collect();
    if !own.is_empty() {
        return Judgement::Own(own);
    }
    let alike = compared.into_iter().filter_map(|(entry, likeness)| match likeness {
        Likeness::Alike(trick) => Some((entry, trick)),
        Likeness::Same | Likeness::Other => None,
    });
    match alike.collect::<Vec<_>>() {
        none if none.is_empty() => Judgement::Other,
        alike => Judgement::Alike(alike),
    }
}

/// The official site of `entry`, if its owner noted one.
pub fn noted(entry: &Entry) -> Option<Site> {
    entry.url.as_deref().and_then(|url| Site::parse(url).ok())
}

/// Why no code is given for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForeignSite {
    /// It is another site.
    Other {
        /// The domain of the address.
        domain: String,
    },
    /// It is another site that looks like the own one.
    Alike {
        /// The domain of the address.
        domain: String,
        /// How it deceives.
        trick: Trick,
        /// The own domain.
        own: String,
    },
    /// The account's official address is not noted, so nobody can tell.
    Unknown,
}

impl Explain for ForeignSite {
    fn text(&self) -> Text {
        match self {
            Self::Other { domain } => text!("site-other", domain = domain.as_str()),
            Self::Alike { domain, trick, own } => {
                text!("site-alike", domain = domain.as_str(), own = own.as_str(), trick = trick.text())
            }
            Self::Unknown => text!("site-unknown"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::Other { .. } => text!("site-hint-other"),
            Self::Alike { .. } => text!("site-hint-alike"),
            Self::Unknown => text!("site-hint-unknown"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Other { .. } => Exit::NoMatch,
            Self::Alike { .. } => Exit::LookAlike,
            Self::Unknown => Exit::NotFound,
        }
    }
}

crate::explained!(ForeignSite);

impl Judgement<'_> {
    /// The accounts whose own site `site` is.
    ///
    /// # Errors
    /// When it is not the own site of any.
    pub fn own(&self, site: &Site) -> Result<&[&Entry], ForeignSite> {
        let domain = site.domain();
        match self {
            Self::Own(entries) => Ok(entries),
            Self::Alike(alike) => Err(alike.first().and_then(|(entry, trick)| Some((noted(entry)?, trick))).map_or(
                ForeignSite::Other { domain: domain.clone() },
                |(own, trick)| ForeignSite::Alike { domain, trick: trick.clone(), own: own.domain() },
            )),
            Self::Other => Err(ForeignSite::Other { domain }),
            Self::Unknown => Err(ForeignSite::Unknown),
        }
    }
}
