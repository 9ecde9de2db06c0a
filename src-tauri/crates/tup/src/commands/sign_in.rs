mod steps;

use std::io::IsTerminal as _;

use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tuppence_core::{
    CoreEvent, KeyTerms, LimitReset, Persistence, SignInAttempt, SignInOutcome, SignInRequest,
    SignInStage, SignInWay, Tuppence,
};

use self::steps::Steps;
use crate::args::{CapResets, SignIn};
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(core: &Tuppence, output: &Output, args: SignIn) -> Result<(), Stop> {
    let mut events = core.subscribe();
    let way = match args.device {
        true => SignInWay::Device,
        false => SignInWay::Browser,
    };
    let request = SignInRequest::new(&args.provider, Persistence::Keychain)
        .with_terms(terms(&args))
        .by(way);
    let attempt = core.sign_in_with(request)?;
    let mut told = false;
    let mut steps = Steps::new(&attempt.id, args.trace);
    let pasting = paste(core, &attempt.id, args.no_browser);
    let ending = async {
        loop {
            let event = events.recv().await;
            steps.show(core, output);
            match event {
                Ok(CoreEvent::SignInEnded(outcome)) => return outcome,
                Ok(CoreEvent::Changed) if !told => told = tell(core, output, &args),
                // Missed news are all in the state, which the next one reads.
                Ok(_) | Err(_) => {}
            }
        }
    };
    let outcome = tokio::select! {
        outcome = ending => outcome,
        never = pasting => never,
    };
    match outcome {
        SignInOutcome::SignedIn(id) => {
            let record = core.account(&id)?.record;
            let value =
                json!({"account": id, "provider": record.provider_id, "name": record.display_name});
            output.result(&value, || {
                format!(
                    "Signed in as {} with {}.",
                    record.display_name, record.provider_name
                )
            });
            Ok(())
        }
        SignInOutcome::Cancelled => Err(Stop::Cancelled),
        SignInOutcome::Failed(failure) => Err(failure.into()),
    }
}

/// What is asked of a key, at a provider that gives one.
fn terms(args: &SignIn) -> KeyTerms {
    KeyTerms {
        limit: args.cap,
        resets: match args.cap_resets {
            CapResets::Never => LimitReset::Never,
            CapResets::Daily => LimitReset::Daily,
            CapResets::Weekly => LimitReset::Weekly,
            CapResets::Monthly => LimitReset::Monthly,
        },
        ends_at: None,
    }
}

/// Says where the browser is, once, as soon as it has the turn.
fn tell(core: &Tuppence, output: &Output, args: &SignIn) -> bool {
    let Some(attempt) = core
        .pending_sign_in()
        .filter(|attempt| attempt.stage == SignInStage::WaitingForBrowser)
    else {
        return false;
    };
    if args.device {
        return tell_device(&attempt, output);
    }
    if !args.no_browser {
        output.remark("Your browser has the turn. Ctrl-C cancels.");
        return true;
    }
    // A browser on another machine cannot reach a launch address on this one: it gets the request itself.
    let Ok((authorization_url, redirect_uri)) = core.authorization_addresses(&attempt.id) else {
        return false;
    };
    let value = json!({
        "authorization_url": authorization_url,
        "redirect_uri": redirect_uri,
        "expires_at": rfc3339(attempt.deadline_at),
    });
    output.result(&value, || {
        format!(
            "Open this address in a browser:\n\n  {authorization_url}\n\n\
             If that browser is on another machine, its last page will not load: paste that page's address here."
        )
    });
    true
}

/// Says what to do on another device.
fn tell_device(attempt: &SignInAttempt, output: &Output) -> bool {
    let Some(prompt) = &attempt.device else {
        return false;
    };
    let value = json!({
        "verification_uri": prompt.verification_uri,
        "verification_uri_complete": prompt.verification_uri_complete,
        "user_code": prompt.user_code,
        "expires_at": rfc3339(attempt.deadline_at),
    });
    output.result(&value, || {
        format!(
            "On another device, open\n\n  {}\n\nand type this code, which is yours alone:\n\n  {}\n",
            prompt.verification_uri, prompt.user_code
        )
    });
    true
}

/// Takes redirect addresses from standard input, for a browser on another machine. Never resolves.
async fn paste(core: &Tuppence, id: &str, no_browser: bool) -> SignInOutcome {
    if no_browser {
        let mut lines = BufReader::new(tokio::io::stdin()).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if line.trim().is_empty() {
                continue;
            }
            if let Err(failure) = core.paste_redirect(id, line.trim().to_owned().into())
                && std::io::stderr().is_terminal()
            {
                eprint_line(&Stop::from(failure).sentence());
            }
        }
    }
    std::future::pending().await
}

fn eprint_line(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}
