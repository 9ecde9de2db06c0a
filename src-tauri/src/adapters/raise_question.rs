//! Asks the person whether a limit may be raised, in a dialog of the system's: what runs in the page can
//! ask for it, and cannot answer.

use std::fmt::Write as _;

use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};
use tokio::sync::{Mutex, oneshot};
use tuppence_core::{Confirmed, Language, LimitName, Raise, Tuppence};

use crate::window;

/// One question at a time: a page that asks again and again covers the screen with none.
static ASKING: Mutex<()> = Mutex::const_new(());

/// `None` where the person said no, closed the dialog, or is being asked already.
pub(crate) async fn ask<R: Runtime>(
    app: &AppHandle<R>,
    core: &Tuppence,
    raises: &[Raise],
) -> Option<Confirmed> {
    let _asking = ASKING.try_lock().ok()?;
    let words = Words::in_language(core.preferences().language);
    let name = |id: &tuppence_core::AccountId| {
        let account = core.account(id);
        account.map_or_else(|_| id.to_string(), |it| it.record.display_name)
    };
    let dialog = app
        .dialog()
        .message(words.body(raises, name))
        .title(words.title)
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(
            words.raise.to_owned(),
            words.keep.to_owned(),
        ));
    let dialog = match app.get_webview_window(window::MAIN) {
        Some(window) => dialog.parent(&window),
        None => dialog,
    };
    let (answer, answered) = oneshot::channel();
    dialog.show(move |yes| {
        // Nobody waits any more if the app ends.
        let _ = answer.send(yes);
    });
    let said_yes = answered.await.unwrap_or(false);
    said_yes.then(Confirmed::by_the_person)
}

/// What the dialog says. The page's own sentences cannot be trusted with this question.
struct Words {
    title: &'static str,
    raise: &'static str,
    keep: &'static str,
    hint: &'static str,
    no_limit: &'static str,
    names: [&'static str; 5],
    unpriced: &'static str,
}

const ENGLISH: Words = Words {
    title: "Raise a spending limit?",
    raise: "Raise it",
    keep: "Keep it as it is",
    hint: "More can be spent from then on, in this window and in the terminal. You can lower it again at any time.",
    no_limit: "no limit",
    names: [
        "One answer",
        "One conversation",
        "A day",
        "A month",
        "A month",
    ],
    unpriced: "Models whose price is not known may be used. Limits cannot hold those.",
};

const GERMAN: Words = Words {
    title: "Eine Ausgabengrenze anheben?",
    raise: "Anheben",
    keep: "So lassen",
    hint: "Danach kann mehr ausgegeben werden, in diesem Fenster und im Terminal. Senken lässt sie sich jederzeit.",
    no_limit: "keine Grenze",
    names: [
        "Eine Antwort",
        "Eine Unterhaltung",
        "Ein Tag",
        "Ein Monat",
        "Ein Monat",
    ],
    unpriced: "Modelle, deren Preis nicht bekannt ist, dürfen benutzt werden. Grenzen halten sie nicht.",
};

impl Words {
    fn in_language(language: Language) -> &'static Self {
        let german = match language {
            Language::German => true,
            Language::English => false,
            Language::System => ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
                .is_some_and(|locale| locale.starts_with("de")),
        };
        if german { &GERMAN } else { &ENGLISH }
    }

    fn name(&self, name: LimitName) -> &'static str {
        match name {
            LimitName::Message => self.names[0],
            LimitName::Conversation => self.names[1],
            LimitName::Day => self.names[2],
            LimitName::Month => self.names[3],
            LimitName::Account => self.names[4],
        }
    }

    fn body(
        &self,
        raises: &[Raise],
        account: impl Fn(&tuppence_core::AccountId) -> String,
    ) -> String {
        let mut body = String::new();
        for raise in raises {
            let (what, from, to) = match raise {
                Raise::Limit { name, from, to } => (self.name(*name).to_owned(), from, to),
                Raise::Account { id, from, to } => {
                    let what = format!("{}, {}", account(id), self.name(LimitName::Account));
                    (what, from, to)
                }
                Raise::Unpriced => {
                    let _ = writeln!(body, "{}", self.unpriced);
                    continue;
                }
            };
            let to = to.map_or_else(|| self.no_limit.to_owned(), |to| to.to_string());
            let _ = writeln!(body, "{what}: {from} → {to}");
        }
        let _ = write!(body, "\n{}", self.hint);
        body
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tuppence_core::AccountId;

    use super::*;

    #[test]
    fn the_question_names_what_is_raised_and_by_how_much() {
        let usd = |micro| money::Amount::Usd(money::MicroUsd(micro));
        let raises = [
            Raise::Limit {
                name: LimitName::Day,
                from: usd(2_000_000),
                to: Some(usd(5_000_000)),
            },
            Raise::Account {
                id: AccountId::from("a"),
                from: usd(1_000_000),
                to: None,
            },
        ];
        let body = ENGLISH.body(&raises, |_| "Ada".to_owned());
        assert!(
            body.starts_with("A day: $2.00 → $5.00\nAda, A month: $1.00 → no limit\n"),
            "{body}"
        );
        let german = GERMAN.body(&[Raise::Unpriced], |_| String::new());
        assert!(german.starts_with("Modelle"), "{german}");
    }
}
