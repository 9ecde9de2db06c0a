use serde_json::{Value, json};
use tuppence_core::{
    Failure, FailureKind, GenericMetadata, NewProvider, NewProviderSetup, ProviderCheck,
    ProviderSetup, Tuppence, ValueSource,
};

use crate::args::{AddProvider, Provider, SetProvider};
use crate::exit::Stop;
use crate::output::Output;
use crate::secret_input::secret_from_stdin;

const SECRET: &str = "the client secret";

pub(crate) async fn run(core: &Tuppence, output: &Output, command: Provider) -> Result<(), Stop> {
    match command {
        Provider::List => {
            list(core, output);
            Ok(())
        }
        Provider::Add(add) => {
            let setup = added(core, *add).await?;
            let checked = core.check_provider(&setup.provider_id).await;
            show(core, output, &setup, Some(checked));
            Ok(())
        }
        Provider::Set(set) => {
            let setup = set_up(core, set).await?;
            show(core, output, &setup, None);
            Ok(())
        }
        Provider::Register { provider } => {
            let key = secret_from_stdin("the developer key").await?;
            let setup = core.register_app(&provider, key).await?;
            show(core, output, &setup, None);
            Ok(())
        }
        Provider::Remove { provider } => {
            core.remove_provider(&provider).await.map_err(refused)?;
            output.result(&json!({"provider": provider, "removed": true}), || {
                format!("{provider} is removed.")
            });
            Ok(())
        }
    }
}

async fn added(core: &Tuppence, add: AddProvider) -> Result<ProviderSetup, Stop> {
    let metadata = match (add.issuer, add.authorization_endpoint, add.token_endpoint) {
        (Some(issuer), ..) => {
            GenericMetadata::Issuer(issuer.as_str().trim_end_matches('/').to_owned())
        }
        (None, Some(authorization), Some(token)) => GenericMetadata::Endpoints {
            authorization,
            token,
            userinfo: add.userinfo_endpoint,
        },
        _ => return Err(Stop::usage("give --issuer, or both endpoints")),
    };
    let client_secret = match add.secret_stdin {
        true => Some(secret_from_stdin(SECRET).await?),
        false => None,
    };
    Ok(core
        .add_provider(NewProvider {
            name: add.name,
            metadata,
            client_id: add.client_id,
            client_secret,
            keep_secret: false,
            api_base: add.api_base,
            scopes: add.scopes.split_whitespace().map(str::to_owned).collect(),
            redirect_ports: add.redirect_ports,
            allow_insecure_loopback: add.insecure_loopback,
        })
        .await?)
}

async fn set_up(core: &Tuppence, set: SetProvider) -> Result<ProviderSetup, Stop> {
    let client_secret = match set.secret_stdin {
        true => Some(secret_from_stdin(SECRET).await?),
        false => None,
    };
    Ok(core
        .save_provider_setup(NewProviderSetup {
            provider_id: set.provider,
            client_id: set.client_id,
            client_secret,
            ..NewProviderSetup::default()
        })
        .await?)
}

/// That accounts are signed in is for the person to change, not a fault of the provider.
fn refused(failure: Failure) -> Stop {
    match failure.kind {
        FailureKind::RequestRejected => Stop::usage(failure.detail),
        _ => failure.into(),
    }
}

fn list(core: &Tuppence, output: &Output) {
    let mut rows = Vec::new();
    for provider in core.providers() {
        // The provider with play money is set up by running; one whose values cannot be used says so.
        let setup = match provider.play_money {
            true => None,
            false => Some(core.provider_setup(&provider.id)),
        };
        rows.push((provider, setup));
    }
    let list: Vec<Value> = rows
        .iter()
        .map(|(provider, setup)| {
            let mut row = match setup {
                Some(Ok(setup)) => values(setup),
                Some(Err(failure)) => json!({"problem": failure.detail}),
                None => json!({}),
            };
            row["provider"] = json!(provider.id);
            row["name"] = json!(provider.name);
            row["ready"] = json!(provider.ready);
            row["play_money"] = json!(provider.play_money);
            row
        })
        .collect();
    output.result(&Value::from(list), || {
        let paragraphs = rows.iter().map(|(provider, setup)| {
            let ready = if provider.ready {
                "ready"
            } else {
                "not set up"
            };
            let head = format!("{} ({}): {ready}", provider.id, provider.name);
            match setup {
                Some(Ok(setup)) => format!("{head}\n{}", sentences(setup)),
                Some(Err(failure)) => format!("{head}\n  {}", failure.detail),
                None => format!("{head}\n  runs inside the app, with play money"),
            }
        });
        paragraphs.collect::<Vec<_>>().join("\n\n")
    });
}

