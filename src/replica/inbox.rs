//! What the page tells the exchange of its book. It never waits for anything.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use sync::wire::Moved;

/// One thing that happened on this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A line of this device is on the disk, by this tab or another one.
    Wrote {
        /// The chain.
        chain: u32,
        /// The number of its last line.
        seq: u64,
    },
    /// The network is there again, or the page is in front again.
    Online,
    /// The browser says that there is no network.
    Offline,
    /// A person asks to try again.
    Again,
    /// The log of the shop has grown.
    Moved(Moved),
    /// The book is closed: the exchange ends.
    Closed,
}

/// A queue of notices. Clones are the same queue.
#[derive(Debug, Clone, Default)]
pub struct Inbox(Rc<RefCell<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    notices: VecDeque<Notice>,
    waker: Option<Waker>,
}

impl Inbox {
    /// Adds a notice.
    pub fn put(&self, notice: Notice) {
        let waker = {
            let mut queue = self.0.borrow_mut();
            queue.notices.push_back(notice);
            queue.waker.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }

    /// Takes the next notice, and waits for one.
    pub async fn next(&self) -> Notice {
        poll_fn(|cx| {
            let mut queue = self.0.borrow_mut();
            match queue.notices.pop_front() {
                Some(notice) => Poll::Ready(notice),
                None => {
                    queue.waker = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
