//! What a person does with a page: press, type, choose, read.

use crate::find::Scope;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::path::Path;
use thirtyfour::error::WebDriverErrorInner as Inner;
use thirtyfour::prelude::*;

/// What text is typed into.
const FIELDS: [&str; 5] = ["textbox", "searchbox", "combobox", "spinbutton", "Date"];
/// What is ticked.
const BOXES: [&str; 3] = ["checkbox", "radio", "switch"];
/// How far a keyboard journey goes for the next thing.
const FAR: usize = 80;

impl Scope {
    /// Presses the one thing with this role and name, as soon as nothing lies over it.
    ///
    /// # Errors
    /// When it cannot be found or pressed in time.
    pub async fn press(&self, role: &str, name: &str) -> Result<()> {
        self.press_any(&[role], name).await
    }

    async fn press_any(&self, roles: &[&str], name: &str) -> Result<()> {
        let what = format!("{} “{name}” to be pressed", roles.join(" or "));
        self.until(&what, async || {
            let element = self.find_any(roles, name).await?;
            self.bring(&element).await?;
            match element.click().await {
                Ok(()) => Ok(Some(Ok(()))),
                Err(error) if not_yet(&error) => Err(error.into()),
                Err(error) => Ok(Some(Err(error))),
            }
        })
        .await?
        .with_context(|| what.clone())
    }

    /// Scrolls as far as the page itself asks for, so that nothing of the frame lies over the thing.
    async fn bring(&self, element: &WebElement) -> Result<()> {
        let script = "arguments[0].scrollIntoView({block: 'nearest', behavior: 'instant'})";
        self.driver.execute(script, vec![element.to_json()?]).await?;
        Ok(())
    }

    /// Two presses as fast as a hand can, at the same spot, whatever the first one changes.
    ///
    /// # Errors
    /// When the thing cannot be found.
    pub async fn press_twice(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        self.press_twice_around(role, name, async || Ok(())).await
    }

    /// The two clicks of a double click on the first thing of that name, where the page changes between them.
    ///
    /// # Errors
    /// When the thing cannot be found, or what is waited for in between does not come.
    pub async fn press_twice_around(
        &self,
        role: &str,
        name: &str,
        between: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<()> {
        let spot = self.spot_of(self.first(role, name).await?).await?;
        self.tap(&spot, 1).await?;
        between().await?;
        self.tap(&spot, 2).await
    }

    /// Enter in a field, and in the same moment a press on a button.
    ///
    /// # Errors
    /// When one of them cannot be found.
    pub async fn enter_and_press(&self, field: &str, role: &str, name: &str) -> Result<()> {
        let spot = self.spot(role, name).await?;
        self.find_any(&FIELDS, field).await?.focus().await?;
        self.press_keys("Enter").await?;
        self.tap(&spot, 1).await
    }

    async fn spot(&self, role: &str, name: &str) -> Result<Value> {
        self.spot_of(self.find(role, name).await?).await
    }

    async fn spot_of(&self, element: WebElement) -> Result<Value> {
        self.bring(&element).await?;
        let script = "const b = arguments[0].getBoundingClientRect();
            return {x: b.x + b.width / 2, y: b.y + b.height / 2};";
        let spot = self.driver.execute(script, vec![element.to_json()?]).await?;
        Ok(spot.json().clone())
    }

    /// A click, and which one of a series it is.
    async fn tap(&self, spot: &Value, count: u8) -> Result<()> {
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": spot["x"], "y": spot["y"], "button": "left", "clickCount": count});
            self.driver.cdp().send_raw("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Puts text into the field with this label, in place of what it held.
    ///
    /// # Errors
    /// When there is no such field, or it does not hold the text afterwards.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.type_into(label, text).await?;
        self.holds(label, text).await
    }

    /// Types text into a field in place of what it held, without asking what the field made of it.
    ///
    /// # Errors
    /// When there is no such field, or the page puts another in its place while somebody types: the digits of a
    /// fast hand would be lost.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        let what = format!("the field “{label}” to be gone to");
        let field = self
            .until(&what, async || {
                let field = self.find_any(&FIELDS, label).await?;
                self.bring(&field).await?;
                field.focus().await?;
                Ok(Some(field))
            })
            .await?;
        let typed = async {
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Delete + "").await?;
            if !text.is_empty() {
                field.send_keys(text).await?;
            }
            field.prop("value").await
        };
        typed.await.with_context(|| format!("“{label}” was drawn anew while “{text}” was typed"))?;
        Ok(())
    }