fn show(
    core: &Tuppence,
    output: &Output,
    setup: &ProviderSetup,
    checked: Option<Result<ProviderCheck, Failure>>,
) {
    let providers = core.providers();
    let ready = providers
        .iter()
        .any(|provider| provider.id == setup.provider_id && provider.ready);
    let mut value = values(setup);
    value["provider"] = json!(setup.provider_id);
    value["name"] = json!(setup.provider_name);
    value["ready"] = json!(ready);
    let compared = checked.map(compared).unwrap_or_default();
    if let Some(compared) = &compared.json {
        value["discovery"] = compared.clone();
    }
    output.result(&value, || {
        let next = if ready {
            format!("`tup sign-in --provider {}` signs in.", setup.provider_id)
        } else {
            "The client secret is missing: give it with --secret-stdin.".to_owned()
        };
        let sentences = sentences(setup);
        format!(
            "{}\n{sentences}\n{}{next}",
            setup.provider_id, compared.text
        )
    });
}

/// How the provider's discovery document compares with what was given.
#[derive(Default)]
struct Compared {
    json: Option<Value>,
    /// Lines, each with its end.
    text: String,
}

/// The values that were given hold; differences are for the person to see.
fn compared(checked: Result<ProviderCheck, Failure>) -> Compared {
    let unread = |why: String| Compared {
        text: format!("  Its discovery document could not be compared: {why}\n"),
        json: Some(json!({"unread": why})),
    };
    match checked {
        Ok(ProviderCheck::Compared(differences)) => {
            let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
            Compared {
                text: lines
                    .iter()
                    .map(|line| format!("  differs: {line}\n"))
                    .collect(),
                json: Some(json!({"differences": lines})),
            }
        }
        Ok(ProviderCheck::NoDocument(why)) => unread(why),
        Err(failure) => unread(failure.detail),
    }
}

/// Each value with its source. Of a secret, only whether there is one.
fn values(setup: &ProviderSetup) -> Value {
    json!({
        "client_id": {"value": setup.client_id, "source": setup.client_id_source},
        "client_secret": {
            "set": setup.secret_source != ValueSource::None,
            "source": setup.secret_source,
        },
        "addresses": {
            "issuer": setup.issuer,
            "endpoints": setup.endpoints,
            "api_base": setup.api_base,
            "source": setup.addresses_source,
        },
        "scopes": {
            "value": setup.scopes.split_whitespace().collect::<Vec<_>>(),
            "source": setup.scopes_source,
        },
        "redirect_uris": {"value": setup.redirect_uris, "source": setup.redirect_source},
    })
}

fn sentences(setup: &ProviderSetup) -> String {
    let line =
        |name: &str, value: &str, source| format!("  {name:<14} {value}  [{}]", name_of(source));
    let or_none = |value: &str| match value {
        "" => "none".to_owned(),
        value => value.to_owned(),
    };
    let secret = match setup.secret_source {
        ValueSource::None => "none",
        _ => "set",
    };
    let uris = match setup.redirect_uris.as_slice() {
        [] => "any port of 127.0.0.1".to_owned(),
        uris => uris.join("\n                 "),
    };
    let api_base = setup.api_base.as_ref().map_or("", |url| url.as_str());
    [
        line(
            "client id",
            &or_none(setup.client_id.as_deref().unwrap_or_default()),
            setup.client_id_source,
        ),
        line("client secret", secret, setup.secret_source),
        line(
            "issuer",
            setup.issuer.as_deref().unwrap_or("none"),
            setup.addresses_source,
        ),
        line("API", api_base, setup.addresses_source),
        line("scopes", &or_none(&setup.scopes), setup.scopes_source),
        line("redirect URIs", &uris, setup.redirect_source),
    ]
    .join("\n")
}

fn name_of(source: ValueSource) -> &'static str {
    match source {
        ValueSource::None => "not set",
        ValueSource::BuiltIn => "built in",
        ValueSource::Environment => "environment",
        ValueSource::SetUp => "set up",
    }
}
