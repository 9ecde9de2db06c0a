//! One turn from the request to its receipt.

use std::sync::Arc;

use conversations::{Ending, Finished};
use futures_util::StreamExt as _;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use wallet_api::{ApiError, ChatEvent, ChatRequest, ChatStream};

use super::dropped::Dropped;
use super::live::TurnUpdate;
use super::running::RunningTurn;
use super::{JOURNAL_EVERY, PRICE_EVERY, RECORD_AGAIN, SHOW_EVERY, Shorter};
use crate::abort_point::reached;
use crate::account::AccountId;
use crate::conversation::{ConversationRow, MessageState};
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::spending::{Held, Known, exceeded};
use crate::{Message, Tuppence};

/// What goes to the provider.
pub(super) struct Asked {
    pub(super) chat: ChatRequest,
    /// The person wants a shorter answer than there could be.
    pub(super) shorter: Option<Shorter>,
}

/// Runs a turn to its end, whatever that is; nothing of it is left unrecorded.
pub(super) async fn run(
    core: Tuppence,
    turn: Arc<RunningTurn>,
    account: AccountId,
    asked: Asked,
    known: Known,
) {
    let mut answer = Answer {
        core: &core,
        turn: &turn,
        known,
        held: Held::default(),
        is_free: false,
        dropped: Dropped::default(),
        request_id: None,
        invocation_id: None,
        unwritten: Unwritten::default(),
    };
    let ending = answer.receive(&account, asked).await;
    let finished = answer.finished(ending);
    let unwritten = answer.unwritten;
    turn.live().settle();
    record(&core, &turn, finished, unwritten).await;
    core.inner.turns.remove(&turn);
    core.emit(CoreEvent::ConversationChanged(
        turn.conversation_id().to_owned(),
    ));
    // The answer changed the balance. Whether it can be read now is not the turn's affair.
    let _ = core.refresh_wallet(&account).await;
}

/// An answer while it comes in.
struct Answer<'a> {
    core: &'a Tuppence,
    turn: &'a Arc<RunningTurn>,
    known: Known,
    held: Held,
    /// The provider refused before it began: nothing is charged.
    is_free: bool,
    /// What came of beginnings that the provider dropped.
    dropped: Dropped,
    request_id: Option<String>,
    invocation_id: Option<String>,
    unwritten: Unwritten,
}

/// Text that was received and is not in the journal yet.
#[derive(Default)]
struct Unwritten {
    text: String,
    reasoning: String,
}

impl Unwritten {
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.reasoning.is_empty()
    }
}

