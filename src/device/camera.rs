//! The camera as a reader of QR codes, where the browser can detect them.

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

// Bindings of its own: `web-sys` has none for the detector, and those for media would be compiled into every build of it.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = BarcodeDetector)]
    type Detector;
    #[wasm_bindgen(constructor, js_class = "BarcodeDetector", catch)]
    fn new(options: &JsValue) -> Result<Detector, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn detect(this: &Detector, source: &Element) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["navigator", "mediaDevices"], js_name = getUserMedia, catch)]
    async fn get_user_media(wanted: &JsValue) -> Result<JsValue, JsValue>;

    type Stream;
    #[wasm_bindgen(method, js_name = getTracks)]
    fn tracks(this: &Stream) -> Array;

    type Track;
    #[wasm_bindgen(method)]
    fn stop(this: &Track);

    type Video;
    #[wasm_bindgen(method, setter, js_name = srcObject)]
    fn set_source(this: &Video, stream: &Stream);
    #[wasm_bindgen(method, catch)]
    async fn play(this: &Video) -> Result<JsValue, JsValue>;
}

/// Whether this browser can detect codes in the picture of a camera.
#[must_use]
pub fn can_scan() -> bool {
    let has = |of: &JsValue, name: &str| Reflect::has(of, &name.into()).unwrap_or(false);
    let window = window();
    let navigator = window.navigator();
    has(&window, "BarcodeDetector") && has(&navigator, "mediaDevices")
}

/// A camera that is on until this is dropped.
pub struct Camera {
    stream: Stream,
    detector: Detector,
    video: Element,
}

impl Camera {
    /// Turns the camera on and shows its picture in a `video` element; `None` if the browser or the user does not let it.
    pub async fn start(video: Element) -> Option<Self> {
        let detector = Detector::new(&object(&[("formats", Array::of1(&"qr_code".into()).into())])).ok()?;
        let facing = object(&[("facingMode", "environment".into())]);
        let stream = get_user_media(&object(&[("video", facing)])).await.ok()?;
        let camera = Self { stream: stream.unchecked_into(), detector, video };
        let video: &Video = camera.video.unchecked_ref();
        video.set_source(&camera.stream);
        video.play().await.ok()?;
        Some(camera)
    }

    /// The text of a code that is in the picture now.
    pub async fn read(&self) -> Option<String> {
        let found = JsFuture::from(self.detector.detect(&self.video).ok()?).await.ok()?;
        let first = found.dyn_into::<Array>().ok()?.get(0);
        Reflect::get(&first, &"rawValue".into()).ok()?.as_string()
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.tracks() {
            track.unchecked_into::<Track>().stop();
        }
    }
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
