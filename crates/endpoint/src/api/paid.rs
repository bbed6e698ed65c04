//! `GET /v1/paid`: what customers see after they have paid by a link. It says nothing about a payment, because everyone with the address can open it.

use axum::response::Html;

use crate::Endpoint;

/// Where the page is, below an origin.
const PATH: &str = "/v1/paid";

/// The page, in the languages of the app.
const PAGE: &str = include_str!("paid.html");

/// Answers the page.
pub async fn paid() -> Html<&'static str> {
    Html(PAGE)
}

impl Endpoint {
    /// The address of the page.
    pub(crate) fn thanks(&self) -> String {
        format!("{}{PATH}", self.0.settings.origins.first().map_or("", String::as_str))
    }
}
