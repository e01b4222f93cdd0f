//! Data to stdout, talk to stderr; colour only where it is welcome.

use std::io::{self, IsTerminal, Write};

use crate::present;
use crate::text;
use crate::text::{Lang, Text};
use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use zeroize::Zeroizing;

use crate::cli::failure::Failure;

/// Where a command prints.
pub(crate) struct Output {
    pub(crate) lang: Lang,
    quiet: bool,
    closed: bool,
    printed: bool,
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
}

const STRONG: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

impl Output {
    pub(crate) fn new(lang: Lang, quiet: bool) -> Self {
        let (out, err) = (AutoStream::auto(io::stdout()), AutoStream::auto(io::stderr()));
        Self { lang, quiet, closed: false, printed: false, out, err }
    }

    /// Whether nobody reads the data any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether there was data.
    pub(crate) fn has_printed(&self) -> bool {
        self.printed
    }

    /// One line of data.
    pub(crate) fn data(&mut self, line: &str) -> Result<(), Failure> {
        self.print(&format!("{line}\n"))
    }

    /// One line of data that is to be seen first: a code.
    pub(crate) fn strong(&mut self, line: &str) -> Result<(), Failure> {
        self.print(&format!("{STRONG}{line}{STRONG:#}\n"))
    }

    /// A list of ids, which people copy and so see whole, each with what it stands for.
    pub(crate) fn ids(&mut self, list: &[(&str, Text)]) -> Result<(), Failure> {
        let widest = list.iter().map(|(id, _)| present::columns(id)).max().unwrap_or(0);
        list.iter()
            .try_for_each(|(id, text)| self.data(&format!("{}  {}", present::pad(id, widest), text.say(self.lang))))
    }

    /// Data as it stands.
    ///
    /// Whoever reads the pipe may have read enough: `otp list | head -1` is no failure. The command
    /// goes on without a reader, because what it was told to change has to be changed.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        if self.closed {
            return self.written(Ok(()));
        }
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        self.written(written)
    }

    fn written(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        self.printed = true;
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.closed = true,
            Err(_) => return Err(Failure::output()),
            Ok(()) => {}
        }
        Ok(())
    }

    /// A line of data byte for byte, where a program reads it. A terminal would act on some of the
    /// characters, so it is shown something else.
    pub(crate) fn exact(&mut self, line: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            return self.data(&harmless(line));
        }
        // Not by way of what takes colours out, which would take out more.
        let written = |mut out: io::Stdout| out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n"));
        let written = if self.closed { Ok(()) } else { written(io::stdout()) };
        self.written(written.and_then(|()| io::stdout().flush()))
    }

    /// A sentence beside the data; silent with `--quiet`.
    pub(crate) fn note(&mut self, text: &Text) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// A sentence that `--quiet` does not silence.
    pub(crate) fn say(&mut self, text: &Text) {
        let line = text.say(self.lang);
        self.talk(&line);
    }

    /// A line of talk as it stands.
    pub(crate) fn talk(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Replaces the last line of talk; only on a terminal.
    pub(crate) fn progress(&mut self, text: &Text) {
        if !self.quiet && io::stderr().is_terminal() {
            let line = text.say(self.lang);
            let _ = write!(self.err, "\r\u{1b}[K{line}");
            let _ = self.err.flush();
        }
    }

    /// Ends what [`Output::progress`] wrote.
    pub(crate) fn progress_done(&mut self) {
        if !self.quiet && io::stderr().is_terminal() {
            let _ = write!(self.err, "\r\u{1b}[K");
        }
    }

    /// The sentence and the hint that end a command.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        let error = text!("cli-error").say(self.lang);
        let text = failure.text.say(self.lang);
        let _ = writeln!(self.err, "{ERROR}{error}{ERROR:#} {text}");
        if let Some(advice) = &failure.hint {
            self.hint(advice);
        }
    }

    /// A thing to do next.
    pub(crate) fn hint(&mut self, advice: &Text) {
        let (hint, advice) = (text!("cli-hint").say(self.lang), advice.say(self.lang));
        let _ = writeln!(self.err, "{HINT}{hint}{HINT:#} {advice}");
    }
}

/// `text` with every character that would act on a terminal made visible; line feeds stay.
pub(crate) fn harmless(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.split('\n').map(crate::text::visible).collect::<Vec<_>>().join("\n"))
}
