//! Reading answers. Only what is an answer of an endpoint counts as one: a login page of a network is not.

use crate::client::doing::{Doing, Moment};
use crate::client::effect::Effect;
use crate::client::machine::Client;
use crate::client::status::State;
use crate::wire::{PROBLEM_JSON, Problem};
use serde::Deserialize;

const JSON: &str = "application/json";

impl Client {
    pub(super) fn answered(&mut self, status: u16, media: &str, body: &[u8], moment: Moment) -> Vec<Effect> {
        if media == PROBLEM_JSON
            && let Some(problem) = read::<Problem>(body)
        {
            return self.problem(&problem, moment);
        }
        let is_success = (200..300).contains(&status) && media == JSON;
        let effects = if is_success { self.success(body, moment) } else { None };
        effects.unwrap_or_else(|| self.fails(State::NotAnswering, moment))
    }

    /// `None` where the body is no answer to the open request.
    fn success(&mut self, body: &[u8], moment: Moment) -> Option<Vec<Effect>> {
        match self.doing {
            Doing::Challenge => Some(self.challenged(read(body)?)),
            Doing::Proving => Some(self.signed_in(read(body)?, moment)),
            Doing::Pushing { .. } => Some(self.pushed(read(body)?, moment)),
            Doing::Pulling => Some(self.pulled(&read(body)?, moment)),
            Doing::AskingHeads(_) => Some(self.heard(&read(body)?)),
            Doing::Reoffering(_) => Some(self.reoffered(&read(body)?)),
            Doing::Idle
            | Doing::Waiting
            | Doing::Signing(_)
            | Doing::ReadingLines { .. }
            | Doing::ReadingRecords(_)
            | Doing::Saving(_)
            | Doing::StartingChain { .. } => None,
        }
    }
}

/// An answer to a request outside of a session.
pub enum Answered<T> {
    /// The one that was asked for.
    Whole(T),
    /// A problem that the endpoint names.
    Problem(Problem),
    /// Something else has answered, or the endpoint in an unknown way.
    Other,
}

/// Reads an answer by its status, its media type and its body.
pub fn read_answer<'a, T: Deserialize<'a>>(status: u16, media: &str, body: &'a [u8]) -> Answered<T> {
    if media == PROBLEM_JSON
        && let Some(problem) = read(body)
    {
        return Answered::Problem(problem);
    }
    let is_success = (200..300).contains(&status) && media == JSON;
    read(body).filter(|_| is_success).map_or(Answered::Other, Answered::Whole)
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(body).ok()?).ok()
}