impl Answer<'_> {
    async fn receive(&mut self, account: &AccountId, asked: Asked) -> Ending {
        let mut request = asked.chat;
        let (stopped, closing) = (self.turn.stopped.clone(), self.turn.closing.clone());
        let core = self.core;
        let message_id = self.turn.message_id();
        match core
            .hold(
                message_id,
                account,
                &self.known,
                &mut request,
                asked.shorter,
            )
            .await
        {
            Ok(held) => self.held = held,
            Err(failure) => return failed(&failure),
        }
        if let Some((max_tokens, by)) = self.held.lowered {
            self.turn.live().lower(max_tokens, by);
        }
        let model_id = request.model.clone();
        let id = message_id.to_owned();
        let is_free = &mut self.is_free;
        let opening = async {
            let wallet = core.wallet(account).await?;
            core.with_store(move |store| store.request_leaves(&id))
                .await?;
            reached("recorded");
            let opened = wallet.chat(request, stopped.clone()).await;
            *is_free = opened
                .as_ref()
                .is_err_and(|error| !error.may_have_been_charged());
            Ok::<_, Failure>(opened?)
        };
        let mut stream = tokio::select! {
            biased;
            () = stopped.cancelled() => return Ending::Stopped,
            () = closing.cancelled() => return Ending::CutOff,
            opened = opening => match opened {
                Ok(stream) => stream,
                Err(failure) => {
                    if failure.kind == FailureKind::ConversationTooLong {
                        let tokens = self.known.prompt.estimate;
                        core.learn_window(account, &model_id, tokens, &failure).await;
                    }
                    return failed(&failure);
                }
            },
        };
        reached("answering");
        // Dropping the stream at the end of this closes its connection: the provider stops charging.
        let ending = self.follow(&mut stream).await;
        self.request_id = stream.response_id().map(str::to_owned);
        ending
    }

    async fn follow(&mut self, stream: &mut ChatStream) -> Ending {
        let mut frame = ticking(SHOW_EVERY);
        let mut last_journal = Instant::now();
        let mut last_price = Instant::now();
        let mut shown = true;
        loop {
            tokio::select! {
                biased;
                // Between two writes to the journal, never within one: no word is dropped.
                () = self.turn.stopped.cancelled() => return Ending::Stopped,
                () = self.turn.closing.cancelled() => return Ending::CutOff,
                _ = frame.tick(), if !shown || !self.unwritten.is_empty() => {
                    self.turn.live().show();
                    shown = true;
                    if last_journal.elapsed() >= JOURNAL_EVERY {
                        self.journal().await;
                        last_journal = Instant::now();
                    }
                    if last_price.elapsed() >= PRICE_EVERY {
                        let update = TurnUpdate::Running { usage: self.known.usage(), cost: self.known.cost() };
                        self.turn.live().tell(&update);
                        last_price = Instant::now();
                    }
                }
                event = stream.next() => match event {
                    Some(Ok(event)) => match self.take(event).await {
                        Taken::Goes => {
                            shown = false;
                            if let Some(ceiling) = self.held.ceiling.filter(|it| self.known.least() > *it) {
                                return failed(&exceeded(&self.known, ceiling));
                            }
                        }
                        Taken::Ends(ending) => return ending,
                    },
                    Some(Err(ApiError::Cancelled)) => return Ending::Stopped,
                    Some(Err(error)) => return failed(&error.into()),
                    None => return Ending::CutOff,
                },
            }
        }
    }

    async fn take(&mut self, event: ChatEvent) -> Taken {
        match event {
            ChatEvent::Started { invocation_id } => self.invocation_id = invocation_id,
            ChatEvent::Text(text) => {
                reached("speaking");
                self.known.bytes_out += text.len() as u64;
                self.unwritten.text.push_str(&text);
                self.turn.live().push_text(&text);
            }
            ChatEvent::Reasoning(text) => {
                self.known.bytes_out += text.len() as u64;
                self.unwritten.reasoning.push_str(&text);
                self.turn.live().push_reasoning(&text);
            }
            ChatEvent::Usage(usage) => self.known.usage = Some(usage),
            ChatEvent::Restarted => self.restart().await,
            ChatEvent::Finished {
                finish_reason,
                usage,
                reported_cost,
                ..
            } => {
                self.known.usage = usage.or(self.known.usage);
                self.known.reported = reported_cost;
                let finish_reason = Some(finish_reason.as_str().to_owned());
                return Taken::Ends(Ending::Complete { finish_reason });
            }
        }
        Taken::Goes
    }

    /// What is known of the answer at its end.
    fn finished(&self, ending: Ending) -> Finished {
        let known = &self.known;
        let began = known.bytes_out > 0 || known.reported.is_some() || known.usage.is_some();
        let bound = match (began, self.is_free) {
            (true, _) => known.bound(self.held.micro),
            (false, true) => Some(known.kind().amount(0)),
            // It left, and nothing came: whatever was held may be gone.
            (false, false) => None,
        };
        Finished {
            ending,
            usage: known.usage.or_else(|| began.then(|| known.usage())),
            cost: began.then(|| known.cost()).flatten(),
            bound,
            loss: self.dropped.loss(known),
            request_id: self.request_id.clone(),
            invocation_id: self.invocation_id.clone(),
        }
    }

    /// The journal's writes are on the disk's time; a failure leaves the text here, to be tried again.
    async fn journal(&mut self) {
        let part = std::mem::take(&mut self.unwritten);
        self.unwritten = write(self.core, self.turn, part).await;
    }

    async fn restart(&mut self) {
        self.dropped.all_of(&self.known);
        self.journal().await;
        let id = self.turn.message_id().to_owned();
        if let Err(failure) = self.core.with_store(move |store| store.restart(&id)).await {
            tracing::warn!(%failure, "an abandoned beginning could not be set aside");
        }
        self.turn.live().restart();
    }
}

