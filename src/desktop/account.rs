//! One account, and everything that can be done to it besides copying its code.

mod check;
mod codes;
mod edit;
mod history;
mod picture;
mod renew;
mod site;

use eframe::egui;
use otp::account::AccountId;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::export::Export;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use check::Check;
use codes::Codes;
use edit::Edit;
use picture::Picture;
pub(crate) use picture::paint;
use renew::Renew;
use site::Site;

/// The parts of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Names, tags, note and address.
    Edit,
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
    /// What happened to it.
    History,
}

impl Part {
    /// All of them, in their order.
    const ALL: [Self; 7] = [Self::Edit, Self::Qr, Self::Check, Self::Site, Self::Codes, Self::Renew, Self::History];

    /// What it is called.
    pub(crate) fn text(self) -> Text {
        match self {
            Self::Edit => text!("desktop-part-edit"),
            Self::Qr => text!("desktop-part-qr"),
            Self::Check => text!("desktop-part-check"),
            Self::Site => text!("desktop-part-site"),
            Self::Codes => text!("desktop-part-codes"),
            Self::Renew => text!("desktop-part-renew"),
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
    picture: Picture,
    check: Check,
    site: Site,
    codes: Codes,
    renew: Renew,
    removing: bool,
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
            picture: Picture::default(),
            check: Check::default(),
            site: Site::default(),
            codes: Codes::default(),
            renew: Renew::default(),
            removing: false,
        }
    }

    fn foot(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        ui.add_space(theme::INSIDE);
        kit::row(ui, |ui| {
            if kit::button(ui, text!("desktop-menu-export").say(cx.lang)).clicked() {
                cx.open(Export::of(vec![self.id]));
            }
            if kit::grave(ui, text!("desktop-menu-remove").say(cx.lang)).clicked() {
                self.removing = true;
            }
        });
        if self.removing && cx.config.confirm_remove {
            let question = text!("desktop-remove-ask", account = self.title.clone());
            let (words, yes) = (text!("desktop-remove-words"), text!("desktop-menu-remove"));
            match kit::confirm(ui.ctx(), &question, &words, &yes, cx.lang) {
                None => {}
                Some(true) => self.remove(cx),
                Some(false) => self.removing = false,
            }
        } else if self.removing {
            self.remove(cx);
        }
    }

    fn remove(&mut self, cx: &mut Cx<'_>) {
        self.removing = false;
        crate::codes::remove(self.id, self.title.clone(), cx);
        cx.want(Want::Go(Place::Codes));
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
            cx.want(Want::Back);
            return;
        };
        self.title = item.title();
        let parts = Part::ALL.map(|part| (part, part.text().say(cx.lang)));
        if let Some(part) = kit::choose(ui, self.part, &parts) {
            self.part = part;
            self.picture.hide();
            self.codes.hide();
            self.renew.hide();
        }
        match self.part {
            Part::Edit => self.edit.ui(ui, item, cx),
            Part::Qr => self.picture.ui(ui, item, cx),
            Part::Check => self.check.ui(ui, item, cx),
            Part::Site => {
                if self.site.ui(ui, item, cx) {
                    self.part = Part::Edit;
                }
            }
            Part::Codes => self.codes.ui(ui, item, cx),
            Part::Renew => self.renew.ui(ui, item, cx),
            Part::History => history::ui(ui, self.id, cx),
        }
        if self.part == Part::Edit {
            self.foot(ui, cx);
        }
    }

    fn ticks(&self) -> bool {
        self.picture.is_shown() || self.renew.ticks()
    }
}
