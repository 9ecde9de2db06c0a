#![allow(clippy::unwrap_used, clippy::expect_used)]

use money::{Amount, MicroUsd, PlayMoney, Usage};

use super::{Decoder, Queue};
use crate::chat::{ChatEvent, FinishReason};
use crate::error::{ApiError, ApiErrorKind};
use crate::sse::{EventReader, TooLong};

/// What an answer amounts to, however it was cut up.
#[derive(Debug, Default, PartialEq)]
struct Answer {
    text: String,
    reasoning: String,
    restarts: u32,
    usage: Option<Usage>,
    finished: Option<(FinishReason, Option<Amount>, Option<Amount>)>,
    error: Option<ApiErrorKind>,
}

enum Fault {
    Api(ApiError),
    TooLong,
}

impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<TooLong> for Fault {
    fn from(_: TooLong) -> Self {
        Self::TooLong
    }
}

fn decode(chunks: &[&[u8]]) -> Answer {
    decode_as(false, chunks)
}

fn decode_as(play_money: bool, chunks: &[&[u8]]) -> Answer {
    let mut reader = EventReader::new(1 << 16);
    let mut decoder = Decoder::new(play_money);
    let mut queue = Queue::new();
    let mut sink = |record: crate::sse::Record<'_>| -> Result<(), Fault> {
        Ok(decoder.record(&record, &mut queue)?)
    };
    let mut result = chunks
        .iter()
        .try_for_each(|chunk| reader.feed(chunk, &mut sink));
    if result.is_ok() {
        result = reader.finish(&mut sink);
    }
    if result.is_ok() {
        result = decoder.end(&mut queue).map_err(Fault::from);
    }
    decoder.flush(&mut queue);
    let mut answer = Answer {
        error: result.err().map(|fault| match fault {
            Fault::Api(error) => error.kind(),
            Fault::TooLong => ApiErrorKind::TooLarge,
        }),
        ..Answer::default()
    };
    for event in queue {
        assert_eq!(answer.finished, None, "nothing follows the end");
        match event {
            ChatEvent::Started { .. } => panic!("the decoder does not start"),
            ChatEvent::Text(text) => answer.text.push_str(&text),
            ChatEvent::Reasoning(text) => answer.reasoning.push_str(&text),
            ChatEvent::Usage(usage) => answer.usage = Some(usage),
            ChatEvent::Restarted => answer.restarts += 1,
            ChatEvent::Finished {
                finish_reason,
                usage,
                reported_cost,
                balance_after,
            } => {
                assert_eq!(usage, answer.usage);
                answer.finished = Some((finish_reason, reported_cost, balance_after));
            }
        }
    }
    answer
}

/// The same answer whole, cut in two at every byte, and byte by byte.
fn decode_all_ways(stream: &[u8]) -> Answer {
    let whole = decode(&[stream]);
    for at in 0..=stream.len() {
        let (first, second) = stream.split_at(at);
        assert_eq!(decode(&[first, second]), whole, "cut at {at}");
    }
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(decode(&bytes), whole, "byte by byte");
    whole
}

fn stop() -> Option<(FinishReason, Option<Amount>, Option<Amount>)> {
    Some((FinishReason::Stop, None, None))
}

/// Checklist 103.
#[test]
fn a_plain_answer_reads_the_same_however_it_is_cut() {
    let stream = concat!(
        r#"data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
        "\n\n",
        r#"data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Grü"},"finish_reason":null}]}"#,
        "\n\n",
        r#"data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"ße, \"A\"\n🙂"},"finish_reason":null}]}"#,
        "\n\n",
        r#"data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"!\\"},"finish_reason":null}]}"#,
        "\n\n",
        r#"data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        "\n\n",
        r#"data: {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}}"#,
        "\n\n",
        "data: [DONE]\n\n",
    );
    let answer = decode_all_ways(stream.as_bytes());
    let expected = Answer {
        text: "Grüße, \"A\"\n🙂!\\".to_owned(),
        usage: Some(Usage {
            input: 9,
            output: 4,
            ..Usage::default()
        }),
        finished: stop(),
        ..Answer::default()
    };
    assert_eq!(answer, expected);
    for ending in ["\r\n", "\r"] {
        assert_eq!(
            decode_all_ways(stream.replace('\n', ending).as_bytes()),
            expected,
            "{ending:?}"
        );
    }
    assert_eq!(
        decode_all_ways(format!("\u{feff}{stream}").as_bytes()),
        expected
    );
}

