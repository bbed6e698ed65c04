//! Makes a picture small enough to be a logo.

use ledger::entry::Logo;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// The longest edges to try, in pixels. On a receipt of 80 mm the first is some 27 mm wide.
const EDGES: [f64; 5] = [320.0, 240.0, 160.0, 112.0, 80.0];

/// The formats to try. A browser that cannot write WebP writes PNG.
const FORMATS: [&str; 2] = ["image/webp", "image/png"];

/// Why a file is no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALogo {
    /// The browser cannot show it as a picture.
    NoPicture,
    /// It is too large even when it is drawn small.
    TooLarge,
}

/// The picture of a file in the largest size that fits into an entry.
///
/// # Errors
/// [`NotALogo`].
pub async fn logo(file: &File) -> Result<Logo, NotALogo> {
    let picture = decode(file).await.map_err(|_| NotALogo::NoPicture)?;
    let drawn = EDGES.iter().flat_map(|edge| FORMATS.iter().map(|format| drawn(&picture, *edge, format)));
    let found = drawn.flatten().find_map(|address| Logo::new(&address));
    picture.close();
    found.ok_or(NotALogo::TooLarge)
}

async fn decode(file: &File) -> Result<ImageBitmap, JsValue> {
    let picture: ImageBitmap = JsFuture::from(window().create_image_bitmap_with_blob(file)?).await?.dyn_into()?;
    if picture.width() == 0 || picture.height() == 0 { Err(JsValue::NULL) } else { Ok(picture) }
}

/// The address of the picture, at most that long and wide, and never larger than it is.
fn drawn(picture: &ImageBitmap, edge: f64, format: &str) -> Option<String> {
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let scale = (edge / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height).ok()?;
    canvas.to_data_url_with_type(format).ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // At most the first of `EDGES`, and above zero.
const fn pixels(length: f64) -> u32 {
    length as u32
}
