//! What a mistaken program makes of the answers of the gateway.

use std::collections::BTreeSet;

use endpoint::gateway::{Call, CallError, Deed, LinkAt, Outcome as Answer, Refund};

use crate::gateway::{DECLINED, OPEN, PAID, failed};
use crate::seen::Mistake;

/// What a mistaken program makes of an answer.
pub fn misread(
    mistake: Option<Mistake>,
    taken_back: &BTreeSet<String>,
    call: &Call,
    answer: Answer,
) -> Answer {
    match (mistake, answer) {
        (Some(Mistake::BlindRetry), Answer::Listed(Ok(mut listed))) => {
            listed.refunds.clear();
            // It takes no notice of the time either.
            listed.now = 0;
            Answer::Listed(Ok(listed))
        }
        (Some(Mistake::RecordAfter), Answer::Listed(Ok(mut listed))) => {
            listed.refunds.clear();
            Answer::Listed(Ok(listed))
        }
        (Some(Mistake::BelievesAnything), Answer::Sent(Err(CallError::Unknown(_)))) => {
            let Call::Send(ask) = call else { return failed(call) };
            let is_link = matches!(ask.deed, Deed::Link(_));
            let paid_as = Some("believed".to_owned());
            Answer::Sent(Ok(Refund {
                id: format!("believed {}", ask.of.refund),
                payments: vec![ask.payment.clone()],
                amount: ask.amount,
                currency: "gbp".into(),
                status: if is_link { PAID } else { "succeeded" }.into(),
                reason: None,
                of: Some(ask.of.clone()),
                link: is_link.then(|| LinkAt { paid_as, ..LinkAt::default() }),
            }))
        }
        (Some(Mistake::LeavesOpen), Answer::Sent(Ok(link)) | Answer::Looked(Ok(link)))
            if link.status == OPEN && taken_back.contains(&link.of.as_ref().unwrap().refund) =>
        {
            Answer::Canceled(Ok(Refund { status: "expired".into(), ..link }))
        }
        (Some(Mistake::LeavesDeclined), Answer::Sent(Ok(charge)) | Answer::Looked(Ok(charge)))
            if charge.status == DECLINED =>
        {
            Answer::Looked(Ok(Refund { status: "canceled".into(), ..charge }))
        }
        (_, answer) => answer,
    }
}
