//! What a thousand accounts cost more than one: two keyrings at once, whose commands take turns.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::measure::{Servants, median, once};
use super::parts::{ROUNDS, import, in_a_keyring, otp, stored};

/// One of the two: a process in a keyring of its own that measures when it is told to.
struct Side {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    costs: Vec<f64>,
}

impl Side {
    fn start(count: usize) -> Self {
        let mut command = in_a_keyring(&["growth", &count.to_string()]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (ask, answers) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut side = Self { process, ask, answers, costs: Vec::new() };
        assert_eq!(side.answer(), "ready");
        side
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn measure(&mut self) {
        writeln!(self.ask).unwrap();
        let cost = self.answer().parse().unwrap();
        self.costs.push(cost);
    }

    /// The median processor time, in milliseconds.
    fn end(self) -> f64 {
        let Self { mut process, ask, costs, .. } = self;
        drop(ask);
        assert!(process.wait().unwrap().success());
        median(costs)
    }
}

/// The median processor times of `otp now` with 1 and with 1,000 accounts, in milliseconds.
pub(crate) fn both() -> [f64; 2] {
    eprintln!("storing 1,000 accounts takes a minute or two …");
    let mut sides = [1, 1_000].map(Side::start);
    for _ in 0..ROUNDS {
        sides.iter_mut().for_each(Side::measure);
    }
    sides.map(Side::end)
}

/// Stores `count` accounts, and then measures `otp now` whenever a line comes.
pub(crate) fn serve(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let servants = Servants::of_this_session();
    once(&servants, &import(folder.path(), 0, count));
    stored(count);
    println!("ready");
    for line in io::stdin().lines() {
        line.unwrap();
        println!("{}", once(&servants, &otp(folder.path(), &["now", "Site0000"])).0);
    }
}
