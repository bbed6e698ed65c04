//! Reading for all chains of a shop at once: a statement for each device took longer than the records that came with it.

use futures_util::future::try_join3;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::Reader;
use crate::store::Fault;
use crate::store::model::{Device, Logged};
use crate::store::postgres::connection::Value;
use crate::store::postgres::rows::{self, CHAIN, Chain, DEVICE, Shop};
use crate::store::postgres::runs::{FIRST_LINES, LAST_LINES, Run};

/// What a push needs to know of a shop, for all its devices.
#[derive(Debug, Default)]
pub struct ShopEnds {
    /// All devices.
    pub devices: Vec<Device>,
    /// All chains, by device and chain.
    pub chains: Vec<Chain>,
    /// The lines at the ends of the chains, in the order of the log.
    pub last_lines: Vec<Logged>,
}

impl Reader<'_> {
    /// The devices, chains and last lines of a shop, in one message to the server.
    ///
    /// # Errors
    /// Of the database.
    pub fn ends_of(&self, shop: &Shop) -> Result<ShopEnds, Fault> {
        let devices = format!("SELECT {DEVICE} FROM counterfoil.device WHERE shop = $1");
        let chains = format!(
            "SELECT {CHAIN} FROM counterfoil.chain WHERE shop = $1 ORDER BY device COLLATE \"C\", chain"
        );
        let number: [Value<'_>; 1] = [(&shop.number, Type::INT8)];
        let all = try_join3(
            self.connection.rows(&devices, &number),
            self.connection.rows(&chains, &number),
            self.connection.rows(LAST_LINES, &number),
        );
        let (devices, chains, last_lines) = self.handle.block_on(all)?;
        Ok(ShopEnds {
            devices: devices.iter().map(rows::device).collect::<Result<_, _>>()?,
            chains: chains.iter().map(rows::chain).collect::<Result<_, _>>()?,
            last_lines: lines(&last_lines)?,
        })
    }

    /// The first lines of the chains of a shop that has no more than `most` of them.
    ///
    /// # Errors
    /// Of the database.
    pub(super) fn first_lines_of(&self, shop: &str, most: usize) -> Result<Vec<Logged>, Fault> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        lines(&self.rows(FIRST_LINES, &[(&shop, Type::TEXT), (&most, Type::INT8)])?)
    }
}

fn lines(rows: &[Row]) -> Result<Vec<Logged>, Fault> {
    let runs = rows.iter().map(|row| Run::of(row)?.records());
    Ok(runs.collect::<Result<Vec<_>, Fault>>()?.into_iter().flatten().collect())
}
