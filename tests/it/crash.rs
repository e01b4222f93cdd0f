//! The model of crashes (`security.md` F15): every short sequence of changes, stopped after every
//! step, in every state the computer may then come back in. Nothing that was reported may be lost.
//!
//! A power cut is the worst that can happen: a kill of our process keeps everything that was
//! written, and a kill of the keyring's daemon leaves one secret empty, both of which are among the
//! states after a power cut. What is written but not synced stays unsynced after a kill, though, so
//! a second accident during the next start is tried too.

#![expect(clippy::print_stdout, reason = "numbers for whoever asks with `--nocapture`")]

mod deeds;
mod world;

use std::sync::{Arc, Mutex};

use otp::store::StoreError;

use deeds::{Deed, Told, add_one_more, time};
use world::{Shared, World, held, open};

/// How many changes follow one another.
const LONGEST: u64 = 3;

/// What the enumeration came to.
#[derive(Default)]
struct Tally {
    states: usize,
    faults: Vec<String>,
}

/// A computer and what its owner was told.
#[derive(Clone)]
struct Moment {
    world: World,
    told: Told,
    done: Vec<Deed>,
}

impl Moment {
    /// A new computer.
    fn blank(forgetful: bool) -> Self {
        Self { world: World::new(forgetful), told: Told::default(), done: Vec::new() }
    }

    /// One with an account in use, a counter in use, and one account in the trash.
    fn in_use(forgetful: bool) -> Self {
        let mut moment = Self::blank(forgetful);
        for deed in [Deed::AddOne, Deed::AddTwo, Deed::Code, Deed::Trash] {
            moment = moment.next(deed).unwrap();
        }
        moment.done.clear();
        Self { world: moment.world.after_power_cut().swap_remove(0), ..moment }
    }

    fn now(&self) -> otp::clock::UnixTime {
        time(self.done.len() as u64)
    }

    /// Does `deed` on `world`; tells the world after it and what was reported.
    fn perform(&self, deed: Deed, world: World) -> (World, Result<(), StoreError>) {
        run(world, |world| self.told.perform(deed, &mut open(world)?, self.now()))
    }

    /// The moment after `deed`, if it can be done at all.
    fn next(&self, deed: Deed) -> Option<Self> {
        let told = self.told.after(deed)?;
        let (world, result) = self.perform(deed, self.world.after_kill());
        assert_eq!(result, Ok(()), "{:?} {deed:?}", self.done);
        Some(Self { world, told, done: [&self.done[..], &[deed]].concat() })
    }
}

/// Runs `act` on a computer of its own and gives that back as it then is.
fn run(world: World, act: impl FnOnce(&Shared) -> Result<(), StoreError>) -> (World, Result<(), StoreError>) {
    let shared = Arc::new(Mutex::new(world));
    let result = act(&shared);
    let world = held(&shared).clone();
    (world, result)
}

impl Tally {
    /// Everything that can happen from `moment` on.
    fn explore(&mut self, moment: &Moment, longest: u64) {
        for deed in Deed::ALL {
            let Some(next) = moment.next(deed) else { continue };
            self.try_every_step(moment, deed, &next);
            if (next.done.len() as u64) < longest {
                self.explore(&next, longest);
            }
        }
    }

    fn try_every_step(&mut self, moment: &Moment, deed: Deed, next: &Moment) {
        (0..=next.world.steps).for_each(|cut| self.interrupt(moment, deed, &next.told, cut));
        if moment.done.len() < 2 {
            (1..=next.world.steps).for_each(|step| self.fail(moment, deed, &next.told, step));
        }
    }

    /// `deed` stopped after `cut` steps.
    fn interrupt(&mut self, moment: &Moment, deed: Deed, after: &Told, cut: usize) {
        let (world, result) = moment.perform(deed, moment.world.stopping_after(Some(cut)));
        // What was reported as done has to be done.
        let before = if result.is_ok() { after } else { &moment.told };
        let name = || format!("{:?} {deed:?} cut after {cut}", moment.done);
        for world in world.after_power_cut() {
            let outcome = self.settle(&world, before, after, moment.now());
            self.note(outcome, name);
            if deed == Deed::Purge {
                let outcome = self.take_back_from_trash(&world, moment);
                self.note(outcome, || format!("{}, then restored", name()));
            }
        }
        if moment.done.is_empty() {
            self.interrupt_start(&world.after_kill(), before, after, moment, &name());
        }
    }

    /// `deed` while step number `step` fails, once, and the power fails afterwards.
    fn fail(&mut self, moment: &Moment, deed: Deed, after: &Told, step: usize) {
        for done in [false, true] {
            let (world, result) = moment.perform(deed, moment.world.failing_at(step, done));
            let before = if result.is_ok() { after } else { &moment.told };
            for world in world.after_power_cut() {
                let outcome = self.settle(&world, before, after, moment.now());
                self.note(outcome, || format!("{:?} {deed:?}, step {step} failed ({done})", moment.done));
            }
        }
    }

