//! Instalments that are collected from a saved card: how far each is, and what an endpoint asks for, stops or announces on a day. Everything
//! follows from the account, so each endpoint comes to the same.

use crate::account::documents::Charge;
use crate::account::order::{Collecting, Order};
use crate::account::state::Account;
use crate::date::Date;
use crate::entry::charge_progressed::ChargeStage;
use crate::entry::collection_set::{Agreement, StopReason, charge_ids};
use crate::entry::{Allocation, ChargeAsked};
use crate::id::Id;
use crate::money::Money;

/// On which days after the first decline an instalment is asked for again.
const AGAIN: [i32; 3] = [1, 3, 7];

/// How many days after its day an instalment is still asked for: later, the customer does not expect it any more.
const LATEST: i32 = 7;

/// The collection of an order as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionRow {
    /// The entry that switched it on or stopped it.
    pub id: Id,
    /// When it was switched on or stopped.
    pub on: Date,
    /// What the customer has agreed to; `None` once it has stopped.
    pub agreed: Option<Agreement>,
    /// Why it has stopped.
    pub stopped: Option<StopReason>,
}

/// How far an open instalment is that is to be collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectState {
    /// It is asked for on this day.
    On(Date),
    /// It was declined, and is asked for again on this day.
    Again(Date),
    /// It is asked for, and not paid yet.
    Asked,
    /// It is not collected: it fell due before collecting began, or was collected and paid back.
    ByHand,
}

/// What an endpoint does about the collection of an order on a day.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum ToCollect {
    /// Asks for an instalment that is due.
    Ask(AskInstalment),
    /// Stops collecting.
    Stop { order: Id, actor: Id, why: StopReason },
    /// Tells the customer of an instalment that will be asked for.
    Tell(TellInstalment),
}

/// The charge of an instalment.
#[derive(Debug, Clone, PartialEq)]
pub struct AskInstalment {
    /// The id of the charge: the same at every endpoint that asks.
    pub charge: Id,
    /// What it asks for.
    pub asked: ChargeAsked,
    /// Who has switched collecting on.
    pub actor: Id,
}

/// An instalment of which the customer is to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct TellInstalment {
    /// The id that the first charge of it will have: the mail is named by it, so that there is one.
    pub charge: Id,
    /// The number of the order.
    pub order_no: Option<String>,
    /// The day on which it is asked for.
    pub due: Date,
    /// What will be asked for as far as is known now, in minor units.
    pub amount: Money,
    /// What is shown of the card.
    pub shown: Option<String>,
}

/// What the charges of an instalment have come to.
enum Tried {
    State(CollectState),
    Stop(StopReason),
}

/// An instalment with something open, and the number of charges that were asked for it.
struct Open {
    due: Date,
    open: Money,
    attempts: u32,
    tried: Tried,
}

impl Account {
    /// The collection of an order; `None` if it is not switched on.
    pub(crate) fn collection_row(order: &Order) -> Option<CollectionRow> {
        let Collecting { id, on, agreed, stopped, .. } = order.collecting.clone()?;
        Some(CollectionRow { id, on, agreed, stopped })
    }

    /// How far the instalment of a day is; `None` if it is not collected or nothing of it is open.
    pub(crate) fn collect_state(&self, order: &Order, due: Date) -> Option<CollectState> {
        let (collecting, _) = agreement(order)?;
        let open = self.open_instalments(order, collecting).into_iter().find(|open| open.due == due)?;
        match open.tried {
            Tried::State(state) => Some(state),
            Tried::Stop(_) => None,
        }
    }

    /// Whether an order that owes something has stopped collecting, and no person has dealt with it.
    pub(crate) fn has_stopped_collecting(&self) -> bool {
        let stopped = |order: &Order| order.collecting.as_ref().is_some_and(|set| set.stopped.is_some());
        self.collections().any(|(_, order)| stopped(order) && order.owed().is_positive())
    }

