//! The core's types in the contract's terms. Nothing is decided here.

use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tuppence_core as core;

use super::contract::*;

pub(super) fn rfc3339(at: SystemTime) -> String {
    OffsetDateTime::from(at)
        .format(&Rfc3339)
        .unwrap_or_default()
}

pub(super) fn app(core: &core::Tuppence) -> AppView {
    AppView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        providers: core.providers().into_iter().map(provider).collect(),
        accounts: core.accounts().into_iter().map(account).collect(),
        active_account_id: core.active_account().map(|id| id.to_string()),
        pending_sign_in: core.pending_sign_in().map(pending_sign_in),
        settings: core.preferences().into(),
        storage_notice: core.storage_notices().iter().find_map(storage_notice),
    }
}

fn provider(provider: core::ProviderSummary) -> ProviderView {
    ProviderView {
        id: provider.id,
        name: provider.name,
        play_money: provider.play_money,
        ready: provider.ready,
    }
}

pub(super) fn account(account: core::Account) -> AccountView {
    let record = account.record;
    AccountView {
        id: record.id.to_string(),
        provider_id: record.provider_id,
        provider_name: record.provider_name,
        display_name: record.display_name,
        email: record.email,
        picture: account.picture,
        session: match account.session {
            core::SessionStatus::SignedIn(persistence) => SessionView::SignedIn {
                persistence: persistence.into(),
            },
            core::SessionStatus::ReauthRequired => SessionView::ReauthRequired,
            core::SessionStatus::KeychainUnavailable(detail) => {
                SessionView::KeychainUnavailable { detail }
            }
        },
        play_money: record.play_money,
        granted_scopes: record
            .granted_scopes
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        balance: balance(account.balance, account.balance_is_stale),
        can_end_browser_session: account.can_end_browser_session,
        key_outlives_sign_out: account.key_outlives_sign_out,
    }
}

fn balance(balance: core::Balance, stale: bool) -> BalanceView {
    match balance {
        core::Balance::Known { amount, as_of } => BalanceView::Known {
            amount: amount.into(),
            as_of: rfc3339(as_of),
            stale,
        },
        core::Balance::KeyCap(cap) => BalanceView::KeyCap {
            spent: cap.spent.into(),
            limit: cap.limit.map(|limit| KeyLimitView {
                amount: limit.amount.into(),
                used: limit.used.into(),
                resets: resets(limit.resets),
            }),
            ends_at: cap.ends_at.map(rfc3339),
            as_of: rfc3339(cap.as_of),
            stale,
        },
        core::Balance::NotLinked => BalanceView::NotLinked,
        core::Balance::NotReadable => BalanceView::NotReadable,
        core::Balance::Unlimited => BalanceView::Unlimited,
        core::Balance::Unknown => BalanceView::Unknown,
    }
}

fn resets(reset: core::LimitReset) -> LimitResetView {
    match reset {
        core::LimitReset::Never => LimitResetView::Never,
        core::LimitReset::Daily => LimitResetView::Daily,
        core::LimitReset::Weekly => LimitResetView::Weekly,
        core::LimitReset::Monthly => LimitResetView::Monthly,
        core::LimitReset::Otherwise => LimitResetView::Otherwise,
    }
}

pub(super) fn pending_sign_in(attempt: core::SignInAttempt) -> PendingSignInView {
    PendingSignInView {
        id: attempt.id,
        provider_id: attempt.provider_id,
        provider_name: attempt.provider_name,
        stage: match attempt.stage {
            core::SignInStage::Preparing => SignInStage::Preparing,
            core::SignInStage::WaitingForBrowser => SignInStage::WaitingForBrowser,
            core::SignInStage::Finishing => SignInStage::Finishing,
        },
        started_at: rfc3339(attempt.started_at),
        deadline_at: rfc3339(attempt.deadline_at),
        browser_failed: attempt.browser_failed,
    }
}

pub(super) fn sign_in_outcome(outcome: core::SignInOutcome) -> SignInOutcome {
    match outcome {
        core::SignInOutcome::SignedIn(id) => SignInOutcome::SignedIn {
            account_id: id.to_string(),
        },
        core::SignInOutcome::Cancelled => SignInOutcome::Cancelled,
        core::SignInOutcome::Failed(failure) => SignInOutcome::Failed {
            error: failure.into(),
        },
    }
}

