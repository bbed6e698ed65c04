//! *Goods came back*: the lines of an order, with the quantity that came back of each.

use super::bind;
use super::form::Form;
use crate::components::{CheckCard, TextField, Value, swap};
use crate::forms::Field;
use crate::forms::returned::{RETURNED, ReturnedDraft, open_lines};
use crate::text::{money, say};
use ledger::view::order::OrderView;
use leptos::prelude::*;

/// The checkbox, and under it the lines of which something is left to come back; nothing if none is. `write` receives all
/// lines after each change.
pub fn fields(
    form: Form,
    view: &OrderView,
    drafts: Signal<Vec<ReturnedDraft>>,
    write: impl Fn(Vec<ReturnedDraft>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let all = StoredValue::new(open_lines(&view.returns));
    if all.with_value(Vec::is_empty) {
        return ().into_any();
    }
    let marked = bind::checkbox(
        move || drafts.with(|drafts| !drafts.is_empty()),
        move |on| write(if on { all.get_value() } else { Vec::new() }),
    );
    // What of each line is left, and its text; of the lines that are offered.
    let lines = all.with_value(|all| {
        let of = |draft: &ReturnedDraft| {
            let at = usize::try_from(draft.line).ok()?.checked_sub(1)?;
            Some((draft.line, view.lines.get(at)?.text.clone(), money::decimal(view.returns.get(at)?.left)))
        };
        all.iter().filter_map(of).collect::<Vec<_>>()
    });
    let lines = StoredValue::new(lines);
    let shown = Memo::new(move |_| drafts.with(|drafts| !drafts.is_empty()));
    let rows = move || {
        let row = |(line, text, left): (u32, String, String)| {
            let field = Field::of(RETURNED, line);
            let hint = say!(parts.up_to_quantity, most = left);
            view! {
                <TextField id=field.id() label=text hint=hint value=quantity(line, drafts, write)
                    error=form.error(field) keyboard="decimal" short=true/>
            }
        };
        let rows = lines.get_value().into_iter().map(row).collect_view();
        view! { <div class="returned-lines">{rows}</div> }.into_any()
    };
    view! {
        <div class="going">
            <CheckCard id="f-goods-came-back" label=say!(parts.goods_came_back) hint=say!(parts.goods_hint) checked=marked/>
            {swap(shown, move |shown| if shown { rows() } else { ().into_any() })}
        </div>
    }
    .into_any()
}

/// The quantity of one line.
fn quantity(
    line: u32,
    drafts: Signal<Vec<ReturnedDraft>>,
    write: impl Fn(Vec<ReturnedDraft>) + Copy + Send + Sync + 'static,
) -> Value<String> {
    let read = move || {
        drafts.with(|drafts| drafts.iter().find(|draft| draft.line == line).map(|draft| draft.qty.clone()))
    };
    bind::text(
        move || read().unwrap_or_default(),
        move |typed| {
            let mut all = drafts.get_untracked();
            all.iter_mut().filter(|draft| draft.line == line).for_each(|draft| draft.qty.clone_from(&typed));
            write(all);
        },
    )
}
