//! The processes of a browser: the one that the user sees, and those that it started, such as the one that writes its databases.

use crate::wait::until;
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tokio::process::Command;

/// Kills a process and all that it started (`kill -9`), as a device without power does, and waits until they are gone.
///
/// # Errors
/// When they cannot be found or do not end.
pub async fn kill_all(process: u64) -> Result<()> {
    let all = with_descendants(process)?;
    // One that has ended meanwhile makes the command fail.
    let _ = Command::new("kill").arg("-9").args(all.iter().map(u64::to_string)).status().await?;
    until("the browser to be gone", async || Ok(all.iter().all(|one| has_ended(*one)).then_some(()))).await
}

fn with_descendants(process: u64) -> Result<Vec<u64>> {
    let mut children = BTreeMap::<u64, Vec<u64>>::new();
    for entry in fs::read_dir("/proc")? {
        let id = entry?.file_name().to_string_lossy().parse::<u64>();
        if let Ok(id) = id
            && let Some(parent) = parent(id)
        {
            children.entry(parent).or_default().push(id);
        }
    }
    let (mut all, mut next) = (vec![process], 0);
    while let Some(one) = all.get(next) {
        all.extend(children.remove(one).unwrap_or_default());
        next += 1;
    }
    Ok(all)
}

/// `None` if it has ended.
fn parent(process: u64) -> Option<u64> {
    let status = fs::read_to_string(status(process)).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:\t")?.parse().ok())
}

fn has_ended(process: u64) -> bool {
    fs::read_to_string(status(process)).map_or(true, |status| status.contains("State:\tZ"))
}

fn status(process: u64) -> PathBuf {
    PathBuf::from("/proc").join(process.to_string()).join("status")
}
