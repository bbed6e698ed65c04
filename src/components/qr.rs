//! A QR code: a text that the camera of another device reads.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The margin around the code that readers need, in modules (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// A QR code, black on white in every theme; nothing for a text of more than about 2,300 bytes, which no code can hold.
///
/// ```ignore
/// <Qr text=link label=say!(sync.link)/>
/// ```
#[component]
pub fn Qr(
    /// The text.
    text: String,
    /// Its accessible name.
    #[prop(into)]
    label: String,
) -> AnyView {
    let Ok(code) = QrCode::encode_text(&text, QrCodeEcc::Medium) else { return ().into_any() };
    let side = code.size() + 2 * MARGIN;
    let frame = format!("{0} {0} {side} {side}", -MARGIN);
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=frame shape-rendering="crispEdges">
            <path d=dark(&code)/>
        </svg>
    }
    .into_any()
}

/// The dark modules as a path: a rectangle for each run in a row.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += i32::try_from(run).unwrap_or_default() + 1;
        }
    }
    path
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Every dark module, and no other, is covered once.
    #[test]
    fn the_path_has_the_modules_of_the_code() {
        let code = QrCode::encode_text("https://till.example.org/setup#0123", QrCodeEcc::Medium).unwrap();
        let mut covered = std::collections::BTreeSet::new();
        for part in dark(&code).split_terminator('z') {
            let (at, run) = part.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
            let run: i32 = run.split_once('v').unwrap().0.parse().unwrap();
            for x in x..x + run {
                assert!(covered.insert((x, y)));
            }
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        assert!(all.into_iter().all(|(x, y)| code.get_module(x, y) == covered.contains(&(x, y))));
    }
}
