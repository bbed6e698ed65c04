//! Finding elements as a screen reader does: by role and accessible name.

use crate::wait::{self, TIMEOUT};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use thirtyfour::prelude::*;

/// A part of the page, or the whole page, to search in. It stores roles and names, not elements, so that elements
/// which the app replaces are found again.
#[derive(Clone)]
pub struct Scope {
    pub(crate) driver: WebDriver,
    within: Vec<(String, String)>,
    timeout: Duration,
}

/// One node of the accessibility tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub role: String,
    pub name: String,
    pub description: String,
    pub focused: bool,
    pub invalid: bool,
    backend: i64,
}

impl Scope {
    pub(crate) fn page(driver: WebDriver) -> Self {
        Self { driver, within: Vec::new(), timeout: TIMEOUT }
    }

    /// The part of this scope with a role and a name: a dialog, a group, a table.
    #[must_use]
    pub fn within(&self, role: &str, name: &str) -> Self {
        let mut within = self.within.clone();
        within.push((role.to_owned(), name.to_owned()));
        Self { within, ..self.clone() }
    }

    /// The same scope with another timeout.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        Self { timeout, ..self.clone() }
    }

    /// Polls until there is an answer or the timeout ends.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        poll: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        wait::within(self.timeout, what, poll).await
    }

    /// Waits until exactly one element has this role and name.
    ///
    /// # Errors
    /// When there is none in time, or several; the message lists the names that the role has here.
    pub async fn find(&self, role: &str, name: &str) -> Result<WebElement> {
        self.find_any(&[role], name).await
    }

    /// Waits until exactly one element of these roles has this name.
    ///
    /// # Errors
    /// As [`Scope::find`].
    pub async fn find_any(&self, roles: &[&str], name: &str) -> Result<WebElement> {
        let what = format!("one {} named “{name}”{}", roles.join(" or "), self.scope_text());
        let found = self.until(&what, async || self.one(roles, name).await).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => Err(error.context(self.candidates(roles).await)),
        }
    }

    /// True when an element has this role and name now.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn has(&self, role: &str, name: &str) -> Result<bool> {
        Ok(!self.nodes(&[role], Some(name)).await?.is_empty())
    }

    /// Waits until no element has this role and name.
    ///
    /// # Errors
    /// When there still is one at the end of the timeout.
    pub async fn lacks(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("no {role} named “{name}”{}", self.scope_text());
        self.until(&what, async || Ok((!self.has(role, name).await?).then_some(()))).await
    }

    /// Waits until exactly one element of a role has a name that starts with `start`, and returns the full name: for
    /// names that end in a date.
    ///
    /// # Errors
    /// When there is none in time, or several.
    pub async fn full_name(&self, role: &str, start: &str) -> Result<String> {
        let what = format!("one {role} whose name begins with “{start}”");
        self.until(&what, async || {
            let mut names = self.all(role).await?.into_iter().filter(|name| name.starts_with(start));
            let first = names.next();
            ensure!(names.next().is_none(), "there are several");
            Ok(first)
        })
        .await
    }

    /// The names of all elements of a role, in document order.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn all(&self, role: &str) -> Result<Vec<String>> {
        Ok(self.nodes(&[role], None).await?.into_iter().map(|node| node.name).collect())
    }

    /// The only element with one of these roles and this name. Links with one name and one target count as one.
    pub(crate) async fn one(&self, roles: &[&str], name: &str) -> Result<Option<WebElement>> {
        let nodes = self.nodes(roles, Some(name)).await?;
        match nodes.as_slice() {
            [] => Ok(None),
            [node] => Ok(Some(self.element(node.backend).await?)),
            several => self.same_target(several).await.map(Some),
        }
    }

    /// Waits for an element with this role and name; the first in document order.
    pub(crate) async fn first(&self, role: &str, name: &str) -> Result<WebElement> {
        let what = format!("a {role} named “{name}”{}", self.scope_text());
        self.until(&what, async || match self.nodes(&[role], Some(name)).await?.first() {
            None => Ok(None),
            Some(node) => self.element(node.backend).await.map(Some),
        })
        .await
    }

    /// The first of several links with the same target; an error when the targets differ.
    async fn same_target(&self, nodes: &[Node]) -> Result<WebElement> {
        let (mut first, mut target) = (None, None);
        for node in nodes {
            let element = self.element(node.backend).await?;
            let href = element.prop("href").await?;
            ensure!(
                href.is_some() && (target.is_none() || target == href),
                "there are {} of them",
                nodes.len()
            );
            target = href;
            first.get_or_insert(element);
        }
        first.context("there are none")
    }

    /// The nodes of some roles (of any role when the list is empty), with a given name or any.
    pub(crate) async fn nodes(&self, roles: &[&str], name: Option<&str>) -> Result<Vec<Node>> {
        let root = self.root().await?;
        let tree = query(&self.driver, &root, roles, name).await?;
        ensure!(!name.is_some_and(str::is_empty), "a journey must search for a name");
        Ok(tree)
    }

    /// The root element of this scope; the body for the whole page.
    pub(crate) async fn top(&self) -> Result<WebElement> {
        match self.within.last() {
            None => Ok(self.driver.find(By::Tag("body")).await?),
            Some(_) => {
                let root = self.root().await?;
                self.element(root["backendNodeId"].as_i64().context("a scope without a node")?).await
            }
        }
    }

    async fn root(&self) -> Result<Value> {
        let document = self.driver.cdp().send_raw("DOM.getDocument", json!({"depth": 0})).await?;
        let mut root = json!({"nodeId": document["root"]["nodeId"]});
        for (role, name) in &self.within {
            let nodes = query(&self.driver, &root, &[role], Some(name)).await?;
            let [node] = nodes.as_slice() else { bail!("{} {role} named “{name}”", nodes.len()) };
            root = json!({"backendNodeId": node.backend});
        }
        Ok(root)
    }

    /// The WebDriver element of a node. The format of the id is internal to chromedriver; a test of the harness
    /// checks it.
    async fn element(&self, backend: i64) -> Result<WebElement> {
        let tree = self.driver.cdp().send_raw("Page.getFrameTree", json!({})).await?;
        let frame = &tree["frameTree"]["frame"];
        let (id, loader) = (frame["id"].as_str(), frame["loaderId"].as_str());
        let (id, loader) = id.zip(loader).context("a page without a frame")?;
        let element = json!({ELEMENT: format!("f.{id}.d.{loader}.e.{backend}")});
        Ok(WebElement::from_json(element, Arc::clone(self.driver.handle()))?)
    }

    /// The names that the roles have here: the most useful part of a failed search's message.
    async fn candidates(&self, roles: &[&str]) -> String {
        match self.nodes(roles, None).await {
            Err(error) => format!("{error:#}"),
            Ok(nodes) => {
                let names: Vec<_> = nodes.iter().map(|n| format!("{} “{}”", n.role, n.name)).collect();
                format!("there is: {}", names.join(", "))
            }
        }
    }

    fn scope_text(&self) -> String {
        self.within.iter().rev().map(|(role, name)| format!(" in {role} “{name}”")).collect()
    }
}

