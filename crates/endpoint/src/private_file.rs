//! Files of secrets: they are refused when another user of the machine can read them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The variable with the folder in which systemd hands secrets to the service alone.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Why a file of a secret cannot be used. The sentence says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivateFileError {
    /// The file cannot be read, with the reason.
    Unreadable(PathBuf, String),
    /// Others than its owner can read or write the file.
    Open(PathBuf),
}

impl fmt::Display for PrivateFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(file, why) => write!(f, "cannot read {}: {why}", file.display()),
            Self::Open(file) => write!(
                f,
                "others can read the secret in {0}: make it yours alone with `chmod 600 {0}`, and replace it where it comes \
                 from if they may have read it",
                file.display()
            ),
        }
    }
}

impl std::error::Error for PrivateFileError {}

/// The text of a file that its owner alone can read. Of the files that systemd hands over a group may read, because there a list of who may
/// looks like a group.
///
/// # Errors
/// [`PrivateFileError`].
pub fn read(file: &Path) -> Result<String, PrivateFileError> {
    let credentials = std::env::var_os(CREDENTIALS).map(PathBuf::from);
    read_beside(file, credentials.as_deref())
}

fn read_beside(file: &Path, credentials: Option<&Path>) -> Result<String, PrivateFileError> {
    let unreadable = |error: std::io::Error| PrivateFileError::Unreadable(file.to_owned(), error.to_string());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let is_handed_over = credentials.is_some_and(|folder| file.parent() == Some(folder));
        let others = if is_handed_over { 0o037 } else { 0o077 };
        if fs::metadata(file).map_err(unreadable)?.permissions().mode() & others != 0 {
            return Err(PrivateFileError::Open(file.to_owned()));
        }
    }
    #[cfg(not(unix))]
    let _ = credentials;
    fs::read_to_string(file).map_err(unreadable)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "hunter2").unwrap();
        for (mode, alone, handed_over) in [
            (0o600, true, true),
            (0o400, true, true),
            (0o440, false, true),
            (0o460, false, false),
            (0o604, false, false),
            (0o620, false, false),
        ] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(read_beside(&file, None).is_ok(), alone, "{mode:o}");
            assert_eq!(read_beside(&file, Some(Path::new("/elsewhere"))).is_ok(), alone, "{mode:o}");
            assert_eq!(read_beside(&file, Some(folder.path())).is_ok(), handed_over, "{mode:o}");
        }
        let text = read_beside(&file, None).unwrap_err().to_string();
        assert!(text.contains("chmod 600") && !text.contains("hunter2"), "{text}");
        let none = read_beside(&folder.path().join("none"), None);
        assert!(matches!(none, Err(PrivateFileError::Unreadable(..))));
    }
}