enum Taken {
    Goes,
    Ends(Ending),
}

/// Appends to the journal; what could not be written comes back.
async fn write(core: &Tuppence, turn: &RunningTurn, part: Unwritten) -> Unwritten {
    if part.is_empty() {
        return part;
    }
    let id = turn.message_id().to_owned();
    let part = Arc::new(part);
    let written = part.clone();
    let outcome = core
        .with_store(move |store| store.append(&id, &written.text, &written.reasoning))
        .await;
    match outcome {
        Ok(()) => Unwritten::default(),
        Err(failure) => {
            tracing::warn!(%failure, "the journal cannot be written");
            Arc::into_inner(part).unwrap_or_default()
        }
    }
}

/// Folds the journal into the message with its receipt, and tells everybody.
async fn record(core: &Tuppence, turn: &RunningTurn, finished: Finished, unwritten: Unwritten) {
    let record = Arc::new(Record {
        conversation_id: turn.conversation_id().to_owned(),
        message_id: turn.message_id().to_owned(),
        left: write(core, turn, unwritten).await,
        finished,
    });
    match record.clone().write(core).await {
        Ok((message, row)) => {
            let message = Box::new(MessageState::new(message, None));
            turn.live().tell(&TurnUpdate::Ended {
                message,
                conversation: Box::new(row),
            });
        }
        Err(failure) => {
            unrecorded(core, turn, failure).await;
            tokio::spawn(record_later(core.clone(), record));
        }
    }
}

/// The end of an answer, as it is to be recorded.
struct Record {
    conversation_id: String,
    message_id: String,
    /// What the journal did not take.
    left: Unwritten,
    finished: Finished,
}

impl Record {
    async fn write(
        self: Arc<Self>,
        core: &Tuppence,
    ) -> Result<(Message, ConversationRow), Failure> {
        core.with_store(move |store| {
            if !self.left.is_empty() {
                store.append(&self.message_id, &self.left.text, &self.left.reasoning)?;
            }
            let message = store.finish(&self.message_id, &self.finished)?;
            Ok((message, store.conversation(&self.conversation_id)?))
        })
        .await
    }
}

/// Tries again until the disk takes it: an answer that counts as streaming keeps its conversation from
/// going on. If the app ends first, the next start finds it in the journal.
async fn record_later(core: Tuppence, record: Arc<Record>) {
    loop {
        tokio::time::sleep(RECORD_AGAIN).await;
        match record.clone().write(&core).await {
            Ok((_, row)) => {
                core.emit(CoreEvent::ConversationChanged(row.id));
                return;
            }
            Err(failure) if failure.kind == FailureKind::StorageUnavailable => {}
            // It was ended otherwise, or is gone.
            Err(_) => return,
        }
    }
}

/// The disk refuses: the answer is shown with that failure, and stays in the journal as far as it got.
async fn unrecorded(core: &Tuppence, turn: &RunningTurn, failure: Failure) {
    tracing::error!(%failure, "an answer could not be recorded");
    let (message_id, conversation_id) = (
        turn.message_id().to_owned(),
        turn.conversation_id().to_owned(),
    );
    let text = turn.live().received();
    let read = core.with_store(move |store| {
        Ok((
            store.message(&message_id)?,
            store.conversation(&conversation_id)?,
        ))
    });
    if let Ok((mut message, row)) = read.await {
        message.status = crate::Status::Ended(failed(&failure));
        message.text = text;
        let message = Box::new(MessageState::new(message, None));
        turn.live().tell(&TurnUpdate::Ended {
            message,
            conversation: Box::new(row),
        });
    }
}

fn failed(failure: &Failure) -> Ending {
    let error_json = serde_json::to_string(failure).unwrap_or_else(|_| "null".to_owned());
    Ending::Failed { error_json }
}

fn ticking(every: std::time::Duration) -> Interval {
    let mut interval = interval(every);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
