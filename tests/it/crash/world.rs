//! A disk and two places for secrets whose power can be cut after any step.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use otp::secret::Secret;
use otp::store::disk::{Disk, GENERATIONS, Guard};
use otp::store::ledger::{Connect, Ledger};
use otp::store::{Backend, BackendKind, Key, Line, Store, StoreError};

/// More combinations than this are thinned out, see [`World::after_power_cut`].
const MOST: usize = 81;

/// A line as it is stored, damaged ones too; `None` where there is none.
type Value = Option<Arc<[u8]>>;

/// The computer: what it holds, and how many steps are left to it.
#[derive(Clone, Default)]
pub(super) struct World {
    index: Option<Arc<[u8]>>,
    /// The newest first.
    generations: VecDeque<Arc<[u8]>>,
    /// What was under each key since the last sync. The first survives a power cut for sure, the
    /// last is what is read.
    places: [BTreeMap<Key, Vec<Value>>; 2],
    aside: usize,
    /// Steps done since the last start.
    pub(super) steps: usize,
    /// After how many steps everything stops.
    cut: Option<usize>,
    /// Which step fails while the others go on, and whether it was done nevertheless.
    failure: Option<(usize, bool)>,
    /// The places only pretend to sync.
    forgetful: bool,
    locked: bool,
    dead: bool,
}

impl World {
    /// A computer on which nothing was done yet; a forgetful one only pretends to sync.
    pub(super) fn new(forgetful: bool) -> Self {
        Self { forgetful, ..Self::default() }
    }

    /// The same computer, started again, that stops after `cut` steps.
    pub(super) fn stopping_after(&self, cut: Option<usize>) -> Self {
        Self { cut, ..self.after_kill() }
    }

    /// The same computer, started again, whose step number `step` fails; with `done` it was done
    /// nevertheless, as when a folder cannot be synced after the rename.
    pub(super) fn failing_at(&self, step: usize, done: bool) -> Self {
        Self { failure: Some((step, done)), ..self.after_kill() }
    }

    /// The same computer after our process was killed: what was written may still be lost.
    pub(super) fn after_kill(&self) -> Self {
        Self { steps: 0, cut: None, failure: None, locked: false, dead: false, ..self.clone() }
    }

    /// Every state the computer may come back in after a power cut: each secret that was not
    /// synced is as it was, as it became, or there with nothing in it (F1, F2). With very many
    /// secrets at once, only those states in which all went alike but one.
    pub(super) fn after_power_cut(&self) -> Vec<Self> {
        let open: Vec<(usize, &Key, Vec<Value>)> = (self.places.iter().enumerate())
            .flat_map(|(place, items)| items.iter().map(move |(key, values)| (place, key, fates(values))))
            .filter(|(_, _, fates)| fates.len() > 1)
            .collect();
        let numbers: Vec<usize> = open.iter().map(|(_, _, fates)| fates.len()).collect();
        choices(&numbers).into_iter().map(|choice| self.settled(&open, &choice)).collect()
    }

    fn settled(&self, open: &[(usize, &Key, Vec<Value>)], choice: &[usize]) -> Self {
        let mut world = self.after_kill();
        for ((place, key, fates), &chosen) in open.iter().zip(choice) {
            world.places[*place].insert((*key).clone(), vec![fates[chosen].clone()]);
        }
        for items in &mut world.places {
            items.retain(|_, values| values.len() > 1 || values[0].is_some());
        }
        world
    }

    /// One step more, if there is power for it. The inner error is told after the step is done.
    fn step(&mut self) -> Result<Result<(), StoreError>, StoreError> {
        self.dead |= self.cut.is_some_and(|cut| self.steps >= cut);
        self.alive()?;
        self.steps += 1;
        let full = || Err(StoreError::Disk { file: "model".to_owned(), kind: std::io::ErrorKind::StorageFull });
        match self.failure {
            Some((step, true)) if step == self.steps => Ok(full()),
            Some((step, false)) if step == self.steps => full().map(Ok),
            _ => Ok(Ok(())),
        }
    }

    fn alive(&self) -> Result<(), StoreError> {
        if self.dead { Err(StoreError::Refused { code: "no-power".to_owned() }) } else { Ok(()) }
    }

    /// Writes `value` under `key` in one step.
    fn put(&mut self, place: usize, key: &Key, value: Value) -> Result<(), StoreError> {
        let told = self.step()?;
        self.places[place].entry(key.clone()).or_insert_with(|| vec![None]).push(value);
        told
    }

    fn get(&self, place: usize, key: &Key) -> Value {
        self.places[place].get(key).and_then(|values| values.last().cloned()).flatten()
    }
}

/// In which states a secret may come back.
fn fates(values: &[Value]) -> Vec<Value> {
    let mut fates: Vec<Value> = Vec::new();
    let half = values[1..].iter().any(Option::is_some).then(|| Some(Arc::from([])));
    for value in values.iter().rev().cloned().chain(half) {
        if !fates.contains(&value) {
            fates.push(value);
        }
    }
    fates
}