/// An interrupted answer says so itself, in its place.
fn storage_notice(notice: &core::OpenNotice) -> Option<StorageNotice> {
    let (kind, detail) = match notice {
        core::OpenNotice::ReadOnly => (StorageNoticeKind::ReadOnly, String::new()),
        core::OpenNotice::NewerSchema { found, known } => (
            StorageNoticeKind::NewerVersion,
            format!("database version {found}, this app knows {known}"),
        ),
        core::OpenNotice::DamagedKept {
            path,
            restored_from,
        } => {
            let from = match restored_from {
                Some(backup) => format!("; a backup took its place: {}", backup.display()),
                None => "; there was no sound backup".to_owned(),
            };
            (
                StorageNoticeKind::Damaged,
                format!("kept as {}{from}", path.display()),
            )
        }
        core::OpenNotice::Interrupted(_) => return None,
    };
    Some(StorageNotice { kind, detail })
}

pub(super) fn model(model: &core::Model, play_money: bool) -> ModelView {
    let price = |price: money::Price| {
        let micro = i64::try_from(price.micro_per_million()).unwrap_or(i64::MAX);
        if play_money {
            AmountView::Play { micro }
        } else {
            AmountView::Usd { micro }
        }
    };
    ModelView {
        id: model.id.clone(),
        input_price: model.prices.map(|prices| price(prices.input)),
        output_price: model.prices.map(|prices| price(prices.output)),
        context_length: model.context_length,
        input_modalities: model.input_modalities.clone(),
        features: model.features.clone(),
    }
}

pub(super) fn conversation(row: core::ConversationRow) -> ConversationView {
    ConversationView {
        id: row.id,
        title: row.title,
        updated_at: rfc3339(row.updated_at),
        account_id: row.account_key,
        model_id: row.model_id,
        cost_usd: row.totals.usd.map(cost),
        cost_play: row.totals.play.map(cost),
        streaming: row.streaming,
    }
}

pub(super) fn conversation_detail(open: core::OpenConversation) -> ConversationDetail {
    ConversationDetail {
        conversation: conversation(open.row),
        messages: open.messages.into_iter().map(message).collect(),
        draft: open.draft,
    }
}

pub(super) fn search_hit(hit: core::Hit) -> SearchHitView {
    let part = |part: core::SnippetPart| SnippetPartView {
        text: part.text,
        found: part.found,
    };
    SearchHitView {
        snippet: core::snippet_parts(&hit.snippet)
            .into_iter()
            .map(part)
            .collect(),
        message_id: hit.message_id,
        conversation_id: hit.conversation_id,
        title: hit.conversation_title,
        role: role(hit.role),
        created_at: rfc3339(hit.created_at),
    }
}

fn role(role: core::Role) -> MessageRole {
    match role {
        core::Role::User => MessageRole::User,
        core::Role::Assistant => MessageRole::Assistant,
    }
}

fn message(state: core::MessageState) -> MessageView {
    let core::MessageState {
        message,
        blocks,
        turn_id,
        failure,
    } = state;
    let role = role(message.role);
    MessageView {
        status: status(message.status, turn_id, failure),
        // An answer's words are in its blocks.
        text: if role == MessageRole::User {
            message.text
        } else {
            String::new()
        },
        role,
        blocks,
        reasoning: message.reasoning,
        created_at: rfc3339(message.created_at),
        model_id: message.model_id,
        account_id: message.account_key,
        usage: message.usage.map(usage),
        cost: message.cost.map(cost),
        id: message.id,
    }
}

fn status(
    status: core::Status,
    turn_id: Option<String>,
    failure: Option<core::Failure>,
) -> MessageStatus {
    let ending = match (status, turn_id) {
        (core::Status::Streaming, Some(turn_id)) => return MessageStatus::Streaming { turn_id },
        // Another process streams it: what is there so far can be read.
        (core::Status::Streaming, None) => return MessageStatus::CutOff,
        (core::Status::Ended(ending), _) => ending,
    };
    match ending {
        core::Ending::Complete { finish_reason } if finish_reason.as_deref() == Some("length") => {
            MessageStatus::Truncated
        }
        core::Ending::Complete { .. } => MessageStatus::Complete,
        core::Ending::Stopped => MessageStatus::Stopped,
        core::Ending::CutOff => MessageStatus::CutOff,
        core::Ending::Failed { .. } => {
            let failure =
                failure.unwrap_or_else(|| core::Failure::internal("the cause was not recorded"));
            MessageStatus::Failed {
                error: failure.into(),
            }
        }
    }
}

pub(super) fn turn_started(started: &core::TurnStarted) -> TurnStarted {
    TurnStarted {
        turn_id: started.turn_id.clone(),
        conversation: conversation(started.conversation.clone()),
        user_message: message(started.user.clone()),
        assistant_message: message(started.assistant.clone()),
    }
}

