//! Makes a picture small enough to be a logo.

use ledger::entry::Logo;
use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

// Bindings of its own: those of `web-sys` for a canvas would be compiled into every build of it.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    async fn create_image_bitmap(file: &File) -> Result<JsValue, JsValue>;

    type Picture;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Picture) -> u32;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Picture) -> u32;
    #[wasm_bindgen(method)]
    fn close(this: &Picture);

    type Canvas;
    #[wasm_bindgen(method, setter, js_name = width)]
    fn set_width(this: &Canvas, width: u32);
    #[wasm_bindgen(method, setter, js_name = height)]
    fn set_height(this: &Canvas, height: u32);
    #[wasm_bindgen(method, js_name = getContext)]
    fn get_context(this: &Canvas, kind: &str) -> Option<Drawing>;
    #[wasm_bindgen(method, js_name = toDataURL)]
    fn to_data_url(this: &Canvas, format: &str) -> String;

    type Drawing;
    #[wasm_bindgen(method, js_name = drawImage)]
    fn draw_image(this: &Drawing, picture: &Picture, x: u32, y: u32, width: u32, height: u32);
}

/// The longest edges to try, in pixels. On a receipt of 80 mm the first is some 27 mm wide.
const EDGES: [u32; 5] = [320, 240, 160, 112, 80];

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
    let decoded = create_image_bitmap(file).await.map_err(|_| NotALogo::NoPicture)?;
    let picture: Picture = decoded.unchecked_into();
    let found = EDGES
        .iter()
        .flat_map(|edge| FORMATS.iter().map(|format| (*edge, *format)))
        .find_map(|(edge, format)| Logo::new(&drawn(&picture, edge, format)?));
    picture.close();
    found.ok_or(NotALogo::TooLarge)
}

/// The address of the picture, at most that long and wide, and never larger than it is.
fn drawn(picture: &Picture, edge: u32, format: &str) -> Option<String> {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height).max(edge);
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(edge) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(edge).max(1)
    };
    let (width, height) = (scaled(width), scaled(height));
    let canvas: Canvas = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    canvas.get_context("2d")?.draw_image(picture, 0, 0, width, height);
    Some(canvas.to_data_url(format))
}