    /// The day on which a charge that was declined is asked for again by itself.
    pub(crate) fn again_on(&self, charge: &Id) -> Option<Date> {
        self.collections().find_map(|(_, order)| {
            let (collecting, _) = agreement(order)?;
            let open = self.open_instalments(order, collecting);
            let own = open.into_iter().find(|open| {
                let last =
                    open.attempts.checked_sub(1).and_then(|last| charge_ids(&collecting.id, open.due, last));
                last.is_some_and(|(id, _)| id == *charge)
            })?;
            match own.tried {
                Tried::State(CollectState::Again(on) | CollectState::On(on)) => Some(on),
                Tried::State(CollectState::Asked | CollectState::ByHand) | Tried::Stop(_) => None,
            }
        })
    }

    /// Whether instalments of an order are collected.
    #[must_use]
    pub fn collects(&self) -> bool {
        self.collections().any(|(_, order)| agreement(order).is_some())
    }

    /// What is to be done about collections on a day, at most one charge for each order.
    #[must_use]
    pub fn to_collect(&self, today: Date) -> Vec<ToCollect> {
        self.collections().flat_map(|(id, order)| self.to_collect_of(id, order, today)).collect()
    }

    fn collections(&self) -> impl Iterator<Item = (&Id, &Order)> {
        self.collecting.iter().filter_map(|id| Some((id, self.orders.get(id)?)))
    }

    fn to_collect_of(&self, id: &Id, order: &Order, today: Date) -> Vec<ToCollect> {
        let Some((collecting, agreed)) = agreement(order) else { return Vec::new() };
        let open = self.open_instalments(order, collecting);
        let mut all: Vec<_> =
            open.iter().filter_map(|open| self.to_tell(id, collecting, agreed, open, today)).collect();
        match self.next_step(id, order, (collecting, agreed), &open, today) {
            Ok(asked) => all.extend(asked.map(ToCollect::Ask)),
            Err(why) => {
                let (order, actor) = (id.clone(), collecting.actor.clone());
                all = vec![ToCollect::Stop { order, actor, why }];
            }
        }
        all
    }

    /// What is asked for, or why collecting has to stop. The first instalment that is to be collected decides: money pays the earliest ones,
    /// so a later one is not asked for before.
    fn next_step(
        &self,
        id: &Id,
        order: &Order,
        (collecting, agreed): (&Collecting, &Agreement),
        open: &[Open],
        today: Date,
    ) -> Result<Option<AskInstalment>, StopReason> {
        let first = open.iter().find(|open| !matches!(open.tried, Tried::State(CollectState::ByHand)));
        let Some(first) = first else { return Ok(None) };
        let on = match first.tried {
            Tried::Stop(why) => return Err(why),
            Tried::State(CollectState::Asked | CollectState::ByHand) => return Ok(None),
            Tried::State(CollectState::On(on) | CollectState::Again(on)) => on,
        };
        if order.paid.keys().any(|payment| self.is_disputed(payment)) {
            return Err(StopReason::Disputed);
        }
        let is_same_card = self.card().is_some_and(|card| {
            (&card.customer, &card.method) == (&agreed.card.customer, &agreed.card.method)
        });
        if !is_same_card {
            return Err(StopReason::Card);
        }
        // A charge or a link of another origin may pay it.
        if today < on || self.is_charged(id) {
            return Ok(None);
        }
        if on.days_until(today) > LATEST {
            return Err(StopReason::Missed);
        }
        Ok(ask_instalment((id, order), collecting, agreed, first))
    }

    fn to_tell(
        &self,
        id: &Id,
        collecting: &Collecting,
        agreed: &Agreement,
        open: &Open,
        today: Date,
    ) -> Option<ToCollect> {
        let from = open.due.plus(-i32::from(agreed.notice));
        let is_planned = matches!(open.tried, Tried::State(CollectState::On(_))) && open.attempts == 0;
        if agreed.notice == 0 || !is_planned || !(from..open.due).contains(&today) {
            return None;
        }
        let (charge, _) = charge_ids(&collecting.id, open.due, 0)?;
        Some(ToCollect::Tell(TellInstalment {
            charge,
            order_no: self.number(id),
            due: open.due,
            amount: open.open,
            shown: agreed.card.shown.clone(),
        }))
    }

