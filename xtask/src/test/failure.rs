//! The output of a failed step, the most important part first, because logs are often shown truncated.

/// The beginnings of progress lines, which do not tell why a step failed.
const PROGRESS: [&str; 13] = [
    "Compiling ",
    "Checking ",
    "Downloading ",
    "Downloaded ",
    "Updating ",
    "Locking ",
    "Adding ",
    "Blocking ",
    "Fresh ",
    "Running ",
    "Doc-tests ",
    "Finished ",
    "running ",
];

/// The number of lines that are printed; the step's log file has all.
const SHOWN: usize = 200;

/// The names of the failed tests, then the end of the output without progress lines.
pub fn of(text: &str) -> Vec<String> {
    let names = text.lines().filter_map(failed).map(|name| format!("failed: {name}"));
    let rest: Vec<&str> = text.lines().filter(|line| is_relevant(line)).collect();
    let cut = rest.len().saturating_sub(SHOWN);
    names.chain(rest.iter().skip(cut).map(|line| (*line).to_owned())).collect()
}

fn failed(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

fn is_relevant(line: &str) -> bool {
    let line = line.trim_start();
    let passed = line.starts_with("test ") && (line.ends_with(" ok") || line.ends_with(" ... FAILED"));
    !line.is_empty() && !passed && !PROGRESS.iter().any(|word| line.starts_with(word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_come_first_and_progress_is_left_out() {
        let text = "   Compiling syn v2\n\nrunning 2 tests\ntest clerk::pays ... ok\ntest tabs::two ... FAILED\n\
                    \nfailures:\n\n---- tabs::two stdout ----\nno Save button\n";
        let expected = ["failed: tabs::two", "failures:", "---- tabs::two stdout ----", "no Save button"];
        assert_eq!(super::of(text), expected);
    }
}
