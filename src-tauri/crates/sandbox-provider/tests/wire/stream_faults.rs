//! Faults inside a streamed answer.

use futures_util::StreamExt;
use sandbox_provider::{Dialect, Scenario};

use crate::support::{Party, Tokens, asking, events, party, said};

const PROMPT: &str = "hello";

async fn ready() -> (Party, Tokens, String) {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let text = said(&events(&party.stream(tokens.access(), PROMPT).await));
    (party, tokens, text)
}

/// The bytes of an answer with a fault on, and whether they ended well.
async fn bytes(party: &Party, tokens: &Tokens, scenario: Scenario) -> (Vec<u8>, bool) {
    party.fault(scenario);
    let response = party
        .chat(tokens.access(), &asking("penny-small", PROMPT, true))
        .await;
    let (mut bytes, mut stream) = (Vec::new(), response.bytes_stream());
    while let Some(part) = stream.next().await {
        match part {
            Ok(part) => bytes.extend_from_slice(&part),
            Err(_) => return (bytes, false),
        }
    }
    (bytes, true)
}

async fn text(party: &Party, tokens: &Tokens, scenario: Scenario) -> String {
    String::from_utf8(bytes(party, tokens, scenario).await.0).unwrap()
}

/// Checklist 107, 108.
#[tokio::test]
async fn cut_and_reset_end_in_the_middle() {
    let (party, tokens, whole) = ready().await;
    for (scenario, well) in [(Scenario::StreamCut, true), (Scenario::StreamReset, false)] {
        let (bytes, ended_well) = bytes(&party, &tokens, scenario).await;
        let stream = String::from_utf8(bytes).unwrap();
        assert_eq!(ended_well, well, "{scenario}");
        assert!(!stream.contains("[DONE]") && !stream.contains("\"stop\""));
        let part = said(&events(&stream));
        assert!(!part.is_empty() && part.len() < whole.len() && whole.starts_with(&part));
    }
}

/// Checklist 109, 112.
#[tokio::test]
async fn errors_inside_the_stream() {
    let (party, tokens, _) = ready().await;
    let bare = text(&party, &tokens, Scenario::StreamBareJsonError).await;
    let tail = bare.rsplit("\n\n").next().unwrap();
    assert!(tail.starts_with("{\"error\":\"Unhandled exception") && tail.ends_with('}'));
    let object = text(&party, &tokens, Scenario::StreamErrorObject).await;
    assert_eq!(
        events(&object).last().unwrap()["error"]["code"],
        "upstream_error"
    );
    assert!(
        text(&party, &tokens, Scenario::StreamErrorEvent)
            .await
            .contains("event: error\ndata: {")
    );
}

#[tokio::test]
async fn a_restart_has_another_id_and_bills_both() {
    let (party, tokens, whole) = ready().await;
    let before = party
        .sandbox
        .control()
        .balance(&party.sandbox.control().subjects()[0])
        .unwrap();
    let events = events(&text(&party, &tokens, Scenario::StreamRestart).await);
    let first = &events[0]["id"];
    let second: Vec<_> = events
        .iter()
        .filter(|event| event["id"] != *first)
        .cloned()
        .collect();
    assert_eq!(said(&second), whole, "the second attempt is whole");
    assert!(
        before
            > party
                .sandbox
                .control()
                .balance(&party.sandbox.control().subjects()[0])
                .unwrap()
    );
}

/// Checklist 103, 104.
#[tokio::test]
async fn line_ends_marks_and_comments() {
    let (party, tokens, whole) = ready().await;
    let crlf = text(&party, &tokens, Scenario::StreamCrlf).await;
    assert!(crlf.contains("\r\n\r\n") && said(&events(&crlf.replace("\r\n", "\n"))) == whole);
    let cr = text(&party, &tokens, Scenario::StreamCr).await;
    assert!(!cr.contains('\n') && said(&events(&cr.replace('\r', "\n"))) == whole);
    assert!(
        bytes(&party, &tokens, Scenario::StreamBom)
            .await
            .0
            .starts_with(b"\xef\xbb\xbfdata: ")
    );
    let comments = text(&party, &tokens, Scenario::StreamComments).await;
    assert!(
        comments.contains(": still here\n")
            && comments.contains("data:{")
            && comments.contains("event: ping\n\n")
    );
    assert_eq!(
        said(&events(
            &text(&party, &tokens, Scenario::StreamBytewise).await
        )),
        whole
    );
}

/// Checklist 105, 106, 110, 111.
#[tokio::test]
async fn chunks_that_are_not_what_they_should_be() {
    let (party, tokens, whole) = ready().await;
    let broken = text(&party, &tokens, Scenario::StreamBadJson).await;
    assert!(broken.contains("\"choices\": [{\n\n") && broken.ends_with("data: [DONE]\n\n"));
    let (invalid, _) = bytes(&party, &tokens, Scenario::StreamInvalidUtf8).await;
    assert!(String::from_utf8(invalid).is_err());
    assert!(
        text(&party, &tokens, Scenario::StreamSplitSurrogates)
            .await
            .contains("\\ud83e\"}")
    );
    let odd = text(&party, &tokens, Scenario::StreamOddFields).await;
    assert!(odd.contains("\"content\":null") && said(&events(&odd)) == whole);
    assert!(
        text(&party, &tokens, Scenario::StreamUnknownFinish)
            .await
            .contains("\"finish_reason\":\"bored\"")
    );
}

#[tokio::test]
async fn endings_without_usage_or_done() {
    let (party, tokens, _) = ready().await;
    assert!(
        !text(&party, &tokens, Scenario::StreamNoUsage)
            .await
            .contains("\"usage\"")
    );
    let undone = text(&party, &tokens, Scenario::StreamNoDone).await;
    assert!(!undone.contains("[DONE]") && undone.contains("\"quota\""));
}

/// Checklist 114.
#[tokio::test]
async fn a_stall_is_silence_in_the_middle() {
    let (party, tokens, whole) = ready().await;
    let begun = std::time::Instant::now();
    let stream = text(&party, &tokens, Scenario::StreamStall).await;
    assert!(begun.elapsed() >= std::time::Duration::from_millis(300));
    assert_eq!(said(&events(&stream)), whole);
}

/// Checklist 115. Read only as far as needed to see that no line ends.
#[tokio::test]
async fn a_huge_line_does_not_end() {
    let (party, tokens, _) = ready().await;
    party.fault(Scenario::StreamHugeLine);
    let response = party
        .chat(tokens.access(), &asking("penny-small", PROMPT, true))
        .await;
    let (mut stream, mut run) = (response.bytes_stream(), 0);
    while run < 8 << 20 {
        let part = stream.next().await.unwrap().unwrap();
        run = if part.contains(&b'\n') {
            0
        } else {
            run + part.len()
        };
    }
}
