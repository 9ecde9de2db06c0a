//! The committed TypeScript is what the Rust contract says, and both sides name the same commands.
//! `UPDATE_BINDINGS=1 cargo test --test ipc_contract` writes it anew.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use ts_rs::TS;
use tuppence_lib::ipc::{COMMANDS, contract};

const HEADER: &str = "// Generated from src-tauri/src/ipc/contract by `cargo test --test ipc_contract`. Do not edit.\n\n";

macro_rules! declarations {
    ($($name:ident),* $(,)?) => {{
        let config = ts_rs::Config::new();
        [$(format!("export {}\n", <contract::$name as TS>::decl(&config))),*].concat()
    }};
}

fn generated() -> String {
    let types = declarations![
        SecretInput,
        AppView,
        ProviderView,
        AccountView,
        AllowanceView,
        AllowancePeriodView,
        MeasureView,
        SessionView,
        Persistence,
        PendingSignInView,
        SignInStage,
        SignInWay,
        DevicePromptView,
        QrCodeView,
        SignInOutcome,
        StorageNotice,
        StorageNoticeKind,
        SettingsView,
        Theme,
        LanguageChoice,
        TextSize,
        SendKey,
        DataFolderView,
        ProviderSetupView,
        ValueSource,
        SecretNeed,
        ProviderSetupParams,
        EndpointsView,
        ProviderCheckView,
        MetadataDifferenceView,
        MetadataSubject,
        AmountView,
        AmountLabel,
        CostView,
        BalanceView,
        KeyLimitView,
        LimitResetView,
        ModelView,
        UsageView,
        PromptCostView,
        SpendingBy,
        SpendingParams,
        SpendingView,
        SpendingGroupView,
        TotalsView,
        ReconciliationView,
        DifferenceView,
        BilledDayView,
        LedgerFormatView,
        LimitSetView,
        AccountLimitView,
        LimitsView,
        LimitsStateView,
        AccountSpentView,
        LimitNameView,
        LimitReachedView,
        LoweredByView,
        LoweredView,
        LossView,
        LossCauseView,
        LossesView,
        ConversationView,
        AttachmentView,
        AttachmentKind,
        ExportFormat,
        ExportParams,
        ExportedView,
        ImportedView,
        CompositionView,
        PresetView,
        PresetParams,
        PresetUseParams,
        AskedParams,
        ContextRuleName,
        ContextPlanView,
        SentPartView,
        SummaryPlanView,
        ConversationDetail,
        EditDraftView,
        MessagePage,
        ShelfName,
        ListParams,
        ListPlaceView,
        ListPageView,
        ListNamesView,
        SearchParams,
        FoundView,
        DrawingView,
        SheetView,
        RemoteImageView,
        UnshownImage,
        EmptiedView,
        DeletedMessageView,
        BackupView,
        SearchHitView,
        SnippetPartView,
        MessageView,
        MessageRole,
        MessageStatus,
        TurnSendParams,
        TurnRetryParams,
        TurnEditParams,
        TurnStarted,
        TurnEvent,
        PatchOp,
        DiagnosisView,
        FindingView,
        DoctorArea,
        DoctorVerdict,
        SignInTraceView,
        FlowStepView,
        FlowOutcome,
        FlowValueView,
        LeavingParams,
        KeptView,
        SignedOutAccountView,
        IpcError,
        ErrorCode,
        SetupField,
        SignInStartParams,
        KeyTermsParams,
    ];
    let commands: String = COMMANDS
        .iter()
        .map(|name| format!("  | '{name}'\n"))
        .collect();
    format!("{HEADER}{types}export type Command =\n{commands}")
}

#[test]
fn the_committed_bindings_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/generated/contract.ts");
    let generated = generated();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(
        committed == generated,
        "ui/src/ipc/generated/contract.ts is not what the contract says: run UPDATE_BINDINGS=1 cargo test --test ipc_contract"
    );
}

/// Checklist 87: the page calls exactly the commands that exist.
#[test]
fn the_page_calls_every_command_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/backend/tauri.ts");
    let text = std::fs::read_to_string(path).unwrap();
    let known: BTreeSet<&str> = COMMANDS.iter().copied().collect();
    let called: BTreeSet<&str> = text
        .split(['\'', '"', '`'])
        .filter(|word| known.contains(word) || (word.contains('_') && is_command_like(word)))
        .collect();
    assert_eq!(called, known);
}

fn is_command_like(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Checklist 90: the two inbound kinds are the only secrets in the contract.
#[test]
fn secrets_only_come_in() {
    let text = generated();
    let fields: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| {
            line.contains("SecretInput")
                && !line.starts_with(['*', '/'])
                && !line.starts_with("export")
        })
        .collect();
    assert_eq!(fields, ["clientSecret: SecretInput | null,"]);
}
