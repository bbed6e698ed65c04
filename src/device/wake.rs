//! Wakes a task that waits for something to do.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A handle on the wish to be woken; clones are the same one. One task waits.
#[derive(Debug, Clone, Default)]
pub struct Wake(Rc<State>);

#[derive(Debug, Default)]
struct State {
    is_due: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Wake {
    /// Wakes the task. If it does not wait now, it will not wait the next time.
    pub fn wake(&self) {
        self.0.is_due.set(true);
        if let Some(waker) = self.0.waker.take() {
            waker.wake();
        }
    }

    /// Waits until the task is woken.
    pub async fn woken(&self) {
        std::future::poll_fn(|cx| {
            if self.0.is_due.take() {
                return Poll::Ready(());
            }
            self.0.waker.replace(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::Wake;
    use futures_util::FutureExt;

    #[test]
    fn a_wake_before_the_wait_counts_once() {
        let wake = Wake::default();
        assert!(wake.woken().now_or_never().is_none());
        wake.wake();
        wake.clone().wake();
        assert!(wake.woken().now_or_never().is_some());
        assert!(wake.woken().now_or_never().is_none());
    }
}
