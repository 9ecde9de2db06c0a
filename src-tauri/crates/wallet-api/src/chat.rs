//! Chat: what is asked, what streams back, and the reader between the two.

mod chunk;
mod decoder;
mod event;
mod finish;
mod generation;
mod pace;
mod repeated;
mod request;
mod stream;
mod think;
mod wire_text;
mod words;

pub use event::ChatEvent;
pub use finish::FinishReason;
pub use request::{ChatMessage, ChatRequest, ImagePart, Role};
pub use stream::{ChatStream, StreamLimits};