/// All ways to choose one of `numbers[i]` for every `i`; see [`World::after_power_cut`].
fn choices(numbers: &[usize]) -> Vec<Vec<usize>> {
    let all = numbers.iter().try_fold(1_usize, |all, number| all.checked_mul(*number).filter(|all| *all <= MOST));
    if all.is_some() {
        return numbers.iter().fold(vec![Vec::new()], |all, &number| {
            all.iter().flat_map(|one| (0..number).map(|choice| [&one[..], &[choice]].concat())).collect()
        });
    }
    let most = numbers.iter().copied().max().unwrap_or(0);
    let alike = |fate: usize| numbers.iter().map(|number| fate.min(number - 1)).collect::<Vec<_>>();
    let but_one = |fate: usize| {
        (0..numbers.len()).flat_map(move |at| (0..numbers[at]).map(move |other| (at, other))).map(move |(at, other)| {
            let mut choice: Vec<usize> = numbers.iter().map(|number| fate.min(number - 1)).collect();
            choice[at] = other;
            choice
        })
    };
    (0..most).map(alike).chain((0..most).flat_map(but_one)).collect()
}

/// The computer as the library sees it.
pub(super) type Shared = Arc<Mutex<World>>;

/// The ledger on this computer, as a new process opens it.
pub(super) fn open(world: &Shared) -> Result<Ledger, StoreError> {
    let shared = Arc::clone(world);
    let connect: Connect = Box::new(move |kind| Box::new(Place { world: Arc::clone(&shared), kind }));
    Ledger::open(Box::new(Power(Arc::clone(world))), connect, "default")
}

pub(super) fn held(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

struct Power(Shared);
struct Lock(Shared);

impl Guard for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        held(&self.0).locked = false;
    }
}

impl Disk for Power {
    fn read(&self, generation: usize) -> Result<Option<Vec<u8>>, StoreError> {
        let world = held(&self.0);
        world.alive()?;
        let bytes = match generation.checked_sub(1) {
            None => world.index.as_ref(),
            Some(number) => world.generations.get(number),
        };
        Ok(bytes.map(|bytes| bytes.to_vec()))
    }

    fn commit(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let mut world = held(&self.0);
        let told = world.step()?;
        if let Some(before) = world.index.replace(Arc::from(bytes)) {
            world.generations.push_front(before);
            world.generations.truncate(GENERATIONS);
        }
        told
    }

    fn set_aside(&mut self) -> Result<(), StoreError> {
        let mut world = held(&self.0);
        let told = world.step()?;
        world.index = None;
        world.aside += 1;
        told
    }

    /// Like the real one, it does not let its own process in twice; only without the wait.
    fn lock(&self) -> Result<Box<dyn Guard>, StoreError> {
        let mut world = held(&self.0);
        if std::mem::replace(&mut world.locked, true) {
            return Err(StoreError::Busy { pid: 0 });
        }
        Ok(Box::new(Lock(Arc::clone(&self.0))))
    }

    fn sync(&self) -> Result<(), StoreError> {
        held(&self.0).step()?
    }
}

struct Place {
    world: Shared,
    kind: BackendKind,
}

impl Place {
    fn number(&self) -> usize {
        usize::from(self.kind == BackendKind::Vault)
    }
}

impl Store for Place {
    fn backend(&self) -> Backend {
        Backend { kind: self.kind, service: "model".to_owned(), collection: String::new() }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        let mut world = held(&self.world);
        if items.iter().any(|(key, _)| world.get(self.number(), key).is_some()) {
            return Err(StoreError::Refused { code: "already-exists".to_owned() });
        }
        for (done, (key, line)) in (1..).zip(items) {
            world.put(self.number(), key, Some(Arc::from(line.secret().expose())))?;
            progress(done);
        }
        Ok(())
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        let world = held(&self.world);
        world.alive()?;
        let line = |key| world.get(self.number(), key).map(|bytes| Secret::new(bytes.to_vec()));
        Ok(keys.iter().map(line).collect())
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        let world = held(&self.world);
        world.alive()?;
        let keys = world.places[self.number()].keys();
        Ok(keys.filter(|key| world.get(self.number(), key).is_some()).cloned().collect())
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        let mut world = held(&self.world);
        world.alive()?;
        for key in keys {
            if world.get(self.number(), key).is_some() {
                world.put(self.number(), key, None)?;
            }
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        let mut world = held(&self.world);
        let told = world.step()?;
        if !world.forgetful {
            let items = &mut world.places[self.number()];
            for values in items.values_mut() {
                *values = values.last().cloned().into_iter().collect();
            }
            items.retain(|_, values| values[0].is_some());
        }
        told
    }
}
