//! What the seller has of the app outside its window: notifications, the tray, what closing does, the start at login.

mod autostart;
mod closing;
mod memory;
mod notice;
mod notifier;
mod quiet_hours;
mod tray;
mod watch;

pub(crate) use self::{
    autostart::Autostart,
    closing::{OnClose, Question, answered as close_answered, keeps_window},
    notice::{ListWanted, NoticeSwitches},
    quiet_hours::QuietHours,
    tray::{Tray, refresh as refresh_tray, start as start_tray},
    watch::start as start_notifications,
};
