//! From the records of an event stream to what they mean.

use money::{Amount, Usage};

use super::chunk::{Choice, Chunk, Delta};
use super::generation::Generation;
use super::repeated::RepeatedEvent;
use super::think::Channel;
pub(crate) use super::words::Queue;
use super::words::Words;
use super::{ChatEvent, FinishReason};
use crate::error::{ApiError, Detail, ErrorBody, UnreadableAnswer, stream_verdict};
use crate::sse::Record;
use crate::wire_amount::unit_amount;

/// Names of events that only keep the connection alive.
const KEEP_ALIVE: [&[u8]; 4] = [b"ping", b"heartbeat", b"keepalive", b"keep-alive"];

/// Reads one answer.
#[derive(Debug)]
pub(crate) struct Decoder {
    play_money: bool,
    generation: Generation,
    words: Words,
    repeated: Option<RepeatedEvent>,
    finish_reason: Option<FinishReason>,
    usage: Option<Usage>,
    cost: Option<Amount>,
    balance_after: Option<Amount>,
    any_chunk: bool,
    finished: bool,
}

impl Decoder {
    pub(crate) fn new(play_money: bool) -> Self {
        Self {
            play_money,
            generation: Generation::default(),
            words: Words::default(),
            repeated: None,
            finish_reason: None,
            usage: None,
            cost: None,
            balance_after: None,
            any_chunk: false,
            finished: false,
        }
    }

    /// The provider's id of the response, once a chunk had one.
    pub(crate) fn response_id(&self) -> Option<&str> {
        self.generation.id()
    }

    /// Takes one record.
    pub(crate) fn record(
        &mut self,
        record: &Record<'_>,
        queue: &mut Queue,
    ) -> Result<(), ApiError> {
        if self.finished {
            return Ok(());
        }
        match *record {
            Record::Stray(line) => self.stray(line, queue),
            Record::Event { name, .. } if KEEP_ALIVE.contains(&name) => Ok(()),
            Record::Event {
                name: b"error",
                data,
            } => Err(stream_verdict(&ErrorBody::read(data))),
            Record::Event { data, .. } => self.data(data, queue),
        }
    }

    /// Takes the end of the input.
    pub(crate) fn end(&mut self, queue: &mut Queue) -> Result<(), ApiError> {
        if self.finished {
            return Ok(());
        }
        self.flush(queue);
        if self.finish_reason.is_some() {
            self.finish(queue);
            return Ok(());
        }
        if self.any_chunk {
            return Err(ApiError::StreamInterrupted {
                detail: Detail::default(),
            });
        }
        Err(ApiError::Unreadable {
            what: UnreadableAnswer::Empty,
            detail: Detail::default(),
        })
    }

    /// Hands over text that was held back, before an error or a stop.
    pub(crate) fn flush(&mut self, queue: &mut Queue) {
        self.words.flush(queue);
    }

    /// Whether `Finished` was handed over.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    /// Whether the answer is complete, though more may follow about it.
    pub(crate) fn is_complete(&self) -> bool {
        self.finish_reason.is_some()
    }

