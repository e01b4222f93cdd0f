//! The clock by which codes are made: its correction, kept in a file of the profile, and whether the
//! computer's own clock can be trusted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::app::App;
use crate::app::profile::Profile;
#[cfg(target_os = "linux")]
use crate::bus::{Bus, Target};
use crate::clock::{Clock, Correction, UnixTime};
use crate::present;
use crate::store::StoreError;
use crate::store::files::Files;
use crate::text;
use crate::text::Text;

/// The name of the file.
const FILE: &str = "clock.json";
/// Before the first release of this program: the clock was never set.
pub(super) const RELEASED: UnixTime = UnixTime(1_767_225_600);
/// Something noted so many seconds ahead of the clock is no matter of two clocks that differ a little.
const BACK: u64 = 60;

/// The clock of `profile`. A missing or damaged file means no correction.
pub fn read(profile: &Profile) -> Clock {
    let content = Files::at(profile.data()).read(FILE).ok();
    Clock::corrected(content.and_then(|content| serde_json::from_slice::<Correction>(&content).ok()))
}

/// Where the correction of `profile` is kept.
pub fn file(profile: &Profile) -> PathBuf {
    Files::at(profile.data()).path(FILE)
}

/// Why the computer's clock may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It was never set.
    Past,
    /// It was set back: something was noted later than it is now.
    Back,
    /// The system says that it follows no time server.
    Unsynchronised,
    /// It follows a time server, and yet a correction is kept.
    CorrectedTwice,
}

impl Doubt {
    /// One sentence, to stand beside a code.
    pub fn text(self) -> Text {
        match self {
            Self::Past => text!("clock-past"),
            Self::Back => text!("clock-back"),
            Self::Unsynchronised => text!("clock-unsynchronised"),
            Self::CorrectedTwice => text!("clock-corrected-twice"),
        }
    }
}

/// How far the clock is off, in one sentence: so many `seconds` behind, or ahead if negative.
pub fn off(seconds: i64) -> Text {
    let time = present::span(Duration::from_secs(seconds.unsigned_abs()));
    match seconds {
        0 => text!("verify-clock-right"),
        1.. => text!("verify-clock-slow", time = time, seconds = seconds),
        _ => text!("verify-clock-fast", time = time, seconds = seconds.unsigned_abs()),
    }
}

impl App {
    /// The clock by which codes are made.
    pub fn clock(&self) -> Clock {
        read(&self.profile)
    }

    /// Keeps `correction` until it is replaced; `None` drops it. A correction that does not count is
    /// not kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn correct_clock(&self, correction: Option<Correction>) -> Result<(), StoreError> {
        let files = Files::at(self.profile.data());
        match Clock::corrected(correction).correction() {
            Some(correction) => {
                files.create()?;
                let content = serde_json::to_vec(&correction).unwrap_or_default();
                files.stage(FILE, &content)?.place()?;
                files.sync()
            }
            None if files.exists(FILE) => {
                let path = files.path(FILE);
                std::fs::remove_file(&path).map_err(|error| StoreError::disk(&path, &error))
            }
            None => Ok(()),
        }
    }

    /// Whether the computer's clock, which says `now`, may be wrong, as far as that can be told
    /// without a network and at no cost.
    pub fn doubt(&self, now: UnixTime) -> Option<Doubt> {
        let corrected = self.clock().correction().is_some();
        let noted = self.ledger.index().and_then(|index| index.events.iter().map(|event| event.at).max());
        match is_synchronised() {
            _ if now < RELEASED => Some(Doubt::Past),
            Some(true) if corrected => Some(Doubt::CorrectedTwice),
            // Whoever corrected the clock knows that it is wrong.
            _ if corrected => None,
            _ if noted.is_some_and(|noted| noted.since(now) > BACK) => Some(Doubt::Back),
            Some(false) => Some(Doubt::Unsynchronised),
            _ => None,
        }
    }
}

/// Whether the system says that its clock follows a time server; `None` where it does not tell. Costs
/// next to nothing: systemd-timesyncd leaves its mark here.
pub fn is_synchronised() -> Option<bool> {
    let folder = Path::new("/run/systemd/timesync");
    (cfg!(target_os = "linux") && folder.exists()).then(|| folder.join("synchronized").exists())
}

/// The same by the kernel's own flag, whatever program sets the clock. No safe call asks the kernel
/// (`adjtimex`), so the system's time service is asked, which does; that may start it.
#[cfg(target_os = "linux")]
pub(super) fn is_synchronised_by_kernel() -> Option<bool> {
    const SERVICE: &str = "org.freedesktop.timedate1";
    let mut bus = Bus::system().ok()?;
    let properties = "org.freedesktop.DBus.Properties";
    let target = Target { name: SERVICE, path: "/org/freedesktop/timedate1", interface: properties };
    let flag: zvariant::OwnedValue = bus.call(target, "Get", &(SERVICE, "NTPSynchronized")).ok()?;
    flag.try_into().ok()
}

/// Elsewhere the system does not tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_synchronised_by_kernel() -> Option<bool> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_kept_and_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::at(folder.path());
        let app = App::open(profile.clone(), std::sync::Arc::new(|| Err(StoreError::VaultLocked))).unwrap();
        let correction = Some(Correction { seconds: -75, found: UnixTime(1_795_584_920) });
        for (kept, counts) in [(correction, correction), (None, None), (None, None)] {
            app.correct_clock(kept).unwrap();
            assert_eq!((read(&profile), app.clock()), (Clock::corrected(counts), Clock::corrected(counts)));
        }
        app.correct_clock(correction).unwrap();
        app.correct_clock(Some(Correction { seconds: 90_000, found: UnixTime(0) })).unwrap();
        assert_eq!(app.clock(), Clock::default(), "further than a day is no correction");
        for damaged in ["", "{", r#"{"seconds": "x"}"#, r#"{"seconds": 9223372036854775807, "found": 0}"#] {
            std::fs::write(folder.path().join(FILE), damaged).unwrap();
            assert_eq!(app.clock(), Clock::default(), "{damaged}");
        }
    }

    #[test]
    fn a_clock_that_was_never_set_is_doubted() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(Profile::at(folder.path()), std::sync::Arc::new(|| Err(StoreError::VaultLocked))).unwrap();
        assert_eq!(app.doubt(UnixTime(1_000_000_000)), Some(Doubt::Past));
    }
}
