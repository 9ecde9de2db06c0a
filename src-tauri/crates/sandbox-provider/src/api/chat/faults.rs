//! Faults of chat that come in place of an answer, and the errors that a wallet gives without any fault.

use axum::{http::StatusCode, response::Response};
use serde_json::json;

use crate::{
    api::{
        caller::{forbidden, unauthorized},
        iso_time,
    },
    books::{Plan, Window},
    config::Dialect,
    provider::{Provider, now},
    reply::{ApiError, gateway_page, redirect_off_origin},
    scenario::Scenario,
};

/// How far off the reset of a used-up allowance is, in seconds.
const UNTIL_RESET: i64 = 3 * 3600;

/// The quota dialect's 402: the reservation does not fit.
pub(crate) fn insufficient_credits() -> ApiError {
    let message = "The wallet does not cover what this answer may cost.";
    ApiError::new(
        StatusCode::PAYMENT_REQUIRED,
        "insufficient_credits",
        message,
    )
}

/// The openrouter dialect's 402, which is the same for an empty wallet and for a key that may spend no more.
pub(crate) fn payment_required(message: &str) -> ApiError {
    ApiError::new(StatusCode::PAYMENT_REQUIRED, "payment_required", message)
}

/// The chutes dialect's 402: an object that tells the person to send coins somewhere, which no client should show.
pub(crate) fn balance_used_up(resets_at: Option<i64>) -> ApiError {
    let message =
        "Allowance used up and balance is $0.00: send play coins to sandbox-payment-address";
    let mut detail = json!({ "message": message });
    if let Some(resets_at) = resets_at {
        detail["quota_reset_timestamp"] = json!(iso_time(resets_at));
    }
    ApiError {
        detail: Some(Box::new(detail)),
        ..ApiError::new(
            StatusCode::PAYMENT_REQUIRED,
            "insufficient_credits",
            message,
        )
    }
}

/// The chutes dialect's 402 for an account whose plan is used up and whose balance is not above zero. A subscription's
/// cap is told as a plain text without its time.
pub(crate) fn plan_used_up(plan: &Plan) -> ApiError {
    let is_reached = |window: &Option<Window>| window.as_ref().is_some_and(|it| it.left() == 0);
    if is_reached(&plan.four_hour) {
        subscription_cap("Four-hour")
    } else if is_reached(&plan.monthly) {
        subscription_cap("Monthly")
    } else {
        balance_used_up(plan.requests.as_ref().map(|it| it.resets_at))
    }
}

fn subscription_cap(which: &str) -> ApiError {
    let message = format!("{which} subscription cap reached");
    ApiError::new(StatusCode::PAYMENT_REQUIRED, "subscription_cap", message)
}

/// What comes in place of an answer, if a fault is on.
pub(crate) async fn before_answer(provider: &Provider) -> Option<Result<Response, ApiError>> {
    provider.delay_if(Scenario::ChatSlow).await;
    if provider.fails(Scenario::ChatHtml200) {
        return Some(Ok(gateway_page(StatusCode::OK)));
    }
    if provider.fails(Scenario::ChatRedirect) {
        return Some(Ok(redirect_off_origin()));
    }
    error(provider).map(Err)
}

fn error(provider: &Provider) -> Option<ApiError> {
    let dialect = provider.dialect();
    if provider.faults.once(Scenario::Chat401Once) || provider.fails(Scenario::Chat401Always) {
        return Some(unauthorized(dialect, "invalid_token"));
    }
    let faults: [(Scenario, &dyn Fn() -> ApiError); 11] = [
        (Scenario::Chat402Empty, &|| {
            if dialect == Dialect::Chutes {
                balance_used_up(None)
            } else {
                insufficient_credits()
            }
        }),
        (Scenario::Chat402Reservation, &insufficient_credits),
        (Scenario::Chat402DailyCap, &|| {
            balance_used_up(Some(now() + UNTIL_RESET))
        }),
        (Scenario::Chat402SubscriptionCap, &|| {
            subscription_cap("Four-hour")
        }),
        (Scenario::Chat429DailyLimit, &|| {
            ApiError::new(
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limit_exceeded",
                "Free models limit reached for today",
            )
        }),
        (Scenario::Chat403Scope, &|| forbidden(dialect)),
        (Scenario::Chat404Model, &|| {
            ApiError::new(
                StatusCode::NOT_FOUND,
                "model_not_found",
                "model not found: it was withdrawn",
            )
        }),
        (Scenario::Chat429RetryAfter, &|| ApiError {
            retry_after: Some(2),
            ..ApiError::new(
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limit_exceeded",
                "Too many requests.",
            )
        }),
        (Scenario::Chat429Capacity, &|| {
            ApiError::new(
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limit",
                "Infrastructure is at maximum capacity, try again later",
            )
        }),
        (Scenario::Chat500, &|| {
            ApiError::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal_error",
                "Internal Server Error",
            )
        }),
        (Scenario::Chat503, &|| {
            ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "provider_unavailable",
                "No instances available",
            )
        }),
    ];
    faults
        .iter()
        .find(|(scenario, _)| provider.fails(*scenario))
        .map(|(_, error)| error())
}