    fn note(&mut self, outcome: Result<(), String>, name: impl Fn() -> String) {
        self.faults.extend(outcome.err().map(|fault| format!("{}: {fault}", name())));
    }

    /// The next start on `world`: everything is there, nothing is half, one more can be added.
    fn settle(&mut self, world: &World, before: &Told, after: &Told, now: otp::clock::UnixTime) -> Result<(), String> {
        self.states += 1;
        let shared = Arc::new(Mutex::new(world.clone()));
        let mut ledger = open(&shared).map_err(|error| error.to_string())?;
        ledger.finish(now).map_err(|error| format!("the next start: {error}"))?;
        if ledger.index().is_some_and(|index| {
            !(index.pending.is_empty() && index.purging.is_empty() && index.pending_codes.is_empty())
        }) {
            return Err("unfinished work is left".to_owned());
        }
        Told::seen(&mut ledger)?.check(before, after)?;
        if self.states % 4 == 1 && ledger.index().is_some() {
            ledger.adopt_orphans(now).map_err(|error| format!("looking for forgotten secrets: {error}"))?;
            Told::seen(&mut ledger)?.has_nothing_but(before, after)?;
        }
        // Costs as much as all the rest, and is the same for most states.
        if self.states % 16 == 1 { add_one_more(&mut ledger, now) } else { Ok(()) }
    }

    /// After an interrupted purge its owner wants everything back that is still shown.
    fn take_back_from_trash(&mut self, world: &World, moment: &Moment) -> Result<(), String> {
        self.states += 1;
        let shared = Arc::new(Mutex::new(world.clone()));
        let mut ledger = open(&shared).map_err(|error| error.to_string())?;
        let shown: Vec<_> = ledger.trash().into_iter().map(|entry| entry.id).collect();
        for &id in &shown {
            let back = ledger.edit(moment.now(), |index| {
                index.entry_mut(id).map(|entry| entry.trashed = None).ok_or(StoreError::EmptiedKeyring)
            });
            back.map_err(|error| format!("restoring: {error}"))?;
        }
        ledger.finish(moment.now()).map_err(|error| format!("the next start: {error}"))?;
        Told::seen(&mut ledger)?;
        let there = |id| ledger.active().iter().any(|entry| entry.id == id);
        let gone = shown.iter().filter(|id| !there(**id)).count();
        if gone > 0 { Err(format!("{gone} were reported as restored and are gone")) } else { Ok(()) }
    }

    /// The next start is stopped after every step as well.
    fn interrupt_start(&mut self, world: &World, before: &Told, after: &Told, moment: &Moment, name: &str) {
        let start = |cut| run(world.stopping_after(cut), |world| open(world)?.finish(moment.now()));
        let steps = start(None).0.steps;
        for cut in 0..=steps {
            let (again, _) = start(Some(cut));
            let mut told = None;
            if cut == steps {
                // What the start shows is from now on reported.
                let (_, _) = run(again.after_kill(), |world| {
                    told = Told::seen(&mut open(world)?).ok();
                    Ok(())
                });
            }
            let (before, after) = told.as_ref().map_or((before, after), |told| (told, told));
            for world in again.after_power_cut() {
                let outcome = self.settle(&world, before, after, moment.now());
                self.note(outcome, || format!("{name}, killed, and the start cut after {cut}"));
            }
        }
    }
}

/// Tries everything, on all processors.
fn enumerate(forgetful: bool, longest: u64) -> Tally {
    let total = Mutex::new(Tally::default());
    let roots: Vec<(Moment, Deed)> = [Moment::blank(forgetful), Moment::in_use(forgetful)]
        .into_iter()
        .flat_map(|moment| Deed::ALL.map(|deed| (moment.clone(), deed)))
        .collect();
    let queue = Mutex::new(roots.into_iter());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut tally = Tally::default();
                loop {
                    let Some((moment, deed)) = queue.lock().unwrap().next() else { break };
                    let Some(next) = moment.next(deed) else { continue };
                    tally.try_every_step(&moment, deed, &next);
                    if longest > 1 {
                        tally.explore(&next, longest);
                    }
                }
                let mut total = total.lock().unwrap();
                total.states += tally.states;
                total.faults.append(&mut tally.faults);
            });
        }
    });
    total.into_inner().unwrap()
}

#[test]
fn nothing_reported_is_ever_lost() {
    let started = std::time::Instant::now();
    let tally = enumerate(false, LONGEST);
    println!("{} states, {} faults, {:?}", tally.states, tally.faults.len(), started.elapsed());
    let some: Vec<_> = tally.faults.iter().take(20).collect();
    assert!(tally.faults.is_empty(), "{} faults in {} states: {some:#?}", tally.faults.len(), tally.states);
    assert!(tally.states > 10_000, "only {} states", tally.states);
}

/// The model can fail: with a keyring that is never synced, it finds what is lost.
#[test]
fn without_the_sync_much_would_be_lost() {
    let tally = enumerate(true, 1);
    println!("{} states, {} faults", tally.states, tally.faults.len());
    assert!(tally.faults.len() > 20, "{} faults in {} states", tally.faults.len(), tally.states);
}
