//! One account, and everything that can be done to it besides copying its code.

mod check;
mod codes;
mod edit;
mod foot;
mod history;
mod moment;
mod picture;
mod renew;
mod second;
mod site;
mod standing;

use eframe::egui;
use otp::account::AccountId;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::kit;
use crate::page::{Cx, Page, Place, Want, unsaved};
use check::Check;
use codes::Codes;
use edit::Edit;
use foot::Foot;
pub(crate) use history::Past;
use moment::Moment;
use picture::Picture;
pub(crate) use picture::paint;
use renew::Renew;
use site::Site;

/// The parts of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Names, tags, note and address.
    Edit,
    /// Its code, now and at another time.
    Code,
    /// Its QR code.
    Qr,
    /// Whether a code belongs to it.
    Check,
    /// Whether an address is that of its site.
    Site,
    /// The site's own recovery codes.
    Codes,
    /// Another backup key.
    Renew,
    /// What it is, and the ways back into it.
    Standing,
    /// What happened to it.
    History,
}

impl Part {
    /// All of them, in their order.
    const ALL: [Self; 9] = [
        Self::Edit,
        Self::Code,
        Self::Qr,
        Self::Check,
        Self::Site,
        Self::Codes,
        Self::Renew,
        Self::Standing,
        Self::History,
    ];

    /// What it is called.
    pub(crate) fn text(self) -> Text {
        match self {
            Self::Edit => text!("desktop-part-edit"),
            Self::Code => text!("desktop-part-code"),
            Self::Qr => text!("desktop-part-qr"),
            Self::Check => text!("desktop-part-check"),
            Self::Site => text!("desktop-part-site"),
            Self::Codes => text!("desktop-part-codes"),
            Self::Renew => text!("desktop-part-renew"),
            Self::Standing => text!("desktop-part-standing"),
            Self::History => text!("desktop-part-history"),
        }
    }
}

/// The view of one account.
pub(crate) struct Details {
    id: AccountId,
    title: Text,
    part: Part,
    edit: Edit,
    moment: Moment,
    picture: Picture,
    check: Check,
    site: Site,
    codes: Codes,
    renew: Renew,
    foot: Foot,
    /// Whether the account is here no more.
    gone: bool,
}

impl Details {
    /// Opens with what can be changed.
    pub(crate) fn new(item: &Item) -> Self {
        Self::at(item, Part::Edit)
    }

    /// Opens with `part`.
    pub(crate) fn at(item: &Item, part: Part) -> Self {
        let edit = Edit::new(&item.entry);
        let (id, title) = (item.entry.id, item.title());
        Self {
            id,
            title,
            part,
            edit,
            moment: Moment::default(),
            picture: Picture::default(),
            check: Check::default(),
            site: Site::default(),
            codes: Codes::default(),
            renew: Renew::default(),
            foot: Foot::default(),
            gone: false,
        }
    }
}

impl Page for Details {
    fn place(&self) -> Place {
        Place::Codes
    }

    fn title(&self) -> Text {
        self.title.clone()
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let accounts = cx.accounts;
        let Some(item) = accounts.item(self.id) else {
            // Another program removed it, or the trash has it now.
            self.gone = true;
            cx.want(Want::Back);
            return;
        };
        self.title = item.title();
        let parts = Part::ALL.map(|part| (part, part.text().say(cx.lang)));
        if let Some(part) = kit::choose(ui, self.part, &parts) {
            self.part = part;
            self.moment.hide();
            self.picture.hide();
            self.codes.hide();
            self.renew.hide();
        }
        match self.part {
            Part::Edit => self.edit.ui(ui, item, cx),
            Part::Code => self.moment.ui(ui, item, cx),
            Part::Qr => self.picture.ui(ui, item, cx),
            Part::Check => self.check.ui(ui, item, cx),
            Part::Site => {
                if self.site.ui(ui, item, cx) {
                    self.part = Part::Edit;
                }
            }
            Part::Codes => self.codes.ui(ui, item, cx),
            Part::Renew => self.renew.ui(ui, item, cx),
            Part::Standing => standing::ui(ui, item, cx),
            Part::History => history::ui(ui, self.id, cx),
        }
        if self.part == Part::Edit {
            self.foot.ui(ui, item, cx);
        }
    }

    fn bar(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let accounts = cx.accounts;
        if let Some(item) = accounts.item(self.id).filter(|_| self.part == Part::Edit) {
            self.edit.bar(ui, item, cx);
        }
    }

    fn parting(&self) -> Option<[Text; 3]> {
        let typed = self.edit.is_unsaved() || self.renew.is_unsaved() || self.codes.is_unsaved();
        (typed && !self.gone).then(unsaved)
    }

    fn ticks(&self) -> bool {
        self.part == Part::Code || self.picture.is_shown() || self.renew.ticks()
    }
}