#[test]
fn cumulative_usage_is_replaced_and_never_summed() {
    let stream = concat!(
        r#"data: {"id":"c","choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":1}}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"b"}}],"usage":{"prompt_tokens":10,"completion_tokens":2}}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{},"finish_reason":"length"}],"usage":null}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":3.0,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":null}}}"#,
        "\n\n",
    );
    let answer = decode(&[stream.as_bytes()]);
    assert_eq!(answer.text, "ab");
    assert_eq!(
        answer.usage,
        Some(Usage {
            input: 10,
            cached: 4,
            output: 3,
            reasoning: 0
        })
    );
    assert_eq!(answer.finished, Some((FinishReason::Length, None, None)));
}

#[test]
fn reasoning_is_read_from_both_fields_and_from_tags() {
    let stream = concat!(
        r#"data: {"choices":[{"delta":{"reasoning_content":"one "}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"reasoning_content":"two "}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"reasoning":"three","reasoning_content":null,"content":null}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"reasoning":" four","reasoning_content":" four"}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"content":"answer"},"finish_reason":"stop"}]}"#,
        "\n\n",
    );
    let answer = decode_all_ways(stream.as_bytes());
    assert_eq!(
        (answer.reasoning.as_str(), answer.text.as_str()),
        ("one two three four", "answer")
    );

    let stream = concat!(
        r#"data: {"choices":[{"delta":{"content":"<thi"}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"content":"nk>\nhm</th"}}]}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"content":"ink>\n\nYes"}}]}"#,
        "\n\n",
        "data: [DONE]\n\n",
    );
    let answer = decode_all_ways(stream.as_bytes());
    assert_eq!(
        (answer.reasoning.as_str(), answer.text.as_str()),
        ("hm", "Yes")
    );
    assert_eq!(
        answer.finished,
        Some((FinishReason::Unreported, None, None))
    );
}

#[test]
fn the_last_chunk_says_what_was_charged_and_what_is_left() {
    let stream = concat!(
        r#"data: {"id":"c","choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1},"quota":{"credits_used":340,"balance_before":1000,"balance_after":-660,"billing_mode":"user"}}"#,
        "\n\n",
    );
    let usd = |micro| Some(Amount::Usd(MicroUsd(micro)));
    assert_eq!(
        decode(&[stream.as_bytes()]).finished,
        Some((FinishReason::Stop, usd(340), usd(-660)))
    );
    let play = |micro| Some(Amount::Play(PlayMoney(micro)));
    let answer = decode_as(true, &[stream.as_bytes()]);
    assert_eq!(
        answer.finished,
        Some((FinishReason::Stop, play(340), play(-660)))
    );

    let stream = r#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"cost":0.00014}}"#;
    assert_eq!(
        decode(&[stream.as_bytes()]).finished,
        Some((FinishReason::Stop, usd(140), None))
    );
}

/// Checklist 105.
#[test]
fn null_missing_and_unknown_fields_are_no_obstacle() {
    let stream = concat!(
        "data: {}\n\n",
        r#"data: {"id":null,"choices":null,"usage":null,"error":null,"quota":null}"#,
        "\n\n",
        r#"data: {"choices":[],"prompt_filter_results":[{"x":[1,{"y":"\ud83d"}]}]}"#,
        "\n\n",
        r#"data: {"choices":[{"index":1,"delta":{"content":"not mine"}},{"index":0,"delta":{"content":"mine","tool_calls":null,"logprobs":{"a":[1.5e3]}},"finish_reason":null}],"chutes_verification":"v"}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":null,"finish_reason":"eaten_by_bear! 🐻"}]}"#,
        "\n\n",
    );
    let answer = decode_all_ways(stream.as_bytes());
    assert_eq!(answer.text, "mine");
    assert_eq!(
        answer.finished,
        Some((FinishReason::Other("eaten_by_bear".to_owned()), None, None))
    );
}