    /// Whether a charge or a payment link for the order is under way.
    fn is_charged(&self, order: &Id) -> bool {
        self.charges.values().any(|charge| {
            let is_for = |asked: &ChargeAsked| asked.allocations.iter().any(|part| part.order == *order);
            charge.asked().is_some_and(is_for) && self.is_under_way(charge)
        })
    }

    /// The instalments with something open, in the order of their days.
    fn open_instalments(&self, order: &Order, collecting: &Collecting) -> Vec<Open> {
        let dues = order.dues(order.owed().or_zero()).into_iter().filter(|(_, open)| open.is_positive());
        dues.map(|(due, open)| {
            let (attempts, tried) = self.tried(collecting, due);
            Open { due, open, attempts, tried }
        })
        .collect()
    }

    /// The number of charges that were asked for an instalment, and what they have come to.
    fn tried(&self, collecting: &Collecting, due: Date) -> (u32, Tried) {
        let (mut attempts, mut on, mut declines) = (0, due, Vec::new());
        let mut by_hand = due < collecting.on;
        let charge = |attempt| self.charges.get(&charge_ids(&collecting.id, due, attempt)?.0);
        while let Some(charge) = charge(attempts) {
            attempts += 1;
            if self.is_under_way(charge) {
                return (attempts, Tried::State(CollectState::Asked));
            }
            let stage = charge.progress.as_ref().map(|progress| progress.stage);
            match stage {
                // What was collected and is owed again was paid back.
                _ if self.is_paid(charge) => by_hand = true,
                Some(ChargeStage::Approve) => return (attempts, Tried::Stop(StopReason::Approve)),
                Some(ChargeStage::Canceled) if charge.cancel_asked => {
                    return (attempts, Tried::Stop(StopReason::Canceled));
                }
                // It was given up before it was sent, and is asked for again on another day.
                Some(ChargeStage::Canceled) => on = on.max(charge.entry.on.next()),
                Some(ChargeStage::Declined) => declines.push(charge.entry.on),
                None | Some(ChargeStage::Bank | ChargeStage::Open | ChargeStage::Person) => {}
            }
        }
        let again = declines.first().map(|first| (first, AGAIN.get(declines.len() - 1)));
        let tried = match again {
            _ if by_hand => Tried::State(CollectState::ByHand),
            None => Tried::State(CollectState::On(on)),
            Some((first, Some(days))) => Tried::State(CollectState::Again(on.max(first.plus(*days)))),
            Some((_, None)) => Tried::Stop(StopReason::Declined),
        };
        (attempts, tried)
    }

    fn is_paid(&self, charge: &Charge) -> bool {
        charge.asked().is_some_and(|asked| self.payments.contains_key(&asked.payment))
    }
}

/// The collection of an order and what the customer has agreed to, while it is on.
fn agreement(order: &Order) -> Option<(&Collecting, &Agreement)> {
    let collecting = order.collecting.as_ref()?;
    Some((collecting, collecting.agreed.as_ref()?))
}

/// The charge of an instalment of an order.
fn ask_instalment(
    (id, order): (&Id, &Order),
    collecting: &Collecting,
    agreed: &Agreement,
    open: &Open,
) -> Option<AskInstalment> {
    let (charge, payment) = charge_ids(&collecting.id, open.due, open.attempts)?;
    let (amount, paid) = (open.open, order.kept.or_zero());
    let asked = ChargeAsked {
        payment,
        card: Some(agreed.card.clone()),
        amount,
        allocations: vec![Allocation { order: id.clone(), amount, paid }],
        eligible: true,
        note: None,
        saves: false,
    };
    Some(AskInstalment { charge, asked, actor: collecting.actor.clone() })
}
