//! Which column of a table is taken for what.

use crate::text;
use crate::text::Text;

use super::cell;
use super::role::Role;
use super::{Row, Table};

/// How many rows with content may stand above the headings: titles, dates.
const TITLES: usize = 10;
/// How the headings of KeePassXC begin.
const OF_KEEPASSXC: [&str; 6] = ["Group", "Title", "Username", "Password", "URL", "Notes"];

/// Which columns are taken for what.
pub(crate) struct Plan {
    /// The row of the headings.
    pub(super) headings: Option<usize>,
    /// The columns, the more telling ones of a role first.
    pub(super) columns: Vec<Column>,
    /// Whether groups are paths that begin with the group that holds all others, as KeePassXC has it.
    pub(super) has_paths: bool,
}

/// A column that is taken.
pub(super) struct Column {
    pub(super) role: Role,
    pub(super) index: usize,
    rank: usize,
    /// Its heading; `None` where its content was looked at.
    heading: Option<String>,
}

impl Plan {
    /// The plan for `table`; `None` if it is not one with keys.
    pub(crate) fn of(table: &Table) -> Option<Self> {
        let mut plan =
            Self::by_headings(table).unwrap_or(Self { headings: None, columns: Vec::new(), has_paths: false });
        plan.settle();
        let rows = plan.rows(table);
        let announced = plan.has(Role::Key);
        if announced && plan.is_kept_by(rows) {
            return Some(plan);
        }
        plan.columns.retain(|column| column.role != Role::Key);
        plan.guess(rows)?;
        Some(plan)
    }

    /// The rows below the headings.
    pub(super) fn rows<'a>(&self, table: &'a Table) -> &'a [Row] {
        let first = self.headings.map_or(0, |headings| headings + 1);
        table.rows.get(first..).unwrap_or_default()
    }

    /// The columns of the row that has two known headings or more, and no key.
    fn by_headings(table: &Table) -> Option<Self> {
        let filled = table.rows.iter().enumerate().filter(|(_, row)| !row.is_blank());
        filled.take(TITLES).find_map(|(at, row)| {
            let known = |(index, heading): (usize, &str)| {
                let (role, rank) = Role::of(heading)?;
                Some(Column { role, index, rank, heading: Some(heading.trim().to_owned()) })
            };
            let columns: Vec<Column> = row.cells().enumerate().filter_map(known).collect();
            let holds = row.cells().any(|text| cell::is_address(text) || cell::is_key(text));
            let has_paths = row.cells().take(OF_KEEPASSXC.len()).eq(OF_KEEPASSXC);
            (columns.len() >= 2 && !holds).then_some(Self { headings: Some(at), columns, has_paths })
        })
    }

    /// Decides what “name” and the like mean here, and sorts the columns.
    fn settle(&mut self) {
        let last = usize::MAX;
        while let Some(at) = self.columns.iter().position(|column| column.role == Role::Either) {
            let role = if self.has(Role::Issuer) { Role::Name } else { Role::Issuer };
            if let Some(column) = self.columns.get_mut(at) {
                (column.role, column.rank) = (role, last);
            }
        }
        self.columns.sort_by_key(|column| (column.role, column.rank));
    }

    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.role == role)
    }

    /// Whether the announced keys are there: a column of “2FA” may as well say yes or no. Exports
    /// of apps keep their name even where no entry has a key.
    fn is_kept_by(&self, rows: &[Row]) -> bool {
        let keys = self.columns.iter().filter(|column| column.role == Role::Key);
        keys.clone().any(|column| Role::is_of_an_app(column.rank))
            || keys.clone().any(|column| {
                rows.iter()
                    .map(|row| row.cell(column.index))
                    .any(|text| cell::is_address(text) || cell::reads_as_key(text))
            })
    }

    /// Takes the column with the most keys for the keys, and what stands beside them for names.
    /// Only one that is full of keys counts, with somebody's name or address beside it.
    fn guess(&mut self, rows: &[Row]) -> Option<()> {
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        let free: Vec<usize> =
            (0..width).filter(|index| !self.columns.iter().any(|column| column.index == *index)).collect();
        // A password column may be under any heading but its own.
        let free_or_said: Vec<usize> = (0..width)
            .filter(|index| !self.columns.iter().any(|column| column.index == *index && column.role == Role::Hidden))
            .collect();
        let is_key: fn(&str) -> bool = |text| cell::is_address(text) || cell::is_key(text);
        let best = |columns: &[usize], fits: fn(&str) -> bool| {
            let most = columns.iter().map(|index| (matching(rows, *index, fits), *index));
            most.filter_map(|(count, index)| Some((count?, std::cmp::Reverse(index)))).max().map(|(_, index)| index.0)
        };
        let key = best(&free_or_said, is_key)?;
        self.columns.retain(|column| column.index != key);
        self.take(Role::Key, key);
        let free: Vec<usize> = free.into_iter().filter(|index| *index != key).collect();
        if !self.has(Role::Name)
            && let Some(name) = best(&free, cell::is_email)
        {
            self.take(Role::Name, name);
        }
        // The first column that is no numbering; any other may hold passwords.
        let numbering = |text: &str| text.chars().all(|symbol| symbol.is_numeric() || symbol.is_whitespace());
        let first = (0..width).find(|index| !rows.iter().all(|row| numbering(row.cell(*index))));
        let plain = |index: &usize| {
            rows.iter().map(|row| row.cell(*index)).all(|text| text.is_empty() || cell::is_plain_name(text))
        };
        if !self.has(Role::Issuer)
            && let Some(issuer) = first.filter(|first| free.contains(first)).filter(plain)
        {
            self.take(Role::Issuer, issuer);
        }
        self.columns.sort_by_key(|column| (column.role, column.rank));
        (self.has(Role::Name) || self.has(Role::Issuer)).then_some(())
    }

    fn take(&mut self, role: Role, index: usize) {
        if !self.columns.iter().any(|column| column.index == index) {
            self.columns.push(Column { role, index, rank: 0, heading: None });
        }
    }

    /// What was taken for what, so that its owner can object.
    pub(super) fn text(&self) -> Text {
        let said = self.columns.iter().filter_map(|column| {
            let what = column.role.text()?;
            Some(match &column.heading {
                Some(heading) => text!("import-table-heading", what = what, heading = heading.as_str()),
                None => text!("import-table-guess", what = what, column = column.index + 1),
            })
        });
        let list = said.reduce(|all, next| text!("import-table-list", all = all, next = next));
        text!("import-table-columns", list = list.unwrap_or(text!("import-table-key")))
    }

    /// Whether a heading announces the keys.
    pub(crate) fn is_announced(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Key && column.heading.is_some())
    }

    /// How many columns hold passwords.
    pub(super) fn hidden(&self) -> usize {
        self.columns.iter().filter(|column| column.role == Role::Hidden).count()
    }
}

/// How many cells of a column fit, if at least half of those with content do.
fn matching(rows: &[Row], index: usize, fits: fn(&str) -> bool) -> Option<usize> {
    let filled = rows.iter().map(|row| row.cell(index)).filter(|text| !cell::is_nothing(text));
    let (mut all, mut fitting) = (0, 0);
    for text in filled {
        all += 1;
        fitting += usize::from(fits(text));
    }
    (fitting > 0 && fitting * 2 >= all).then_some(fitting)
}
