//! `counterfoil journal pull`: a copy of a shop's book from an endpoint, kept up to date without a browser.

mod copy;
mod exchange;
mod invitation;
mod moved;
mod network;

use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use sync::wire::{Code, Enrolled};
use tokio::runtime::Builder;

use crate::exit::WRONG;
use crate::link::Link;
use copy::Copy;
use exchange::pull;
use invitation::Invitation;
use network::Network;

/// Copies a shop's book from the server that its counters exchange with, and keeps the copy up to date.
///
/// The first time it needs an invite for a reader, from Settings on a counter. The key that it makes then is stored beside the book, in
/// a file of the same name that ends in .link: with that file others can read the book, too. From then on only what is new is
/// fetched. When the server was restored from an old backup, what only this copy still has is handed back to it.
///
/// Exit status: 0 when the copy has everything that the server has, 1 when it has and the owner has moved the shop to another server,
/// 2 when it could not be done.
#[derive(Args)]
pub struct Pull {
    /// The copy: a journal. It is made if it is not there
    #[arg(value_name = "BOOK")]
    book: PathBuf,
    /// The link of an invite for a reader, such as https://till.example.org/setup#0123…; only for the first time
    #[arg(long, env = "COUNTERFOIL_INVITE", value_name = "LINK", hide_env_values = true)]
    invite: Option<Invitation>,
    /// The name that the counters see
    #[arg(long, default_value = "Bookkeeper", value_name = "NAME")]
    name: String,
    /// A certificate to trust beside those of the system (PEM), for a server with a certificate of its own
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

impl Pull {
    /// Copies what is new.
    ///
    /// # Errors
    /// When the server does not answer or refuses, and when files cannot be read or written.
    pub fn run(self) -> Result<ExitCode> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(self.exchange())
    }

    async fn exchange(self) -> Result<ExitCode> {
        let network = Network::new(self.certificate.as_deref())?;
        let mut copy = Copy::read(&self.book)?;
        let mut link = match Link::read(&self.book)? {
            Some(link) => link,
            None => self.enrol(&network, &copy).await?,
        };
        copy.check_shop(&link.shop)?;
        let before = copy.len();
        pull(&network, &mut link, &mut copy).await?;
        // The book first: what it has beyond the link is fetched again and found to be there.
        copy.write(&self.book)?;
        link.write(&self.book)?;
        println!("{} lines, {} of them new", copy.len(), copy.len() - before);
        let Some(moved) = moved::says(&copy, &link.origin) else { return Ok(ExitCode::SUCCESS) };
        eprintln!("counterfoil: {moved}");
        Ok(WRONG.into())
    }

    /// Becomes a reader of the shop. The link is stored before the first entry is fetched, because an invite works once.
    async fn enrol(&self, network: &Network, copy: &Copy) -> Result<Link> {
        let Some(invite) = &self.invite else {
            bail!("say with --invite where the book is: a counter makes the link in Settings");
        };
        if !copy.is_empty() {
            bail!("{} is a book already: choose another file for the copy", self.book.display());
        }
        let mut link = Link::new(invite.origin.clone())?;
        let Enrolled { shop, role, letter, endpoint_key } = network
            .enrol(&link, invite.code, &self.name)
            .await
            .context("the server did not take the invite")?;
        if letter.is_some() {
            eprintln!("counterfoil: this invite was for a {role}; this program only reads");
        }
        (link.shop, link.endpoint_key) = (shop, Some(endpoint_key));
        link.forget_log();
        link.write(&self.book)?;
        Ok(link)
    }
}

/// What a refusal means here.
fn refusal(code: Code) -> anyhow::Error {
    let known = [
        (Code::WrongCode, "the invite is wrong, used or too old: ask for a new one"),
        (Code::SlowDown, "too many tries: wait a minute, then try again"),
        (Code::PleaseUpdate, "this program is too old for the server: update it"),
    ];
    match known.iter().find(|(of, _)| *of == code) {
        Some((_, says)) => anyhow::anyhow!("{says}"),
        None => anyhow::anyhow!("the server refuses it ({})", code.word()),
    }
}
