//! The steps of the tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::step::Step;
use crate::tools::Tools;
use crate::{app, files, place};

/// The endpoint's interface, tried from outside by this program.
pub fn interface(tools: &Tools, program: &Path) -> Result<Step> {
    let mut interface = tools.command("cargo")?;
    interface
        .args(["test", "--package", "endpoint", "--test", "served", "--", "--ignored"])
        .env("CARGO_TERM_COLOR", "never")
        .env("COUNTERFOIL_SCHEMATHESIS", program);
    Ok(Step::new("interface", interface))
}

/// The double of the card processor, driven by the processor's own library.
pub fn double(python: &Path) -> Step {
    let mut double = Command::new(python);
    double.arg(place::at("tests/gateway/sdk.py"));
    Step::new("double of the card processor", double)
}

/// The variable that names the Python with aiosmtpd.
pub const SMTP: &str = "COUNTERFOIL_SMTP";

/// Mails through a real mail server, which `python` runs.
pub fn mails(tools: &Tools, python: &Path) -> Result<Step> {
    let mut mails = tools.command("cargo")?;
    mails
        .args(["test", "--package", "endpoint", "--test", "mail", "--test", "mail_killed", "--", "--ignored"])
        .env("CARGO_TERM_COLOR", "never")
        .env(SMTP, python);
    Ok(Step::new("mails", mails))
}

/// The release app for the journeys: at the root of a site and below a path.
pub fn app(tools: &Tools) -> Result<Vec<Step>> {
    let mut below = app::release(tools, "/books/")?;
    below.arg("--dist").arg(books());
    Ok(vec![
        Step::new("app builds (release)", app::release(tools, "/")?),
        Step::new("app builds (for a path)", below),
    ])
}

fn books() -> PathBuf {
    place::target().join("books")
}

/// All steps that need no built app.
pub fn checks(tools: &Tools) -> Result<Vec<Step>> {
    let cargo = |words: &str| -> Result<Command> {
        let mut command = tools.command("cargo")?;
        command.args(words.split_whitespace()).env("CARGO_TERM_COLOR", "never");
        Ok(command)
    };
    let mut tidy = Command::new(std::env::current_exe()?);
    tidy.arg("tidy");
    Ok(vec![
        Step::new("tidy", tidy),
        Step::new("format", cargo("fmt --all --check")?),
        Step::new("format (fuzz)", cargo("fmt --manifest-path fuzz/Cargo.toml --check")?),
        Step::new("clippy (host)", cargo("clippy --workspace --all-targets -- -D warnings")?),
        Step::new(
            "clippy (wasm32)",
            cargo("clippy -p counterfoil-app --all-targets --target wasm32-unknown-unknown -- -D warnings")?,
        ),
        Step::new("tests (host)", cargo("test --workspace --exclude tests --no-fail-fast")?),
        Step::new("tests (browser store)", cargo("test -p counterfoil-app --target wasm32-unknown-unknown")?),
        Step::new("server builds", cargo("build -p cli")?),
        Step::new("day books", day_books(tools)?),
    ])
}

/// The journeys of users in a real browser, with the built app and the real server: those of these names, or all.
pub fn journeys(tools: &Tools, (axe, smtp): (&Path, &Path), names: &[String]) -> Result<Step> {
    let mut journeys = tools.command("cargo")?;
    journeys
        .args(["test", "-p", "tests", "--no-fail-fast"])
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_LIB_BACKTRACE", "0")
        .env("COUNTERFOIL_DIST", place::at("dist"))
        .env("COUNTERFOIL_BOOKS", books())
        .env("COUNTERFOIL_BIN", place::counterfoil())
        .env("COUNTERFOIL_AXE", axe)
        .env(SMTP, smtp);
    if names.is_empty() {
        return Ok(Step::new("journeys", journeys));
    }
    journeys.args(["--test", "journeys", "--", "--exact"]).args(names);
    Ok(Step::new("journeys again", journeys))
}

fn day_books(tools: &Tools) -> Result<Command> {
    let mut check = tools.command(&place::counterfoil().to_string_lossy())?;
    check.args(["daybook", "check"]);
    let books = files::below(&place::at("tests/daybooks")).unwrap_or_default();
    check.args(books.iter().filter(|file| file.extension().is_some_and(|kind| kind == "daybook")));
    Ok(check)
}
