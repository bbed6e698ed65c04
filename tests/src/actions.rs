//! User actions on a page: pressing, typing, choosing, reading.

use crate::find::Scope;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::path::Path;
use thirtyfour::error::WebDriverErrorInner as Inner;
use thirtyfour::prelude::*;

/// Roles of fields that text is typed into.
const FIELDS: [&str; 5] = ["textbox", "searchbox", "combobox", "spinbutton", "Date"];
/// Roles of controls that can be checked.
const BOXES: [&str; 3] = ["checkbox", "radio", "switch"];
/// The menu that holds the actions of a page on a narrow screen.
const MORE_ACTIONS: &str = "More actions";
/// The most Tab presses on the way to an element.
const MAX_TABS: usize = 80;

impl Scope {
    /// Presses the only element with this role and name, as soon as nothing covers it.
    ///
    /// # Errors
    /// When the element cannot be found or pressed in time.
    pub async fn press(&self, role: &str, name: &str) -> Result<()> {
        self.press_any(&[role], name).await
    }

    /// Presses an action of the page: its link, or on a narrow screen its item under *More actions*.
    ///
    /// # Errors
    /// When the action cannot be found or pressed in time.
    pub async fn act(&self, name: &str) -> Result<()> {
        let what = format!("the action “{name}”");
        let role = self.until(&what, async || {
            if self.has("link", name).await? {
                return Ok(Some("link"));
            }
            if self.has("button", MORE_ACTIONS).await? {
                self.press("button", MORE_ACTIONS).await?;
                if self.has("menuitem", name).await? {
                    return Ok(Some("menuitem"));
                }
                self.press_keys("Escape").await?;
            }
            Ok(None)
        });
        self.press(role.await?, name).await
    }

    async fn press_any(&self, roles: &[&str], name: &str) -> Result<()> {
        let what = format!("{} “{name}” to be pressed", roles.join(" or "));
        self.until(&what, async || {
            let element = self.find_any(roles, name).await?;
            self.scroll_to(&element).await?;
            match element.click().await {
                Ok(()) => Ok(Some(Ok(()))),
                Err(error) if not_yet(&error) => Err(error.into()),
                Err(error) => Ok(Some(Err(error))),
            }
        })
        .await?
        .with_context(|| what.clone())
    }

    /// Scrolls the element into view, within the scroll margins of the page, so that no fixed bar covers it.
    async fn scroll_to(&self, element: &WebElement) -> Result<()> {
        let script = "arguments[0].scrollIntoView({block: 'nearest', behavior: 'instant'})";
        self.driver.execute(script, vec![element.to_json()?]).await?;
        Ok(())
    }

    /// Double-clicks at the position of an element, whatever the first click changes there.
    ///
    /// # Errors
    /// When the element cannot be found.
    pub async fn press_twice(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        self.press_twice_around(role, name, async || Ok(())).await
    }

    /// The two clicks of a double click on the first element with this name; `between` runs between them.
    ///
    /// # Errors
    /// When the element cannot be found, or `between` fails.
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

