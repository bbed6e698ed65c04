//! German and French: a shop works in its language, with its own way of writing amounts, and a paper is in that of the customer.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, NARROW, WIDE, journey};

/// Sets the languages of the browser, as its settings do.
async fn browser_speaks(page: &Browser, languages: &str) -> Result<()> {
    let agent = page.eval("navigator.userAgent").await?;
    page.cdp("Emulation.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": languages }))
        .await
}

/// The language that the page says it is in.
async fn page_is(page: &Browser, tag: &str) -> Result<()> {
    let lang = page.eval("document.documentElement.lang").await?;
    ensure!(lang == tag, "the page is in {lang}");
    Ok(())
}

/// Sets up a shop in German in a browser that is set to German, and adds a customer who reads French.
async fn set_up_in_german(page: &Browser) -> Result<()> {
    browser_speaks(page, "de-DE,de,en").await?;
    page.go("/").await?;
    page.press("button", "Dieses Geschäft einrichten").await?;
    page_is(page, "de").await?;
    page.fill("Name des Geschäfts", "Hafen-Velos").await?;
    page.choose("Währung", "Euro (EUR)").await?;
    page.fill("Ihr Name", "Ana Ruiz").await?;
    page.fill("PIN", "4711").await?;
    page.press("button", "Dieses Geschäft einrichten").await?;
    page.see("Hafen-Velos ist eingerichtet").await?;
    page.go("/customers/new").await?;
    page.fill("Name", "Élodie Müller").await?;
    page.choose("Sprache", "Französisch").await?;
    page.press("button", "Kunde hinzufügen").await?;
    page.find("heading", "Élodie Müller").await.map(drop)
}

#[test]
fn a_shop_works_in_german_and_a_customer_reads_french() -> Result<()> {
    journey("german", NARROW, async |page| {
        set_up_in_german(page).await?;
        let account = page.path().await?;
        page.press("link", "Auftrag anlegen").await?;
        page.fill("Artikel", "Jahresservice").await?;
        page.fill("Einzelpreis", "1,234.50").await?;
        page.press("button", "Auftrag anlegen").await?;
        page.find("alert", "Es gibt ein Problem").await?;
        page.see("Geben Sie den Betrag so ein: 12,50").await?;
        page.fill("Einzelpreis", "1.234,50").await?;
        page.choose("Steuer", "Steuer inbegriffen").await?;
        page.fill("Steuersatz in Prozent", "8,1").await?;
        page.press("button", "Auftrag anlegen").await?;
        page.see("über 1.234,50 € angelegt").await?;
        page.press("link", "Auftrag AI-0001 öffnen").await?;
        page.press("link", "Zahlung erfassen").await?;
        // What is owed, as a person would type it.
        page.holds("Betrag", "1234,50").await?;
        page.fill("Betrag", "1000.5").await?;
        page.choose("Zahlungsart", "Bargeld").await?;
        page.press("button", "Zahlung buchen").await?;
        page.see("über 1.000,50 € erfasst").await?;
        page.press("link", "Zurück zu Auftrag AI-0001").await?;
        refund_in_german(page).await?;

        page.go(&format!("{account}?tab=payments")).await?;
        page.press("button", "Aktionen für AP-0001").await?;
        page.press("menuitem", "Beleg drucken").await?;
        page.find("heading", "Quittung AP-0001").await?;
        page.see("Payé en espèces").await?;
        let found = page.survey("german-paper-in-french").await?;
        ensure!(found.is_empty(), "{found:?}");
        let paper = page.print("german-paper-in-french").await?;
        paper.has(&["Reçu AP-0001", "Hafen-Velos", "Élodie Müller", "Jahresservice", "1 000,50 €"])?;
        paper.has(&["Servi par Ana Ruiz", "8,1 %"])?;
        paper.lacks(&["Quittung", "Zahlung", "Receipt", "Drucken"])?;
        Ok(())
    })
}

/// Refunds 50.00 in cash of the only payment of the open order.
async fn refund_in_german(page: &Browser) -> Result<()> {
    page.press("button", "Weitere Aktionen").await?;
    page.press("menuitem", "Zahlung zurückerstatten").await?;
    let payment = page.full_name("checkbox", "Zahlung AP-0001 bar").await?;
    page.check(&payment).await?;
    page.fill("Betrag von AP-0001", "50").await?;
    page.choose("Grund", "Zurückgebrachte Ware").await?;
    page.choose("Art der Rückerstattung", "Bargeld").await?;
    page.press("button", "Weiter").await?;
    page.press("button", "Gleich viel wie jetzt").await?;
    page.press("button", "Weiter").await?;
    page.press("button", "Rückerstattung erfassen").await?;
    page.see("über 50,00 € erfasst").await
}