/// Checklist 106.
#[test]
fn a_character_in_two_chunks_is_one_character() {
    let stream = concat!(
        r#"data: {"id":"c","choices":[{"delta":{"content":"a"}}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"b\ud83d"}}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"\ude42c"}}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"\ud83d"}}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"d"}}]}"#,
        "\n\n",
        r#"data: {"id":"c","choices":[{"delta":{"content":"\ud83d"},"finish_reason":"stop"}]}"#,
        "\n\n",
    );
    assert_eq!(
        decode_all_ways(stream.as_bytes()).text,
        "ab🙂c\u{fffd}d\u{fffd}"
    );
}

/// Checklist 107.
#[test]
fn an_end_without_finish_is_an_interruption_that_keeps_the_text() {
    let stream = concat!(
        r#"data: {"id":"c","choices":[{"delta":{"content":"half <th"}}]}"#,
        "\n\n"
    );
    let answer = decode_all_ways(stream.as_bytes());
    assert_eq!(
        (answer.text.as_str(), answer.error),
        ("half <th", Some(ApiErrorKind::StreamInterrupted))
    );
    let held = concat!(
        r#"data: {"choices":[{"delta":{"content":"<thin"}}]}"#,
        "\n\n"
    );
    let answer = decode(&[held.as_bytes()]);
    assert_eq!(
        (answer.text.as_str(), answer.error),
        ("<thin", Some(ApiErrorKind::StreamInterrupted))
    );
}

/// Checklist 109.
#[test]
fn errors_in_a_stream_are_found_in_every_shape() {
    let begin = concat!(
        r#"data: {"id":"c","choices":[{"delta":{"content":"half"}}]}"#,
        "\n\n"
    );
    for (end, kind) in [
        (
            r#"{"error":"Unhandled exception during response stream: boom"}"#,
            ApiErrorKind::StreamInterrupted,
        ),
        (
            "data: {\"error\":{\"code\":\"insufficient_credits\",\"message\":\"m\"}}\n\n",
            ApiErrorKind::PaymentRequired,
        ),
        (
            "data: {\"error\":{\"code\":429,\"message\":\"m\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n",
            ApiErrorKind::RateLimited,
        ),
        (
            "event: error\ndata: {\"message\":\"m\"}\n\n",
            ApiErrorKind::StreamInterrupted,
        ),
        (
            "event: error\ndata: no json\n\n",
            ApiErrorKind::StreamInterrupted,
        ),
        (
            "data: {\"detail\":\"gone\"}\n\n",
            ApiErrorKind::StreamInterrupted,
        ),
        (
            "data: {\"error\":\"infra_overload\",\"detail\":\"at maximum capacity\"}\n\n",
            ApiErrorKind::AtCapacity,
        ),
        (
            "{\"error\":{\"code\":401,\"message\":\"m\"}}\n",
            ApiErrorKind::Unauthorized,
        ),
    ] {
        let answer = decode_all_ways(format!("{begin}{end}").as_bytes());
        assert_eq!(
            (answer.text.as_str(), answer.error),
            ("half", Some(kind)),
            "{end}"
        );
    }
    let harmless =
        format!("{begin}data: {{\"error\":\"\",\"choices\":[{{\"finish_reason\":\"stop\"}}]}}\n\n");
    assert_eq!(decode(&[harmless.as_bytes()]).finished, stop());
}

