use tuppence_core::{Asked, ContextRule, Failure, SendRequest, Tuppence};

use crate::args::IfTooLong;
use crate::exit::Stop;
use crate::output::Output;

/// Does what the person said is to be done where a conversation is longer than its model takes. What was
/// asked for on the command line is the consent to what a summary costs.
pub(crate) async fn make_room(
    core: &Tuppence,
    output: &Output,
    request: &SendRequest,
    choice: IfTooLong,
    refused: Failure,
) -> Result<(), Stop> {
    let Some(conversation) = request.conversation_id.clone() else {
        return Err(refused.into());
    };
    match choice {
        IfTooLong::Refuse => return Err(refused.into()),
        IfTooLong::DropOldest => {
            core.choose_context(&conversation, ContextRule::Recent)
                .await?;
            output.remark("Only the latest messages that fit are sent from now on.");
        }
        IfTooLong::Summarise => {
            output.remark("The beginning is summarised, which is paid for like an answer.");
            let asked = Asked {
                conversation_id: Some(conversation),
                text: request.text.clone(),
                ..Asked::default()
            };
            core.summarise(asked, request.turn.clone()).await?;
        }
    }
    Ok(())
}
