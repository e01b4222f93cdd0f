//! Sentences for people, in English and Japanese.
//!
//! A [`Text`] is a message id with its arguments; it becomes words only where it is shown, so the
//! library never decides a language. The id up to the first `-` names the locale file that holds
//! it, and only that file is parsed when it is needed.

mod hidden;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
pub use hidden::{is_hidden, visible};

/// A language of both faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The code used by `--lang` and in the configuration: `en` or `ja`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// Reads a language code or a locale name such as `ja_JP.UTF-8`; `None` for other languages.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let code = locale.get(..2)?.to_ascii_lowercase();
        let rest = locale.as_bytes().get(2);
        if rest.is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

/// Every locale file: its name, the English source and the Japanese one.
macro_rules! locale_files {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../locales/en/", $name, ".ftl")),
            include_str!(concat!("../locales/ja/", $name, ".ftl")),
        )),*];
    };
}

locale_files![
    "account",
    "capture",
    "cli",
    "backup",
    "clipboard",
    "clock",
    "code",
    "codes",
    "crypto",
    "desktop",
    "doctor",
    "drill",
    "exit",
    "export",
    "help",
    "history",
    "import",
    "key",
    "list",
    "notice",
    "now",
    "open",
    "organise",
    "pick",
    "present",
    "print",
    "qr",
    "readiness",
    "receipt",
    "remove",
    "repair",
    "sheet",
    "rescue",
    "site",
    "store",
    "trash",
    "uri",
    "usage",
    "vault",
    "verify"
];

/// Stands before a word that came from elsewhere. No word has it: it would be made visible.
const MARK: char = '\u{e000}';

/// A message and its arguments, not yet in any language.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    id: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
}

/// An argument of a [`Text`].
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A count or a position; decides singular and plural.
    Number(i64),
    /// Anything else, shown with unprintable characters made visible.
    Word(String),
    /// Another message, put into words in the same language.
    Text(Box<Text>),
}

/// `text!("key-too-long", bytes = 200)`: a [`Text`] with named arguments.
#[macro_export]
macro_rules! text {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Text::new($id)$(.with(stringify!($name), $value))*
    };
}