/// Checklist 110.
#[test]
fn bad_json_ends_the_answer_instead_of_losing_a_piece_of_it() {
    let begin = concat!(
        r#"data: {"choices":[{"delta":{"content":"half"}}]}"#,
        "\n\n"
    );
    for bad in [
        "data: {\"choices\":[{\"del\n\n",
        "data: hello\n\n",
        "data: 7\n\n",
        "data: {\"choices\":{}}\n\n",
    ] {
        let answer = decode(&[begin.as_bytes(), bad.as_bytes()]);
        assert_eq!(
            (answer.text.as_str(), answer.error),
            ("half", Some(ApiErrorKind::Unreadable)),
            "{bad}"
        );
    }
}

/// Checklist 111.
#[test]
fn invalid_utf8_costs_only_itself() {
    let stream = b"data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"\xff\xfeb\"}}]}\n\ndata: [DONE]\n\n";
    assert_eq!(decode_all_ways(stream).text, "a\u{fffd}\u{fffd}b");
}

/// Checklist 104.
#[test]
fn keep_alives_and_empty_events_say_nothing() {
    let stream = concat!(
        ": OPENROUTER PROCESSING\n\n",
        "event: ping\ndata: {\"type\":\"ping\"}\n\n",
        "event: heartbeat\ndata: x\n\n",
        "data:\n\n",
        r#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
        "\n\n",
        "data: [DONE]\n\n",
        r#"data: {"choices":[{"delta":{"content":"too late"}}]}"#,
        "\n\n",
    );
    let answer = decode(&[stream.as_bytes()]);
    assert_eq!((answer.text.as_str(), answer.finished), ("a", stop()));
}

#[test]
fn a_stream_that_says_nothing_is_unreadable() {
    for stream in [
        "",
        "\n\n",
        "<html><body>Sign in to the hotel's network</body></html>",
        "ok",
    ] {
        assert_eq!(
            decode(&[stream.as_bytes()]).error,
            Some(ApiErrorKind::Unreadable),
            "{stream}"
        );
    }
}

#[test]
fn another_id_means_that_the_answer_began_anew() {
    let chunk = |id: &str, delta: &str| {
        format!("data: {{\"id\":\"{id}\",\"choices\":[{{\"delta\":{{{delta}}}}}]}}\n\n")
    };
    let text = |id: &str, text: &str| chunk(id, &format!("\"content\":\"{text}\""));
    let end = "data: {\"id\":\"\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let two = [
        text("a", "<think>x"),
        text("a", "y"),
        text("a", "z"),
        text("b", "<think>n</think>Real"),
        text("b", " one"),
    ]
    .concat()
        + end;
    let answer = decode_all_ways(two.as_bytes());
    assert_eq!(
        (
            answer.restarts,
            answer.reasoning.as_str(),
            answer.text.as_str()
        ),
        (1, "xyzn", "Real one")
    );

    let opened = [
        chunk("a", "\"role\":\"assistant\""),
        chunk("b", "\"role\":\"assistant\""),
        text("b", "x"),
    ]
    .concat()
        + end;
    assert_eq!(decode(&[opened.as_bytes()]).restarts, 1);

    let each_its_own = [text("a", "1"), text("b", "2"), text("c", "3")].concat() + end;
    let answer = decode(&[each_its_own.as_bytes()]);
    assert_eq!((answer.restarts, answer.text.as_str()), (0, "123"));

    let usage_elsewhere = [text("a", "1"), text("a", "2")].concat()
        + "data: {\"id\":\"u\",\"choices\":[],\"usage\":{}}\n\n"
        + end;
    assert_eq!(decode(&[usage_elsewhere.as_bytes()]).restarts, 0);
}

#[test]
fn an_answer_in_one_piece_is_an_answer() {
    let whole = r#"{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"All of it"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":3}}"#;
    let answer = decode(&[whole.as_bytes()]);
    assert_eq!(
        (answer.text.as_str(), answer.finished),
        ("All of it", stop())
    );
}