pub(super) fn turn_event(update: core::TurnUpdate) -> TurnEvent {
    match update {
        core::TurnUpdate::Patch { ops, reasoning, .. } => TurnEvent::Patch {
            ops: ops.into_iter().map(patch_op).collect(),
            reasoning,
        },
        core::TurnUpdate::Running {
            usage: tokens,
            cost: so_far,
        } => TurnEvent::Running {
            usage: usage(tokens),
            cost: so_far.map(cost),
        },
        core::TurnUpdate::Restarted => TurnEvent::Restarted,
        core::TurnUpdate::Ended {
            message: ended,
            conversation: row,
        } => TurnEvent::Ended {
            message: Box::new(message(*ended)),
            conversation: Box::new(conversation(*row)),
        },
    }
}

fn patch_op(op: core::PatchOp) -> PatchOp {
    match op {
        core::PatchOp::Append { html } => PatchOp::Append { html },
        core::PatchOp::Grow { depth, keep, html } => PatchOp::Grow { depth, keep, html },
        core::PatchOp::Text { depth, text } => PatchOp::Text { depth, text },
        core::PatchOp::Replace { block, html } => PatchOp::Replace { block, html },
        core::PatchOp::Truncate { from } => PatchOp::Truncate { from },
    }
}

fn cost(cost: money::Cost) -> CostView {
    CostView {
        amount: cost.amount.into(),
        label: match cost.label {
            money::Label::Reported => AmountLabel::Reported,
            money::Label::Computed => AmountLabel::Computed,
            money::Label::Estimate => AmountLabel::Estimate,
        },
    }
}

fn usage(usage: money::Usage) -> UsageView {
    let count = |tokens: u64| u32::try_from(tokens).unwrap_or(u32::MAX);
    UsageView {
        input_tokens: count(usage.input),
        cached_tokens: count(usage.cached),
        output_tokens: count(usage.output),
        reasoning_tokens: count(usage.reasoning),
    }
}

pub(super) fn provider_setup(setup: core::ProviderSetup) -> ProviderSetupView {
    ProviderSetupView {
        provider_id: setup.provider_id,
        provider_name: setup.provider_name,
        redirect_uris: setup.redirect_uris,
        scopes: setup.scopes,
        client_id: setup.client_id,
        client_id_source: value_source(setup.client_id_source),
        secret: match setup.secret {
            core::SecretNeed::None => SecretNeed::None,
            core::SecretNeed::Optional => SecretNeed::Optional,
            core::SecretNeed::Required => SecretNeed::Required,
        },
        secret_source: value_source(setup.secret_source),
        registration_url: setup.registration_url.map(String::from),
        issuer: setup.issuer,
        api_base: setup.api_base.map(String::from),
    }
}

fn value_source(source: core::ValueSource) -> ValueSource {
    match source {
        core::ValueSource::None => ValueSource::None,
        core::ValueSource::BuiltIn => ValueSource::BuiltIn,
        core::ValueSource::Environment => ValueSource::Environment,
        core::ValueSource::SetUp => ValueSource::SetUp,
    }
}

pub(super) fn new_provider_setup(params: ProviderSetupParams) -> core::NewProviderSetup {
    core::NewProviderSetup {
        provider_id: params.provider_id,
        provider_name: params.provider_name,
        client_id: params.client_id,
        client_secret: params
            .client_secret
            .map(|secret| secret.into_inner().into()),
        issuer: params.issuer,
        api_base: params.api_base,
        scopes: params.scopes,
    }
}

impl From<money::Amount> for AmountView {
    fn from(amount: money::Amount) -> Self {
        match amount {
            money::Amount::Usd(amount) => Self::Usd { micro: amount.0 },
            money::Amount::Play(amount) => Self::Play { micro: amount.0 },
        }
    }
}

impl From<Persistence> for core::Persistence {
    fn from(persistence: Persistence) -> Self {
        match persistence {
            Persistence::Keychain => Self::Keychain,
            Persistence::SessionOnly => Self::SessionOnly,
        }
    }
}

impl From<core::Persistence> for Persistence {
    fn from(persistence: core::Persistence) -> Self {
        match persistence {
            core::Persistence::Keychain => Self::Keychain,
            core::Persistence::SessionOnly => Self::SessionOnly,
        }
    }
}

impl From<core::Preferences> for SettingsView {
    fn from(preferences: core::Preferences) -> Self {
        Self {
            theme: match preferences.theme {
                core::Theme::System => Theme::System,
                core::Theme::Light => Theme::Light,
                core::Theme::Dark => Theme::Dark,
            },
            default_models: preferences.default_models,
            sidebar_open: preferences.sidebar_open,
        }
    }
}

impl From<SettingsView> for core::Preferences {
    fn from(settings: SettingsView) -> Self {
        Self {
            theme: match settings.theme {
                Theme::System => core::Theme::System,
                Theme::Light => core::Theme::Light,
                Theme::Dark => core::Theme::Dark,
            },
            default_models: settings.default_models,
            sidebar_open: settings.sidebar_open,
        }
    }
}
