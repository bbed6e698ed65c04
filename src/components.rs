//! The components that all screens are built from. They use only their props, never a context; their styles are in
//! `style/parts.css`.
//!
//! Texts are passed as `Signal<String>` (a `String` or `&str` converts), field values as [`Value`] (an `RwSignal` converts), and click handlers
//! as [`Press`]. An element's accessible name is exactly its label; hints, figures and keys are descriptions.

mod actions;
mod amount;
mod area;
mod button;
mod changes;
mod check;
mod choice;
mod choices;
mod count;
mod crumbs;
mod date;
mod dialog;
mod done;
mod empty;
mod errors;
mod field;
mod file;
mod heading;
mod ids;
mod linked;
mod live;
mod menu;
mod money;
mod notice;
mod panel;
mod picker;
mod qr;
mod select;
mod steps;
mod table;
mod tabs;
mod tag;
mod text_field;
mod tiles;
mod value;

pub use actions::{Action, Actions};
pub use amount::AmountField;
pub use area::TextArea;
pub use button::{Button, LinkButton, Look, Press};
pub use changes::{ChangeRow, Changes};
pub use check::CheckCard;
pub use choice::Choice;
pub use choices::Choices;
pub use count::Count;
pub use crumbs::{Crumb, Crumbs};
pub use date::DateField;
pub use dialog::{Confirm, Dialog};
pub use done::Done;
pub use empty::Empty;
pub use errors::{ErrorSummary, Problem};
pub use file::{Choose, FileButton};
pub use heading::{Heading, veil};
pub use ids::focus_on;
pub use linked::linked;
pub use live::{effect, live, swap};
pub use menu::{Menu, MenuItem, RowMenu};
pub use money::{Figure, FigureFormat};
pub use notice::{Notice, said};
pub use panel::Panel;
pub use picker::{Picked, Picker, Search};
pub use qr::Qr;
pub use select::Select;
pub use steps::Steps;
pub use table::{Column, Table};
pub use tabs::{Tab, TabPanel, Tabs};
pub use tag::{Tag, Tone};
pub use text_field::TextField;
pub use tiles::{Tile, Tiles};
pub use value::Value;
