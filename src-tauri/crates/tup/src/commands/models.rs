use serde_json::{Value, json};
use tuppence_core::{Model, Tuppence};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
) -> Result<(), Stop> {
    let account = choose(core, account)?;
    let models = core.models(&account.record.id).await?;
    let unit = if account.record.play_money {
        "play_micro"
    } else {
        "micro_usd"
    };
    let price =
        |price: Option<money::Price>| price.map(|price| json!({unit: price.micro_per_million()}));
    let list: Vec<Value> = models
        .iter()
        .map(|model| {
            json!({
                "id": model.id,
                "input_price_per_million": price(model.prices.map(|prices| prices.input)),
                "output_price_per_million": price(model.prices.map(|prices| prices.output)),
                "context_length": model.context_length,
                "modalities": model.input_modalities,
                "features": model.features,
            })
        })
        .collect();
    let play = account.record.play_money;
    output.result(&Value::from(list), || {
        models
            .iter()
            .map(|model| line(model, play))
            .collect::<Vec<_>>()
            .join("\n")
    });
    Ok(())
}

fn line(model: &Model, play: bool) -> String {
    let amount = |price: money::Price| {
        let micro = price.micro_per_million().try_into().unwrap_or(i64::MAX);
        if play {
            money::PlayMoney(micro).to_string()
        } else {
            money::MicroUsd(micro).to_string()
        }
    };
    match model.prices {
        Some(prices) => format!(
            "{:<40} in {} / out {} per million tokens",
            model.id,
            amount(prices.input),
            amount(prices.output)
        ),
        None => format!("{:<40} no price", model.id),
    }
}
