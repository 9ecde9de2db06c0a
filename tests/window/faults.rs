//! What a provider can get wrong ends in a named error with a next step, in the window.

use private_desktop::{
    Browser, Tuppence,
    webdriver::{WebDriver, test_id},
};

use crate::{
    hosted::HostedSandbox,
    scene::{ANSWER, SOON, Scene},
};

#[test]
fn each_fault_of_a_sign_in_is_named_and_the_next_attempt_works() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let browser = scene.browser();
    let tuppence = scene.launch();
    // The fault, its name in the window, and whether the browser gets the turn before it.
    let faults = [
        ("discovery-500", "providerUnavailable", false),
        ("discovery-wrong-issuer", "providerUntrusted", false),
        ("discovery-no-s256", "providerUntrusted", false),
        ("token-500", "providerUnavailable", true),
        ("token-html-500", "providerUnavailable", true),
        ("token-html-200", "providerUnavailable", true),
        ("token-invalid-client", "registrationRejected", true),
        ("id-token-wrong-nonce", "providerUntrusted", true),
        ("id-token-alg-none", "providerUntrusted", true),
    ];
    for (fault, code, in_browser) in faults {
        sandbox.get_wrong(fault);
        tuppence.page().click(&test_id("try-play-money")).unwrap();
        if in_browser {
            allow(&tuppence, &browser);
        }
        let seen = error_code(&tuppence);
        assert_eq!(seen, code, "{fault}");
        assert!(
            tuppence
                .page()
                .shows("[data-testid^=error-action-]")
                .unwrap(),
            "{fault}"
        );
    }
    sandbox.get_right();
    tuppence.sign_in_with_play_money(&browser).unwrap();
}

#[test]
fn each_fault_of_an_answer_is_named_and_the_next_message_works() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    let faults = [
        ("chat-402-reservation", "reservationTooLarge"),
        ("chat-403-scope", "insufficientScope"),
        ("chat-404-model", "modelUnavailable"),
        ("chat-429-retry-after", "rateLimited"),
        ("chat-500", "providerUnavailable"),
        ("chat-503", "atCapacity"),
        ("chat-html-200", "providerUnavailable"),
    ];
    for (fault, code) in faults {
        sandbox.get_wrong(fault);
        tuppence.new_conversation().unwrap();
        tuppence.ask(fault).unwrap();
        assert_eq!(error_code(&tuppence), code, "{fault}");
        let words = tuppence.page().text_of(&test_id("message-user")).unwrap();
        assert_eq!(words, fault, "what was typed is kept");
    }
    sandbox.get_right();
    tuppence
        .page()
        .click(&test_id("error-action-retry"))
        .unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

/// Checklist 107, 108: what came of an answer that was cut off is kept, and is not called whole.
#[test]
fn a_stream_that_breaks_keeps_what_came_and_says_that_it_is_not_all() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    for fault in ["stream-cut", "stream-reset"] {
        sandbox.get_wrong(fault);
        tuppence.new_conversation().unwrap();
        tuppence.ask("Write a long answer.").unwrap();
        let answer = tuppence
            .page()
            .wait_until("an answer that ended early", ANSWER, |_| {
                let ended = ["cutOff", "failed"];
                let answer = tuppence.last_answer().ok().flatten();
                Ok(answer.filter(|answer| ended.contains(&answer.status.as_str())))
            })
            .unwrap();
        assert!(answer.text.len() > 40, "{fault}: {}", answer.text);
    }
}

/// Design: only the provider's definite verdict ends a session; everything else keeps it.
#[test]
fn a_provider_that_is_down_for_a_while_costs_nobody_their_session() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    sandbox.control().outage(true);
    sandbox.control().expire_access_tokens();
    tuppence.ask("Anybody there?").unwrap();
    let code = error_code(&tuppence);
    assert!(
        ["providerUnavailable", "networkOffline"].contains(&code.as_str()),
        "{code}"
    );
    sandbox.control().outage(false);
    tuppence
        .page()
        .click(&test_id("error-action-retry"))
        .unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

#[test]
fn a_revoked_grant_asks_to_sign_in_again_and_keeps_the_words() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    for subject in sandbox.control().subjects() {
        sandbox.control().revoke_grant(&subject);
    }
    tuppence.ask("Do you still know me?").unwrap();
    tuppence
        .page()
        .wait_for(&test_id("banner-sign-in"), ANSWER)
        .unwrap();
    let page = tuppence.page().text_of("body").unwrap();
    let draft = tuppence
        .page()
        .find(&test_id("composer-input"))
        .unwrap()
        .property("value")
        .unwrap();
    assert!(page.contains("Do you still know me?") || draft == "Do you still know me?");
}

fn allow(tuppence: &Tuppence<'_>, browser: &Browser) {
    tuppence.page().wait_for(&test_id("waiting"), SOON).unwrap();
    browser.open_next(SOON).unwrap();
    browser.page().click("#allow").unwrap();
}

/// The name of the error that is shown, once one is.
fn error_code(tuppence: &Tuppence<'_>) -> String {
    let code = |page: &WebDriver| page.find(&test_id("error-card"))?.attribute("data-code");
    tuppence
        .page()
        .wait_until("an error with a name", ANSWER, code)
        .unwrap()
}