impl Text {
    /// The message `id` of the locale files.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), args: Vec::new() }
    }

    /// Adds the argument `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The id of the message.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The message `id`, with the arguments of this one.
    #[must_use]
    pub fn told_as(self, id: &'static str) -> Self {
        Self { id: id.into(), ..self }
    }

    /// The message, and those within it, each as `other` names it, if it does.
    pub fn retold(&self, other: &dyn Fn(&str) -> Option<&'static str>) -> Cow<'_, Self> {
        let id = other(&self.id);
        let inner = |arg: &Arg| match arg {
            Arg::Text(text) => match text.retold(other) {
                Cow::Owned(text) => Some(Arg::from(text)),
                Cow::Borrowed(_) => None,
            },
            Arg::Number(_) | Arg::Word(_) => None,
        };
        if id.is_none() && self.args.iter().all(|(_, arg)| inner(arg).is_none()) {
            return Cow::Borrowed(self);
        }
        let args = self.args.iter().map(|(name, arg)| (*name, inner(arg).unwrap_or_else(|| arg.clone()))).collect();
        Cow::Owned(Self { id: id.map_or_else(|| self.id.clone(), Cow::Borrowed), args })
    }

    /// The message in words.
    pub fn say(&self, lang: Lang) -> String {
        self.say_with(lang, None)
    }

    /// The message in words that begin and end like sentences: messages start small and end without a
    /// stop, as the terminal wants them. One sentence goes without, several do not. What begins with a
    /// name or a file of somebody's keeps its letters, and so does the name of an app such as andOTP;
    /// Japanese has none to change.
    pub fn sentence(&self, lang: Lang) -> String {
        let mut words = self.begun(lang);
        let stop = if lang == Lang::Japanese { '。' } else { '.' };
        let ends = words.ends_with([stop, '?', '？', '!', '！', ':', '：', '…']);
        if !ends && words.contains(stop) && self.is_several(lang) {
            words.push(stop);
        }
        words
    }

    /// Whether these are several sentences, whatever stops the words from elsewhere have.
    fn is_several(&self, lang: Lang) -> bool {
        let words = self.without_words().say(lang);
        let mut depth = 0_u32;
        let mut before = [' '; 2];
        for symbol in words.chars() {
            let begins = symbol.is_uppercase() || matches!(symbol, '`' | '“');
            if depth == 0 && (before[1] == '。' || (before == ['.', ' '] && begins)) {
                return true;
            }
            match symbol {
                '（' | '(' | '「' | '“' => depth += 1,
                '）' | ')' | '」' | '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = [before[1], symbol];
        }
        false
    }

    /// The same with nothing where words from elsewhere stand.
    fn without_words(&self) -> Self {
        let bare = |arg: &Arg| match arg {
            Arg::Word(_) => Arg::Word(String::new()),
            Arg::Text(text) => text.without_words().into(),
            Arg::Number(number) => Arg::Number(*number),
        };
        Self { id: self.id.clone(), args: self.args.iter().map(|(name, arg)| (*name, bare(arg))).collect() }
    }

    /// The message in words that begin like a sentence.
    fn begun(&self, lang: Lang) -> String {
        if lang == Lang::Japanese {
            return self.say(lang);
        }
        let words = self.say_with(lang, Some(MARK));
        let named = words.split(' ').next().is_some_and(|word| word.contains(char::is_uppercase));
        let ours = words.chars().next().filter(|first| first.is_lowercase() && !named);
        let words = words.replace(MARK, "");
        match ours {
            Some(first) => first.to_uppercase().chain(words.chars().skip(1)).collect(),
            None => words,
        }
    }

    /// The message in words, with `mark` before every word that came from elsewhere.
    fn say_with(&self, lang: Lang, mark: Option<char>) -> String {
        with_bundle(self.file(), lang, |bundle| {
            let pattern = bundle.get_message(&self.id).and_then(|message| message.value());
            let Some(pattern) = pattern else { return self.id.to_string() };
            let mut args = FluentArgs::new();
            for (name, value) in &self.args {
                args.set(*name, value.to_fluent(lang, mark));
            }
            let mut errors = Vec::new();
            bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
        })
        .unwrap_or_else(|| self.id.to_string())
    }

    /// Whether the locale files of `lang` have this message.
    pub fn exists(&self, lang: Lang) -> bool {
        with_bundle(self.file(), lang, |bundle| bundle.has_message(&self.id)).unwrap_or(false)
    }

    fn file(&self) -> &str {
        self.id.split_once('-').map_or(&*self.id, |(file, _)| file)
    }
}

impl Arg {
    fn to_fluent(&self, lang: Lang, mark: Option<char>) -> FluentValue<'static> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Word(word) => FluentValue::from(mark.into_iter().collect::<String>() + &visible(word)),
            Self::Text(text) => FluentValue::from(text.say_with(lang, mark)),
        }
    }
}

impl From<String> for Arg {
    fn from(word: String) -> Self {
        Self::Word(word)
    }
}

