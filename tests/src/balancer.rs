//! One address in front of several endpoints, as a load balancer is: each connection goes to the next one that accepts it.

use anyhow::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A balancer that listens; dropping the value stops it.
pub struct Balancer {
    port: u16,
    task: Option<JoinHandle<()>>,
    listener: Option<TcpListener>,
}

impl Balancer {
    /// Takes a port. Connections wait until [`Balancer::forward`].
    ///
    /// # Errors
    /// When no port is free.
    pub async fn listen() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        Ok(Self { port: listener.local_addr()?.port(), task: None, listener: Some(listener) })
    }

    /// The address, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Forwards connections to these ports of this machine by turns.
    pub fn forward(&mut self, ports: Vec<u16>) {
        let Some(listener) = self.listener.take() else { return };
        let (ports, next) = (Arc::new(ports), Arc::new(AtomicUsize::new(0)));
        self.task = Some(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (ports, first) = (Arc::clone(&ports), next.fetch_add(1, Ordering::Relaxed));
                tokio::spawn(async move { pass(stream, &ports, first).await });
            }
        }));
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.iter().for_each(JoinHandle::abort);
    }
}

/// Passes a connection to the first of the ports that accepts it, beginning with one of them. Where none does it is closed.
async fn pass(mut from: TcpStream, ports: &[u16], first: usize) {
    for port in ports.iter().cycle().skip(first % ports.len().max(1)).take(ports.len()) {
        if let Ok(mut to) = TcpStream::connect(("127.0.0.1", *port)).await {
            // Either side may end at any time; that is no error here.
            let _ = copy_bidirectional(&mut from, &mut to).await;
            return;
        }
    }
}