    /// What the field with this label holds.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value(&self, label: &str) -> Result<String> {
        let field = self.find_any(&FIELDS, label).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until the field with this label holds a text.
    ///
    /// # Errors
    /// When it holds something else; the message says what.
    pub async fn holds(&self, label: &str, text: &str) -> Result<()> {
        let what = format!("“{label}” to hold “{text}”");
        let end = self.until(&what, async || Ok((self.value(label).await? == text).then_some(()))).await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("it holds “{}”", self.value(label).await?))),
        }
    }

    /// What the page says is wrong with the field of this label; `None` when nothing is.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn problem(&self, label: &str) -> Result<Option<String>> {
        self.find_any(&FIELDS, label).await?;
        let nodes = self.nodes(&[], Some(label)).await?;
        let field = nodes.into_iter().find(|node| FIELDS.contains(&node.role.as_str()));
        Ok(field.filter(|field| field.invalid).map(|field| field.description))
    }

    /// Chooses an option by its words in the list with this label.
    ///
    /// # Errors
    /// When there is no such list or option.
    pub async fn choose(&self, label: &str, option: &str) -> Result<()> {
        let list = self.find_any(&["combobox", "listbox"], label).await?;
        let wanted = format!(".//option[contains(normalize-space(.), {})]", quoted(option));
        let what = format!("option “{option}” in “{label}”");
        self.until(&what, async || Ok(Some(list.find(By::XPath(wanted.as_str())).await?)))
            .await?
            .click()
            .await?;
        let script = "return arguments[0].selectedOptions[0]?.textContent ?? ''";
        let chosen = self.driver.execute(script, vec![list.to_json()?]).await?.json().clone();
        ensure!(chosen.as_str().is_some_and(|text| text.contains(option)), "chose {chosen} in “{label}”");
        Ok(())
    }

    /// Ticks a box or picks a radio button, when it is not ticked yet.
    ///
    /// # Errors
    /// When there is none with this label.
    pub async fn check(&self, label: &str) -> Result<()> {
        self.tick(label, true).await
    }

    /// Takes the tick out of a box.
    ///
    /// # Errors
    /// When there is none with this label.
    pub async fn uncheck(&self, label: &str) -> Result<()> {
        self.tick(label, false).await
    }

    /// True when the box with this label is ticked.
    ///
    /// # Errors
    /// When there is none with this label.
    pub async fn checked(&self, label: &str) -> Result<bool> {
        Ok(self.find_any(&BOXES, label).await?.is_selected().await?)
    }

    async fn tick(&self, label: &str, wanted: bool) -> Result<()> {
        if self.checked(label).await? != wanted {
            self.press_any(&BOXES, label).await?;
        }
        let what = format!("“{label}” to be {}", if wanted { "ticked" } else { "empty" });
        self.until(&what, async || Ok((self.checked(label).await? == wanted).then_some(()))).await
    }

    /// Chooses a file with the button of that name, as the dialog of the device would.
    ///
    /// # Errors
    /// When there is no such button, or it takes no file.
    pub async fn upload(&self, name: &str, file: &Path) -> Result<()> {
        // Chromium shows it as a button of that name, and finds it by its role alone.
        let button = format!("//input[@type='file' and @aria-label={}]", quoted(name));
        let what = format!("a button “{name}” that takes a file");
        let found = self.until(&what, async || Ok(Some(self.driver.find(By::XPath(button.as_str())).await?)));
        Ok(found.await?.send_keys(file.to_string_lossy()).await?)
    }

    /// All that can be read here, with runs of white space as one space.
    ///
    /// # Errors
    /// When this part of the page is not there.
    pub async fn text(&self) -> Result<String> {
        let top = self.top().await?;
        let text = self.driver.execute("return arguments[0].innerText", vec![top.to_json()?]).await?;
        let text = text.json().as_str().unwrap_or_default().to_owned();
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until a text can be read here.
    ///
    /// # Errors
    /// When it cannot be read in time; the message tells what can.
    pub async fn see(&self, text: &str) -> Result<()> {
        let what = format!("“{text}” to be seen");
        let end = self.until(&what, async || Ok(self.text().await?.contains(text).then_some(()))).await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("what can be read: {}", self.text().await?))),
        }
    }

    /// Waits until a text can no longer be read here.
    ///
    /// # Errors
    /// When it can still be read after the timeout of a journey.
    pub async fn see_no(&self, text: &str) -> Result<()> {
        let what = format!("“{text}” to be gone");
        self.until(&what, async || Ok((!self.text().await?.contains(text)).then_some(()))).await
    }

    /// Presses keys on whatever has the focus: `Enter`, `Control+Enter`, `/`, `Shift+Tab`.
    ///
    /// # Errors
    /// When a key has no name here.
    pub async fn press_keys(&self, chord: &str) -> Result<()> {
        let mut held = Vec::new();
        let mut chain = self.driver.action_chain();
        for part in chord.split('+') {
            let key = key(part)?;
            chain = chain.key_down(key);
            held.push(key);
        }
        for key in held.into_iter().rev() {
            chain = chain.key_up(key);
        }
        Ok(chain.perform().await?)
    }

    /// Types text into whatever has the focus.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// Goes by Tab until the focus is on the thing with this role and name.
    ///
    /// # Errors
    /// When the focus does not come by; the message tells where it went.
    pub async fn tab_to(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        let mut way = Vec::new();
        for _ in 0..FAR {
            if self.focused(role, name).await? {
                return Ok(());
            }
            self.press_keys("Tab").await?;
            way.push(self.focus().await?);
        }
        bail!("Tab does not come to {role} “{name}”; it went: {}", way.join(", "))
    }

    /// True when the focus is on the thing with this role and name.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn focused(&self, role: &str, name: &str) -> Result<bool> {
        Ok(self.nodes(&[role], Some(name)).await?.iter().any(|node| node.focused))
    }

    /// Role and name of what has the focus.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn focus(&self) -> Result<String> {
        let nodes = self.nodes(&[], None).await?;
        let node = nodes.iter().rev().find(|node| node.focused);
        Ok(node.map_or_else(|| "nothing".to_owned(), |node| format!("{} “{}”", node.role, node.name)))
    }
}

/// A press that did not happen: the thing moved, was drawn anew, or something still lies over it.
fn not_yet(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        Inner::ElementClickIntercepted(_)
            | Inner::StaleElementReference(_)
            | Inner::ElementNotInteractable(_)
    )
}

fn key(name: &str) -> Result<char> {
    let key = match name {
        "Enter" => Key::Enter,
        "Tab" => Key::Tab,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Escape" => Key::Escape,
        "Space" => Key::Space,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        _ => return name.chars().next().with_context(|| format!("no key “{name}”")),
    };
    Ok(key.value())
}

/// A text as XPath writes it; XPath has no escapes, so a text keeps to one kind of quote.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