impl From<&str> for Arg {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

impl From<char> for Arg {
    fn from(symbol: char) -> Self {
        Self::Word(symbol.to_string())
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Text(Box::new(text))
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

type Bundle = FluentBundle<FluentResource>;

/// Runs `read` on the parsed locale file `name`, parsing it at its first use.
fn with_bundle<T>(name: &str, lang: Lang, read: impl FnOnce(&Bundle) -> T) -> Option<T> {
    type Parsed = HashMap<(usize, Lang), &'static Bundle>;
    static PARSED: OnceLock<Mutex<Parsed>> = OnceLock::new();
    let number = FILES.iter().position(|(file, ..)| *file == name)?;
    let bundle = {
        let mut parsed = PARSED.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        // Leaked once a file and language: messages live as long as the program.
        *parsed.entry((number, lang)).or_insert_with(|| Box::leak(Box::new(parse(number, lang))))
    };
    Some(read(bundle))
}

fn parse(number: usize, lang: Lang) -> Bundle {
    let (_, english, japanese) = FILES[number];
    let source = match lang {
        Lang::English => english,
        Lang::Japanese => japanese,
    };
    // A file with a fault still gives its good messages; a test refuses faults.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(good, _)| good);
    let mut bundle = FluentBundle::new_concurrent(vec![match lang {
        Lang::English => unic_langid::LanguageIdentifier::default(),
        Lang::Japanese => "ja".parse().unwrap_or_default(),
    }]);
    bundle.set_use_isolating(false);
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The messages of one source, each with the variables that it uses, sorted.
    fn messages(source: &str) -> BTreeMap<String, Vec<String>> {
        let resource = FluentResource::try_new(source.to_owned());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("faulty locale file: {errors:?}"));
        let mut found = BTreeMap::new();
        let mut id = String::new();
        drop(resource);
        for line in source.lines() {
            if let Some((name, _)) = line.split_once(" =")
                && !line.starts_with([' ', '#', '-'])
            {
                id = name.to_owned();
                assert!(found.insert(id.clone(), Vec::new()).is_none(), "`{id}` stands twice");
            }
            for piece in line.split('$').skip(1) {
                let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(piece.len());
                let variables: &mut Vec<String> = found.get_mut(&id).expect("a message before its variables");
                if !variables.contains(&piece[..end].to_owned()) {
                    variables.push(piece[..end].to_owned());
                    variables.sort();
                }
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_arguments() {
        for (name, english, japanese) in FILES {
            let (english, japanese) = (messages(english), messages(japanese));
            for id in english.keys() {
                assert_eq!(id.split('-').next(), Some(*name), "`{id}` stands in the wrong file");
            }
            assert_eq!(english, japanese, "{name}.ftl differs between the languages");
        }
    }

    #[test]
    fn a_sentence_begins_large_and_a_name_as_it_is() {
        #[track_caller]
        fn case(text: &Text, english: &str) {
            assert_eq!(text.sentence(Lang::English), english);
            assert_eq!(text.sentence(Lang::Japanese), text.say(Lang::Japanese));
        }
        let why = text!("import-damaged-transfer");
        case(&why, "The transfer code is damaged or cut short");
        let failed = text!("import-file-failed", file = "key.txt", reason = why);
        case(&failed, "key.txt: the transfer code is damaged or cut short");
        case(&text!("import-place-entry", place = text!("import-place-line", line = 3), entry = 2), "Line 3, entry 2");
        case(&text!("present-title", issuer = "binance", name = "taro"), "binance (taro)");
        case(&text!("store-damaged", file = "index.json"), "`index.json` is damaged");
        case(&text!("import-app-andotp"), "andOTP (plain)");
        case(&text!("import-app-pdf"), "PDF files");
        case(&text!("import-app-picture"), "Pictures of QR codes");
    }

    #[test]
    fn several_sentences_end_with_a_stop_and_one_as_it_is() {
        #[track_caller]
        fn case(text: &Text, english: &str, japanese: &str) {
            for (lang, end) in [(Lang::English, english), (Lang::Japanese, japanese)] {
                let words = text.sentence(lang);
                assert!(words.ends_with(end), "{words}");
            }
        }
        case(&text!("sheet-print-risk"), "a printer of your own.", "印刷してください。");
        case(&text!("store-locked"), "is locked", "ロックされています");
        case(&text!("present-title", issuer = "娘。", name = "A. B"), "(A. B)", "(A. B)");
        case(&text!("repair-ask-key"), ":", ":");
        case(&text!("desktop-say-export-reason-long-name"), "", "できます。");
    }

    /// What only the window says stands in its file as it is shown; what it retells ends like the rest.
    #[test]
    fn the_messages_of_the_window_end_as_they_are_shown() {
        let (_, english, _) = FILES.iter().find(|(name, ..)| *name == "desktop").expect("the window's file");
        for id in messages(english).into_keys().filter(|id| !id.starts_with("desktop-say-")) {
            for lang in Lang::ALL {
                let text = Text::new(id.clone());
                assert_eq!(text.sentence(lang).chars().count(), text.say(lang).chars().count(), "{id}");
            }
        }
    }

    #[test]
    fn a_locale_name_gives_its_language() {
        assert_eq!(Lang::from_locale("ja_JP.UTF-8"), Some(Lang::Japanese));
        assert_eq!(Lang::from_locale("ja"), Some(Lang::Japanese));
        assert_eq!(Lang::from_locale("en_GB"), Some(Lang::English));
        assert_eq!(Lang::from_locale("C"), None);
        assert_eq!(Lang::from_locale("jam"), None);
    }
}
