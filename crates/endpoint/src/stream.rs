//! A connection's byte stream: it fails when the client takes nothing of a response, and completes hyper's own answers.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Duration, Instant, Sleep, sleep_until};

use crate::activity::Activity;
use crate::headers;

/// A stream whose writes fail when the client takes nothing for a time.
#[derive(Debug)]
pub struct Stream<S> {
    inner: S,
    activity: Arc<Activity>,
    /// The longest time in which the client takes nothing.
    patience: Duration,
    /// When the waiting write fails.
    deadline: Option<Pin<Box<Sleep>>>,
    /// An answer of hyper's own, with the headers added, as far as it is not written yet.
    answer: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream<S> {
    /// Wraps a stream.
    pub const fn new(inner: S, activity: Arc<Activity>, patience: Duration) -> Self {
        Self { inner, activity, patience, deadline: None, answer: Vec::new() }
    }

    /// The result of a write or flush, or the failure when it has waited too long.
    fn within<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<Result<T>>) -> Poll<Result<T>> {
        if outcome.is_ready() {
            self.activity.seen();
            self.deadline = None;
            return outcome;
        }
        let patience = self.patience;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + patience)));
        ready!(deadline.as_mut().poll(cx));
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the client does not read")))
    }

    /// Writes what is left of an answer of hyper's own.
    fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        while !self.answer.is_empty() {
            let outcome = Pin::new(&mut self.inner).poll_write(cx, &self.answer);
            let written = ready!(self.within(cx, outcome))?;
            if written == 0 {
                return Poll::Ready(Err(ErrorKind::WriteZero.into()));
            }
            self.answer.drain(..written);
        }
        Poll::Ready(Ok(()))
    }

    /// Takes over a write that is an answer of hyper's own; the number of bytes it has then accepted.
    fn take_over(&mut self, bytes: &[u8]) -> Option<usize> {
        self.answer = headers::completed(bytes)?;
        Some(bytes.len())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let outcome = Pin::new(&mut self.inner).poll_read(cx, into);
        if outcome.is_ready() {
            self.activity.seen();
        }
        outcome
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        ready!(self.poll_answer(cx))?;
        if let Some(accepted) = self.take_over(bytes) {
            return Poll::Ready(Ok(accepted));
        }
        let outcome = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.within(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        ready!(self.poll_answer(cx))?;
        if let Some(accepted) = slices.first().and_then(|bytes| self.take_over(bytes)) {
            return Poll::Ready(Ok(accepted));
        }
        let outcome = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        self.within(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.poll_answer(cx))?;
        let outcome = Pin::new(&mut self.inner).poll_flush(cx);
        self.within(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.poll_answer(cx))?;
        let outcome = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.within(cx, outcome)
    }
}
