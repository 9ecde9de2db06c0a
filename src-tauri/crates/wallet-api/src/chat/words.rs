//! The words of an answer on their way to the queue: two channels, made Unicode, tags taken out.

use std::collections::VecDeque;

use super::ChatEvent;
use super::think::{Channel, ThinkSplitter};
use super::wire_text::{Unicode, WireText};

/// Where events wait to be taken. Neighbouring pieces of text become one.
pub(crate) type Queue = VecDeque<ChatEvent>;

/// What is between the wire's pieces of text and the events.
#[derive(Debug, Default)]
pub(crate) struct Words {
    tags: ThinkSplitter,
    answer: Unicode,
    thought: Unicode,
}

impl Words {
    /// Takes a piece of text from the wire.
    pub(crate) fn take(&mut self, channel: Channel, wire: &WireText<'_>, queue: &mut Queue) {
        match channel {
            Channel::Reasoning => push(channel, &self.thought.next(&wire.0), queue),
            Channel::Text => {
                let text = self.answer.next(&wire.0);
                self.tags
                    .push(&text, &mut |channel, text| push(channel, text, queue));
            }
        }
    }

    /// Takes a piece of well-formed text; half a character left over before it is a broken one.
    pub(crate) fn take_text(&mut self, channel: Channel, text: &str, queue: &mut Queue) {
        self.complete(channel, queue);
        self.pass(channel, text, queue);
    }

    /// Hands over what is held back.
    pub(crate) fn flush(&mut self, queue: &mut Queue) {
        self.complete(Channel::Reasoning, queue);
        self.complete(Channel::Text, queue);
        self.tags
            .finish(&mut |channel, text| push(channel, text, queue));
    }

    fn complete(&mut self, channel: Channel, queue: &mut Queue) {
        let unicode = match channel {
            Channel::Text => &mut self.answer,
            Channel::Reasoning => &mut self.thought,
        };
        if let Some(broken) = unicode.finish() {
            self.pass(channel, broken.encode_utf8(&mut [0; 4]), queue);
        }
    }

    fn pass(&mut self, channel: Channel, text: &str, queue: &mut Queue) {
        match channel {
            Channel::Reasoning => push(channel, text, queue),
            Channel::Text => self
                .tags
                .push(text, &mut |channel, text| push(channel, text, queue)),
        }
    }
}

fn push(channel: Channel, text: &str, queue: &mut Queue) {
    if text.is_empty() {
        return;
    }
    match (channel, queue.back_mut()) {
        (Channel::Text, Some(ChatEvent::Text(last)))
        | (Channel::Reasoning, Some(ChatEvent::Reasoning(last))) => last.push_str(text),
        (Channel::Text, _) => queue.push_back(ChatEvent::Text(text.to_owned())),
        (Channel::Reasoning, _) => queue.push_back(ChatEvent::Reasoning(text.to_owned())),
    }
}