    /// A line that is JSON but no field: a provider's last words, or an answer that is no stream.
    fn stray(&mut self, line: &[u8], queue: &mut Queue) -> Result<(), ApiError> {
        match serde_json::from_slice::<Chunk<'_>>(line) {
            Ok(chunk) => self.chunk(&chunk, line, queue),
            Err(_) => Ok(()),
        }
    }

    fn data(&mut self, data: &[u8], queue: &mut Queue) -> Result<(), ApiError> {
        if let Some((channel, text)) = self.repeated.as_ref().and_then(|event| event.text(data)) {
            self.generation.count();
            self.words.take_text(channel, &text, queue);
            return Ok(());
        }
        match data.trim_ascii() {
            b"" => return Ok(()),
            b"[DONE]" => {
                self.finish_reason.get_or_insert(FinishReason::Unreported);
                self.flush(queue);
                self.finish(queue);
                return Ok(());
            }
            _ => {}
        }
        let chunk: Chunk<'_> = serde_json::from_slice(data).map_err(|_| unreadable(data))?;
        self.chunk(&chunk, data, queue)
    }

    fn chunk(
        &mut self,
        chunk: &Chunk<'_>,
        event: &[u8],
        queue: &mut Queue,
    ) -> Result<(), ApiError> {
        let choices = chunk.choices.as_deref().unwrap_or_default();
        if let Some(error) = chunk.error.as_ref().filter(|error| says_something(error)) {
            return Err(stream_verdict(&refusal(error, chunk.detail.as_ref())));
        }
        if let (Some(detail), None) = (&chunk.detail, &chunk.choices) {
            return Err(stream_verdict(&ErrorBody::of_inner(detail)));
        }
        self.any_chunk = true;
        let choice = choices.iter().find(|choice| choice.index.unwrap_or(0) == 0);
        if let Some(choice) = choice {
            let delta = choice.delta.as_ref();
            let opens = delta.is_some_and(|delta| delta.role.is_some());
            if self.generation.restarts(chunk.id.as_ref(), opens) {
                self.restart(queue);
            }
            self.choice(choice, queue);
        }
        let is_plain = chunk.usage.is_none() && chunk.quota.is_none();
        self.accounts(chunk, queue);
        if let (true, Some(choice)) = (is_plain, choice) {
            self.learn(choice, event);
        }
        Ok(())
    }

    fn restart(&mut self, queue: &mut Queue) {
        self.words.flush(queue);
        self.words = Words::default();
        self.finish_reason = None;
        queue.push_back(ChatEvent::Restarted);
    }

    fn choice(&mut self, choice: &Choice<'_>, queue: &mut Queue) {
        for delta in [&choice.delta, &choice.message].into_iter().flatten() {
            self.delta(delta, queue);
        }
        if let Some(reason) = choice
            .finish_reason
            .as_ref()
            .filter(|reason| !reason.is_empty())
        {
            self.finish_reason = Some(FinishReason::from_wire(&reason.to_text()));
        }
    }

    fn delta(&mut self, delta: &Delta<'_>, queue: &mut Queue) {
        if let Some(thought) = delta.thought() {
            self.words.take(Channel::Reasoning, thought, queue);
        }
        if let Some(answer) = delta.answer() {
            self.words.take(Channel::Text, answer, queue);
        }
    }

    fn accounts(&mut self, chunk: &Chunk<'_>, queue: &mut Queue) {
        if let Some(wire) = &chunk.usage {
            let usage = wire.counts();
            if self.usage.replace(usage) != Some(usage) {
                queue.push_back(ChatEvent::Usage(usage));
            }
            let cost = wire
                .cost
                .and_then(|cost| unit_amount(cost, self.play_money));
            self.cost = cost.or(self.cost);
        }
        if let Some(quota) = &chunk.quota {
            self.cost = quota.cost(self.play_money).or(self.cost);
            self.balance_after = quota.balance_after(self.play_money).or(self.balance_after);
        }
    }

    /// Keeps an event with nothing but text in it as the frame of those to come.
    fn learn(&mut self, choice: &Choice<'_>, event: &[u8]) {
        let Some(delta) = &choice.delta else { return };
        if choice.finish_reason.is_some() || choice.message.is_some() {
            return;
        }
        let learned = match (delta.answer(), delta.thought()) {
            (Some(text), None) => RepeatedEvent::learn(event, text, Channel::Text),
            (None, Some(text)) => RepeatedEvent::learn(event, text, Channel::Reasoning),
            _ => None,
        };
        if learned.is_some() {
            self.repeated = learned;
        }
    }

    fn finish(&mut self, queue: &mut Queue) {
        self.finished = true;
        queue.push_back(ChatEvent::Finished {
            finish_reason: self
                .finish_reason
                .take()
                .unwrap_or(FinishReason::Unreported),
            usage: self.usage,
            reported_cost: self.cost,
            balance_after: self.balance_after,
        });
    }
}

/// The error of a chunk, whose words may stand beside it.
fn refusal(error: &serde_json::Value, detail: Option<&serde_json::Value>) -> ErrorBody {
    let whole = serde_json::json!({ "error": error, "detail": detail });
    ErrorBody::of_answer(&whole).unwrap_or_default()
}

/// Whether an `error` member is one; some servers send it empty.
fn says_something(error: &serde_json::Value) -> bool {
    !matches!(
        error,
        serde_json::Value::Null | serde_json::Value::Bool(false)
    ) && error != ""
}

fn unreadable(data: &[u8]) -> ApiError {
    ApiError::Unreadable {
        what: UnreadableAnswer::Json,
        detail: Detail::new(&String::from_utf8_lossy(&data[..data.len().min(2_000)])),
    }
}

#[cfg(test)]
mod tests;