/// The key of an element reference in the WebDriver protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

async fn query(driver: &WebDriver, root: &Value, roles: &[&str], name: Option<&str>) -> Result<Vec<Node>> {
    let mut params = root.clone();
    if let Some(name) = name {
        params["accessibleName"] = name.into();
    }
    if let [role] = roles {
        params["role"] = (*role).into();
    }
    let answer = driver.cdp().send_raw("Accessibility.queryAXTree", params).await?;
    let nodes = answer["nodes"].as_array().context("the accessibility tree gave no list")?;
    let known = nodes.iter().filter(|node| node["ignored"] != json!(true)).filter_map(read);
    Ok(known.filter(|node| roles.is_empty() || roles.contains(&node.role.as_str())).collect())
}

fn read(node: &Value) -> Option<Node> {
    let text = |key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
    Some(Node {
        role: node["role"]["value"].as_str()?.to_owned(),
        name: text("name"),
        description: text("description"),
        focused: property(node, "focused") == Some(&json!(true)),
        invalid: property(node, "invalid").is_some_and(|value| value != "false"),
        backend: node["backendDOMNodeId"].as_i64()?,
    })
}

fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    node["properties"]
        .as_array()?
        .iter()
        .find(|each| each["name"] == name)
        .map(|each| &each["value"]["value"])
}
