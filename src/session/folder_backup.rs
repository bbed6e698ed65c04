//! Automatic backups into a folder that the owner chose: each day, and when a day is sealed.

use super::backup::file_name;
use super::handle::Session;
use super::note::Note;
use crate::device::file::Parts;
use crate::device::folder::{self, Folder};
use crate::device::mark_storage::{self, LastBackup};
use crate::device::{clock, registry};
use crate::store::Fault;
use gloo_timers::future::TimeoutFuture;
use ledger::rules::{Act, Command};
use leptos::task::spawn_local;

/// Milliseconds after the book was opened, or something was recorded, before the folder is written to.
const LATER: u32 = 5_000;

impl Session {
    /// Writes today's backup into the chosen folder, if there is one and it was not written today.
    pub(super) fn back_up_daily(self) {
        spawn_local(async move {
            TimeoutFuture::new(LATER).await;
            let (name, today) = (self.name(), clock::today());
            let last = mark_storage::last_backup(&name).filter(|last| last.made);
            if last.is_none_or(|last| last.on != today) {
                self.back_up_now().await;
            }
        });
    }

    /// Writes a backup into the chosen folder after a day was sealed.
    pub(super) fn back_up_after(self, commands: &[Command]) {
        if commands.iter().any(|command| matches!(command.act, Act::SealDay(_))) {
            spawn_local(self.back_up_now());
        }
    }

    async fn back_up_now(self) {
        if self.name() == registry::EXAMPLE || self.engine().is_none() {
            return;
        }
        let is_open = folder::chosen().await.is_some_and(|folder| folder.is_open);
        if is_open && let Err(fault) = (self.lazy.back_up)(self).await {
            self.tell(Note::NoBackup(fault));
        }
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn back_up_to_folder(self) -> Result<(), Fault> {
        let (engine, name, today) = (self.open_engine()?, self.name(), clock::today());
        let parts = Parts::default();
        let (_, damages) = engine.export_pages(|page| parts.push(&page)).await?;
        self.mend_or_tell(&name, &engine, damages).await?;
        folder::save(&file_name(&engine.shop().name, today, "jsonl"), &parts).await?;
        let seq = engine.device().head.map_or(0, |head| head.seq);
        mark_storage::note_backup(&name, &LastBackup { on: today, made: true, seq });
        self.refresh_backup_state();
        Ok(())
    }

    /// The chosen folder, if there is one.
    pub async fn backup_folder(self) -> Option<Folder> {
        folder::chosen().await
    }

    /// Asks the user for a folder, or for the permission to write to the chosen one, and writes a backup into it.
    ///
    /// # Errors
    ///
    /// When the user or the browser refuses, or the file cannot be written.
    pub async fn open_backup_folder(self, anew: bool) -> Result<(), Fault> {
        if anew {
            folder::choose().await?
        } else {
            folder::allow().await?
        }
        (self.lazy.back_up)(self).await
    }

    /// Forgets the folder; its files stay.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn forget_backup_folder(self) -> Result<(), Fault> {
        folder::forget().await
    }
}