    /// Presses Enter in a field and clicks a button at the same moment.
    ///
    /// # Errors
    /// When the field or the button cannot be found.
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
        self.scroll_to(&element).await?;
        let script = "const b = arguments[0].getBoundingClientRect();
            return {x: b.x + b.width / 2, y: b.y + b.height / 2};";
        let spot = self.driver.execute(script, vec![element.to_json()?]).await?;
        Ok(spot.json().clone())
    }

    /// Clicks at a position; `count` is the number of the click in a double click.
    async fn tap(&self, spot: &Value, count: u8) -> Result<()> {
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": spot["x"], "y": spot["y"], "button": "left", "clickCount": count});
            self.driver.cdp().send_raw("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Replaces the text of the field with this label.
    ///
    /// # Errors
    /// When the field does not exist, or does not hold the text afterwards.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.type_into(label, text).await?;
        self.holds(label, text).await
    }

    /// Replaces the text of a field by typing, without checking what the field then holds.
    ///
    /// # Errors
    /// When the field does not exist, or the page replaces its element during typing: characters typed fast would be
    /// lost.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        let what = format!("the field “{label}” to take the focus");
        let field = self
            .until(&what, async || {
                let field = self.find_any(&FIELDS, label).await?;
                self.scroll_to(&field).await?;
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
        typed.await.with_context(|| format!("“{label}” was replaced while “{text}” was typed"))?;
        Ok(())
    }

    /// The value of the field with this label.
    ///
    /// # Errors
    /// When the field does not exist.
    pub async fn value(&self, label: &str) -> Result<String> {
        let field = self.find_any(&FIELDS, label).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until the field with this label holds a text.
    ///
    /// # Errors
    /// When it holds another text; the message contains it.
    pub async fn holds(&self, label: &str, text: &str) -> Result<()> {
        let what = format!("“{label}” to hold “{text}”");
        let end = self.until(&what, async || Ok((self.value(label).await? == text).then_some(()))).await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("it holds “{}”", self.value(label).await?))),
        }
    }

    /// The error message of the field with this label; `None` when the field is valid.
    ///
    /// # Errors
    /// When the field does not exist.
    pub async fn problem(&self, label: &str) -> Result<Option<String>> {
        self.find_any(&FIELDS, label).await?;
        let nodes = self.nodes(&[], Some(label)).await?;
        let field = nodes.into_iter().find(|node| FIELDS.contains(&node.role.as_str()));
        Ok(field.filter(|field| field.invalid).map(|field| field.description))
    }

    /// Chooses the option that contains this text in the list with this label.
    ///
    /// # Errors
    /// When the list or the option does not exist.
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

    /// Checks a checkbox or selects a radio button, unless it is checked already.
    ///
    /// # Errors
    /// When no control has this label.
    pub async fn check(&self, label: &str) -> Result<()> {
        self.tick(label, true).await
    }

    /// Unchecks a checkbox.
    ///
    /// # Errors
    /// When no control has this label.
    pub async fn uncheck(&self, label: &str) -> Result<()> {
        self.tick(label, false).await
    }

    /// True when the checkbox or radio button with this label is checked.
    ///
    /// # Errors
    /// When no control has this label.
    pub async fn checked(&self, label: &str) -> Result<bool> {
        Ok(self.find_any(&BOXES, label).await?.is_selected().await?)
    }

    async fn tick(&self, label: &str, wanted: bool) -> Result<()> {
        if self.checked(label).await? != wanted {
            self.press_any(&BOXES, label).await?;
        }
        let what = format!("“{label}” to be {}", if wanted { "checked" } else { "unchecked" });
        self.until(&what, async || Ok((self.checked(label).await? == wanted).then_some(()))).await
    }

    /// Chooses a file with the file button of this name, without the system's dialog.
    ///
    /// # Errors
    /// When the button does not exist, or is no file button.
    pub async fn upload(&self, name: &str, file: &Path) -> Result<()> {
        // In the accessibility tree it is a button with this name, but a query by role and name does not find it.
        let button = format!("//input[@type='file' and @aria-label={}]", quoted(name));
        let what = format!("a button “{name}” that takes a file");
        let found = self.until(&what, async || Ok(Some(self.driver.find(By::XPath(button.as_str())).await?)));
        Ok(found.await?.send_keys(file.to_string_lossy()).await?)
    }

    /// The visible text of this scope, with each run of white space as one space.
    ///
    /// # Errors
    /// When the scope does not exist on the page.
    pub async fn text(&self) -> Result<String> {
        let top = self.top().await?;
        let text = self.driver.execute("return arguments[0].innerText", vec![top.to_json()?]).await?;
        let text = text.json().as_str().unwrap_or_default().to_owned();
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the visible text contains `text`.
    ///
    /// # Errors
    /// When it does not in time; the message contains the visible text.
    pub async fn see(&self, text: &str) -> Result<()> {
        let what = format!("“{text}” to be seen");
        let end = self.until(&what, async || Ok(self.text().await?.contains(text).then_some(()))).await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("the visible text is: {}", self.text().await?))),
        }
    }

    /// Waits until the visible text does not contain `text`.
    ///
    /// # Errors
    /// When it still does at the end of the timeout.
    pub async fn see_no(&self, text: &str) -> Result<()> {
        let what = format!("“{text}” to be gone");
        self.until(&what, async || Ok((!self.text().await?.contains(text)).then_some(()))).await
    }

    /// Presses a key or a chord on the focused element: `Enter`, `Control+Enter`, `/`, `Shift+Tab`.
    ///
    /// # Errors
    /// When the name of a key is not known.
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

    /// Types text into the focused element.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// Presses Tab until the element with this role and name has the focus.
    ///
    /// # Errors
    /// When Tab does not reach it; the message lists the elements that Tab reached.
    pub async fn tab_to(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        let mut reached = Vec::new();
        for _ in 0..MAX_TABS {
            if self.focused(role, name).await? {
                return Ok(());
            }
            self.press_keys("Tab").await?;
            reached.push(self.focus().await?);
        }
        bail!("Tab does not reach {role} “{name}”; it reached: {}", reached.join(", "))
    }

    /// True when the element with this role and name has the focus.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn focused(&self, role: &str, name: &str) -> Result<bool> {
        Ok(self.nodes(&[role], Some(name)).await?.iter().any(|node| node.focused))
    }

    /// The role and name of the focused element.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn focus(&self) -> Result<String> {
        let nodes = self.nodes(&[], None).await?;
        let node = nodes.iter().rev().find(|node| node.focused);
        Ok(node.map_or_else(|| "nothing".to_owned(), |node| format!("{} “{}”", node.role, node.name)))
    }
}

/// True when the click did not reach the element: it moved, was replaced, or is still covered.
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

/// A text as an XPath literal. XPath has no escapes, so a text may contain only one kind of quote.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
