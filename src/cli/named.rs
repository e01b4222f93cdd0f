//! What `otp import` is given by name: files, and pictures after `--qr`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

/// The files and the pictures that are named, in their order. A pattern of the shell makes several
/// names of one, so `--qr` takes all that follow.
#[derive(Debug)]
pub(crate) struct Named(Vec<PathBuf>);

impl Named {
    /// Their paths.
    pub(crate) fn paths(&self) -> Vec<&PathBuf> {
        self.0.iter().collect()
    }
}

impl Args for Named {
    fn augment_args(command: Command) -> Command {
        let path = |id: &'static str| Arg::new(id).action(ArgAction::Append).value_parser(value_parser!(PathBuf));
        let files = path("files").value_name("FILES").num_args(0..);
        command.arg(files).arg(path("qr").long("qr").value_name("IMAGE").num_args(1..))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Named {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let indices = |id| matches.indices_of(id).into_iter().flatten();
        let paths = |id| matches.get_many::<PathBuf>(id).into_iter().flatten();
        let mut all: Vec<(usize, &PathBuf)> =
            ["files", "qr"].into_iter().flat_map(|id| indices(id).zip(paths(id))).collect();
        all.sort();
        Ok(Self(all.into_iter().map(|(_, path)| path.clone()).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