#[test]
fn a_language_is_chosen_and_stays() -> Result<()> {
    journey("french", WIDE, async |page| {
        page.go("/").await?;
        page.find("button", "Set up this shop").await?;
        page.press("button", "Français").await?;
        page.press("button", "Essayer le magasin d’exemple").await?;
        page.see("EXEMPLE").await?;
        page_is(page, "fr").await?;
        page.go("/pay").await?;
        page.press("button", "Client de passage").await?;
        page.fill("Ce qui a été vendu", "Chambre à air").await?;
        page.fill("Montant", "7,90").await?;
        page.choose("Mode de paiement", "Espèces").await?;
        page.press("button", "Enregistrer le paiement").await?;
        page.see("7,90").await?;
        // Without the server, from the cache.
        page.offline_ready().await?;
        page.server.stop().await?;
        page.go("/settings/appearance").await?;
        choose_language(page, "Langue", "de").await?;
        page.find("heading", "Darstellung und Sprache").await?;
        page_is(page, "de").await?;
        choose_language(page, "Sprache", "en").await?;
        page.find("heading", "Appearance and language").await?;
        page_is(page, "en").await
    })
}

/// Chooses a language in the settings. The page is loaded again at once, so what was chosen cannot be looked at any more.
async fn choose_language(page: &Browser, label: &str, tag: &str) -> Result<()> {
    page.find("combobox", label).await?;
    let script = format!(
        "(() => {{ const list = document.getElementById('f-language'); list.value = '{tag}';
            list.dispatchEvent(new Event('change', {{bubbles: true}})) }})()"
    );
    page.eval(&script).await.map(drop)
}

/// The screens of a shop with data, by their address.
const SCREENS: [(&str, &str); 21] = [
    ("/counter", "counter"),
    ("/pay", "pay"),
    ("/customers", "customers"),
    ("/customers/new", "add-customer"),
    ("/customers/statements", "statements"),
    ("/orders", "orders"),
    ("/orders/new", "add-order"),
    ("/refunds", "refunds"),
    ("/money", "money"),
    ("/partners", "partners"),
    ("/reports", "reports"),
    ("/reports/ageing", "report-ageing"),
    ("/settings", "settings"),
    ("/settings/shop", "settings-shop"),
    ("/settings/tax", "settings-tax"),
    ("/settings/banks", "settings-banks"),
    ("/settings/people", "settings-people"),
    ("/settings/counters", "settings-counters"),
    ("/settings/backup", "settings-backup"),
    ("/settings/appearance", "settings-appearance"),
    ("/settings/import", "import"),
];

/// Opens every screen of the example shop in a language: axe finds nothing, nothing scrolls sideways, and no text is cut.
fn every_screen_in(name: &str, button: &str, example: &str, mark: &str) -> Result<()> {
    journey(&format!("tour-{name}"), WIDE, async |page| {
        page.go("/").await?;
        page.press("button", button).await?;
        page.find("button", example).await?;
        let mut found = page.glance(&format!("{name}-welcome")).await?;
        page.press("button", example).await?;
        page.see(mark).await?;
        for (path, screen) in SCREENS {
            page.go(path).await?;
            page.see(mark).await?;
            page.find_any(&["heading"], &heading(page).await?).await?;
            found.extend(page.glance(&format!("{name}-{screen}")).await?);
        }
        ensure!(found.is_empty(), "found:\n  {}", found.join("\n  "));
        Ok(())
    })
}

/// The name of the screen that is open.
async fn heading(page: &Browser) -> Result<String> {
    tests::until("a heading", async || {
        let text = page.eval("document.querySelector('h1')?.textContent ?? ''").await?;
        Ok(text.as_str().filter(|text| !text.is_empty()).map(String::from))
    })
    .await
}

#[test]
fn every_screen_fits_in_german() -> Result<()> {
    every_screen_in("german", "Deutsch", "Beispielgeschäft ausprobieren", "BEISPIEL")
}

#[test]
fn every_screen_fits_in_french() -> Result<()> {
    every_screen_in("french", "Français", "Essayer le magasin d’exemple", "EXEMPLE")
}
