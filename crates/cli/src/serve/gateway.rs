//! The card processor of a server: whose key, and for which shop.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, ensure};
use clap::Args;
use endpoint::Endpoint;
use endpoint::gateway::{Refunds, Secret, Stripe, WebhookSecrets};

/// The variable with the key itself, for containers that get their secrets so. It is no flag: other programs can see flags.
const KEY: &str = "COUNTERFOIL_GATEWAY_KEY";

/// The same of the secret of webhooks.
const WEBHOOK_SECRET: &str = "COUNTERFOIL_GATEWAY_WEBHOOK_SECRET";

/// The flags of the card processor.
#[derive(Args)]
pub struct GatewayArgs {
    /// A file with a restricted key of Stripe: refunds of payments taken online are then sent by this server
    ///
    /// The file must be readable by its owner alone. The key needs the rights to write refunds, and to read payment intents and charges. The
    /// variable COUNTERFOIL_GATEWAY_KEY can have the key itself instead.
    #[arg(long, env = "COUNTERFOIL_GATEWAY_KEY_FILE", value_name = "FILE")]
    gateway_key_file: Option<PathBuf>,
    /// A file with the secret of a webhook of Stripe: what happens there is then known within seconds
    ///
    /// The file must be readable by its owner alone. While the secret is changed it can have both, on two lines. The variable
    /// COUNTERFOIL_GATEWAY_WEBHOOK_SECRET can have them itself instead.
    #[arg(long, env = "COUNTERFOIL_GATEWAY_WEBHOOK_SECRET_FILE", value_name = "FILE")]
    gateway_webhook_secret_file: Option<PathBuf>,
    /// The id of the shop whose payments they are; needed where this server has more than one shop
    #[arg(long, env = "COUNTERFOIL_GATEWAY_SHOP", value_name = "SHOP")]
    gateway_shop: Option<String>,
    /// Where the card processor is, for tests
    #[arg(long, env = "COUNTERFOIL_GATEWAY_URL", value_name = "URL", hide = true)]
    gateway_url: Option<String>,
}

impl GatewayArgs {
    /// Whether a key was given.
    pub fn is_set(&self) -> bool {
        self.gateway_key_file.is_some() || std::env::var_os(KEY).is_some()
    }

    /// Begins to carry out refunds, if a key was given.
    ///
    /// # Errors
    /// A key or a secret that cannot be used, a secret without a key, and more than one shop where none is named. No error contains one of
    /// them.
    pub async fn start(&self, endpoint: &Endpoint) -> Result<()> {
        let webhooks = self.webhook_secrets()?;
        let Some(secret) = self.secret()? else {
            ensure!(webhooks.is_none(), "--gateway-webhook-secret-file needs --gateway-key-file");
            return Ok(());
        };
        let gateway = match &self.gateway_url {
            Some(url) => Stripe::at(url, secret)?,
            None => Stripe::new(secret)?,
        };
        let refunds = Refunds::new(endpoint.clone(), Arc::new(gateway), self.gateway_shop.clone());
        ensure!(
            refunds.begin().await?,
            "say with --gateway-shop whose payments the card processor has: this server has more than one shop"
        );
        if let Some(secrets) = webhooks {
            endpoint.receive_webhooks(secrets);
        }
        tokio::spawn(refunds.run());
        Ok(())
    }

    fn secret(&self) -> Result<Option<Secret>> {
        let (file, given) = (self.gateway_key_file.as_ref(), given(KEY));
        ensure!(
            given.is_none() || file.is_none(),
            "give the key of the card processor once: --gateway-key-file or {KEY}"
        );
        Ok(match (file, given) {
            (Some(file), _) => Some(Secret::read(file)?),
            (None, Some(key)) => Some(Secret::new(&key)?),
            (None, None) => None,
        })
    }

    fn webhook_secrets(&self) -> Result<Option<WebhookSecrets>> {
        let (file, given) = (self.gateway_webhook_secret_file.as_ref(), given(WEBHOOK_SECRET));
        ensure!(
            given.is_none() || file.is_none(),
            "give the secret of webhooks once: --gateway-webhook-secret-file or {WEBHOOK_SECRET}"
        );
        Ok(match (file, given) {
            (Some(file), _) => Some(WebhookSecrets::read(file)?),
            (None, Some(secrets)) => Some(WebhookSecrets::new(&secrets)?),
            (None, None) => None,
        })
    }
}

/// The text of a variable, if it has one.
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
