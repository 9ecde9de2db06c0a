//! From a refusal to what it means for the person.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::{ApiError, ErrorBody, PaymentCause, RejectionReason, UnreadableAnswer};

/// Longest wait that a provider may ask for; a day, as the longest limit known is a daily one.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(86_400);

/// What an HTTP refusal means.
pub(crate) fn http_verdict(status: StatusCode, headers: &HeaderMap, body: &ErrorBody) -> ApiError {
    if status.is_redirection() {
        return ApiError::Unreadable {
            what: UnreadableAnswer::Redirect,
            detail: body.detail(),
        };
    }
    let now = SystemTime::now();
    let retry_after = header_wait(headers, now)
        .or(body.retry_after)
        .or_else(|| header_reset(headers, now));
    match verdict(status.as_u16(), retry_after, body) {
        ApiError::InsufficientScope { detail, .. } => ApiError::InsufficientScope {
            scope: super::challenge::required_scope(headers),
            detail,
        },
        other => other,
    }
}

/// What an error within a stream means, where no status can be sent any more. Without a known code
/// it means that the answer broke off.
pub(crate) fn stream_verdict(body: &ErrorBody) -> ApiError {
    let status = body
        .status
        .or_else(|| status_of_code(body.code.as_deref()?));
    match status {
        Some(status) if status < 500 => verdict(status, body.retry_after, body),
        _ => ApiError::StreamInterrupted {
            detail: body.detail(),
        },
    }
}

fn verdict(status: u16, retry_after: Option<Duration>, body: &ErrorBody) -> ApiError {
    let detail = body.detail();
    let retry_after = retry_after.map(|wait| wait.min(MAX_RETRY_AFTER));
    match status {
        401 => ApiError::Unauthorized { detail },
        // Money is held for answers under way: it comes back by itself.
        402 if retry_after.is_some() => ApiError::RateLimited {
            retry_after,
            detail,
        },
        402 => ApiError::PaymentRequired {
            cause: payment_cause(body),
            detail,
        },
        // A plan that an app may not draw on.
        403 if body.is_one_of(&["subscription_sharing_user_not_eligible"]) => {
            ApiError::PaymentRequired {
                cause: PaymentCause::ModelNotIncluded,
                detail,
            }
        }
        403 if body.is_moderation => ApiError::RequestRejected {
            status,
            reason: RejectionReason::ContentPolicy,
            detail,
        },
        403 if is_about_scope(body) => ApiError::InsufficientScope {
            scope: None,
            detail,
        },
        403 => ApiError::Forbidden { detail },
        404 if body.is_passing => ApiError::AtCapacity {
            retry_after,
            detail,
        },
        404 => ApiError::ModelNotFound { detail },
        // A plan's allowance, or a day's of free use, told as a rate limit.
        429 if is_about_allowance(body) => ApiError::PaymentRequired {
            cause: PaymentCause::AllowanceUsedUp {
                resets_at: body
                    .resets_at
                    .or_else(|| SystemTime::now().checked_add(retry_after?)),
            },
            detail,
        },
        429 if is_about_capacity(body) => ApiError::AtCapacity {
            retry_after,
            detail,
        },
        429 => ApiError::RateLimited {
            retry_after,
            detail,
        },
        503 if is_about_capacity(body) || body.is_passing => ApiError::AtCapacity {
            retry_after,
            detail,
        },
        529 => ApiError::AtCapacity {
            retry_after,
            detail,
        },
        408 => ApiError::ProviderFailing {
            status: Some(status),
            detail,
        },
        400..=499 => ApiError::RequestRejected {
            status,
            reason: rejection(status, body),
            detail,
        },
        _ => ApiError::ProviderFailing {
            status: Some(status),
            detail,
        },
    }
}

/// Which of the things that are called "payment required" this is.
fn payment_cause(body: &ErrorBody) -> PaymentCause {
    let says_any = |parts: &[&str]| parts.iter().any(|part| body.says(part));
    if body.is_one_of(&[
        "insufficient_credits",
        "insufficient_balance",
        "insufficient_funds",
    ]) && body.resets_at.is_none()
    {
        return PaymentCause::WalletEmpty;
    }
    if body.is_one_of(&["subscription_required"]) {
        return PaymentCause::ModelNotIncluded;
    }
    if says_any(&["creator of this", "owner of this"]) {
        return PaymentCause::NotYourWallet;
    }
    if body.resets_at.is_some()
        || says_any(&[
            "subscription cap",
            "subscription limit",
            "usage cap",
            "hour cap",
            "monthly cap",
            "quota limit",
            "included credits",
        ])
    {
        return PaymentCause::AllowanceUsedUp {
            resets_at: body.resets_at,
        };
    }
    if says_any(&["key limit", "limit of this key", "key cap"]) {
        return PaymentCause::KeyCapReached;
    }
    if says_any(&["more credits, or fewer max_tokens", "can only afford"]) {
        return PaymentCause::ReservationTooLarge;
    }
    if body.message.contains("TEE") || says_any(&[" tier", "upgrade", "requires a subscription"]) {
        return PaymentCause::ModelNotIncluded;
    }
    if says_any(&["balance", "insufficient credits", "insufficient funds"]) {
        return PaymentCause::WalletEmpty;
    }
    PaymentCause::Unknown
}

fn is_about_scope(body: &ErrorBody) -> bool {
    body.is_one_of(&[
        "insufficient_scope",
        "chatpass_v2_scope_not_authorized",
        "chatpass_v2_invalid_authorization_context",
    ]) || body.says("scope")
        || body.says("does not have permission for this resource")
}

fn is_about_allowance(body: &ErrorBody) -> bool {
    body.is_one_of(&["subscription_sharing_usage_limit_exceeded"])
        || ["limit reached for today", "free-models-per-day"]
            .iter()
            .any(|part| body.says(part))
}

fn is_about_capacity(body: &ErrorBody) -> bool {
    body.is_one_of(&[
        "infra_overload",
        "no_targets",
        "overloaded",
        "overloaded_error",
    ]) || ["capacity", "overload", "no instances"]
        .iter()
        .any(|part| body.says(part))
}

fn rejection(status: u16, body: &ErrorBody) -> RejectionReason {
    let too_long = [
        "context length",
        "maximum context",
        "too many tokens",
        "too long",
    ];
    let policy = ["content policy", "content_policy", "moderation", "flagged"];
    if status == 413
        || body.is_one_of(&["context_length_exceeded"])
        || too_long.iter().any(|part| body.says(part))
    {
        RejectionReason::TooLong
    } else if body.is_one_of(&["content_policy_violation", "content_filter"])
        || policy.iter().any(|part| body.says(part))
    {
        RejectionReason::ContentPolicy
    } else {
        RejectionReason::Other
    }
}

/// The HTTP status that a code would have come with.
fn status_of_code(code: &str) -> Option<u16> {
    match code {
        "invalid_api_key" | "invalid_token" => Some(401),
        "insufficient_credits" | "insufficient_balance" | "payment_required" => Some(402),
        "insufficient_scope" => Some(403),
        "model_not_found" => Some(404),
        "rate_limit_exceeded" | "rate_limit" | "infra_overload" | "no_targets" => Some(429),
        "bad_request"
        | "invalid_request"
        | "invalid_request_error"
        | "context_length_exceeded"
        | "content_policy_violation" => Some(400),
        _ => None,
    }
}

/// `Retry-After` (RFC 9110 section 10.2.3), in seconds or as a date.
fn header_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = OffsetDateTime::parse(value, &Rfc2822).ok()?;
    Some(
        SystemTime::from(date)
            .duration_since(now)
            .unwrap_or_default(),
    )
}

/// `X-RateLimit-Reset`, which no standard has: when the limit begins anew, in milliseconds since 1970.
fn header_reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let millis = headers.get("x-ratelimit-reset")?.to_str().ok()?;
    let reset = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis.parse().ok()?))?;
    reset.duration_since(now).ok()
}

#[cfg(test)]
mod tests;
