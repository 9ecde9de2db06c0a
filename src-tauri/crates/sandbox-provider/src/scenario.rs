//! Faults by name, and the set of those that are on.

use std::{collections::HashSet, fmt, str::FromStr, sync::Mutex};

use crate::provider::locked;

macro_rules! scenarios {
    ($($variant:ident = $name:literal: $summary:literal,)+) => {
        /// A fault that a provider can cause, by its name `area-fault`.
        ///
        /// Without the cargo feature `faults` the names parse as unknown and none can be switched on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Scenario {
            $(#[doc = $summary] $variant,)+
        }

        #[cfg(feature = "faults")]
        impl Scenario {
            /// Every fault, in the order of `--list-scenarios`.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What happens, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)+ }
            }
        }
    };
}

scenarios! {
    Discovery500 = "discovery-500": "Discovery answers 500.",
    DiscoveryHtml = "discovery-html": "Discovery answers 200 with an HTML page.",
    DiscoveryWrongIssuer = "discovery-wrong-issuer": "Discovery names another issuer.",
    DiscoveryNoS256 = "discovery-no-s256": "Discovery offers only the plain challenge method.",
    DiscoverySlow = "discovery-slow": "Discovery answers late.",
    DiscoveryOversized = "discovery-oversized": "Discovery answers with 16 MiB.",
    DiscoveryPlainHttp = "discovery-plain-http": "Discovery names a token endpoint on plain http outside loopback.",
    DiscoveryRedirect = "discovery-redirect": "Discovery redirects to another origin.",
    AuthorizeNeverReturns = "authorize-never-returns": "After Allow the browser is not sent back.",
    AuthorizeWrongState = "authorize-wrong-state": "The redirect carries another state.",
    AuthorizeMissingState = "authorize-missing-state": "The redirect carries no state.",
    AuthorizeDuplicateState = "authorize-duplicate-state": "The redirect carries state twice.",
    AuthorizeStrayHits = "authorize-stray-hits": "Stray and forged requests reach the redirect port before the true one.",
    AuthorizeWrongIss = "authorize-wrong-iss": "The redirect carries another iss (RFC 9207).",
    AuthorizeMissingIss = "authorize-missing-iss": "iss is advertised but absent from the redirect.",
    AuthorizeErrorDenied = "authorize-error-denied": "The person is refused whatever they click.",
    AuthorizeForeignCode = "authorize-foreign-code": "The redirect carries a code issued for another attempt.",
    Token500 = "token-500": "The token endpoint answers 500 with JSON.",
    TokenHtml500 = "token-html-500": "The token endpoint answers 500 with an HTML page.",
    TokenHtml200 = "token-html-200": "The token endpoint answers 200 with an HTML page.",
    TokenInvalidClient = "token-invalid-client": "The token endpoint does not know the client.",
    TokenInvalidGrant = "token-invalid-grant": "The token endpoint refuses the code.",
    TokenNotBearer = "token-not-bearer": "The token type is not Bearer.",
    TokenNoExpires = "token-no-expires": "The token response has no expires_in.",
    TokenSlow = "token-slow": "The token endpoint answers late.",
    TokenDetail422 = "token-detail-422": "The token endpoint answers 422 with a validation detail.",
    TokenSmallerScope = "token-smaller-scope": "Fewer scopes are granted than were asked for.",
    TokenRedirect = "token-redirect": "The token endpoint redirects to another origin.",
    TokenOversized = "token-oversized": "The token endpoint answers with 16 MiB.",
    DeviceExpired = "device-expired": "The code for another device has expired when it is asked about.",
    IdTokenWrongIss = "id-token-wrong-iss": "The ID token names another issuer.",
    IdTokenWrongAud = "id-token-wrong-aud": "The ID token is for another client.",
    IdTokenAudWithoutUs = "id-token-aud-without-us": "The ID token is for several other clients.",
    IdTokenWrongAzp = "id-token-wrong-azp": "The ID token is for several clients and authorized to another.",
    IdTokenWrongNonce = "id-token-wrong-nonce": "The ID token carries another nonce.",
    IdTokenMissingNonce = "id-token-missing-nonce": "The ID token carries no nonce.",
    IdTokenExpired = "id-token-expired": "The ID token expired an hour ago.",
    IdTokenFuture = "id-token-future": "The ID token was issued a day from now.",
    IdTokenMissingSub = "id-token-missing-sub": "The ID token names nobody.",
    IdTokenMissing = "id-token-missing": "There is no ID token although openid was asked for.",
    IdTokenAlgNone = "id-token-alg-none": "The ID token is not signed.",
    IdTokenHs256 = "id-token-hs256": "The ID token is signed with HMAC over the public key.",
    IdTokenBadSignature = "id-token-bad-signature": "The ID token's signature does not fit.",
    IdTokenEmbeddedKey = "id-token-embedded-key": "The ID token brings its own key in its header.",
    IdTokenUnknownKidThenRotated = "id-token-unknown-kid-then-rotated": "The signing key is new and not yet known to the client.",
    IdTokenForeignKid = "id-token-foreign-kid": "The ID token names a key that is never published.",
    IdTokenNoKid = "id-token-no-kid": "The ID token names no key.",
    IdTokenWrongAtHash = "id-token-wrong-at-hash": "The ID token belongs to another access token.",
    IdTokenPadded = "id-token-padded": "The ID token has base64 padding.",
    IdTokenTwoParts = "id-token-two-parts": "The ID token has two parts.",
    IdTokenIsAccessToken = "id-token-is-access-token": "The access token is offered as the ID token.",
    Jwks500 = "jwks-500": "The key set answers 500.",
    JwksOversized = "jwks-oversized": "The key set has 16 MiB.",
    JwksEncryptionKey = "jwks-encryption-key": "The key set says that the key is for encryption.",
    JwksRedirect = "jwks-redirect": "The key set redirects to another origin.",
    Refresh500 = "refresh-500": "A refresh answers 500.",
    RefreshHtml = "refresh-html": "A refresh answers 502 with an HTML page.",
    Refresh429 = "refresh-429": "A refresh answers 429 with Retry-After.",
    RefreshSlow = "refresh-slow": "A refresh answers late.",
    RefreshLostAnswer = "refresh-lost-answer": "A refresh rotates the token, then the connection breaks.",
    RefreshInvalidGrant = "refresh-invalid-grant": "A refresh answers invalid_grant.",
    RefreshOtherSubject = "refresh-other-subject": "The refreshed ID token names another person.",
    Revoke500 = "revoke-500": "Revocation answers 500.",
    UserinfoOtherSub = "userinfo-other-sub": "Userinfo names another person.",
    Userinfo500 = "userinfo-500": "Userinfo answers 500.",
    Balance500 = "balance-500": "The balance answers 500.",
    BalanceNull = "balance-null": "The balance is null: no wallet is linked.",
    BalanceNegative = "balance-negative": "The balance is below zero.",
    BalanceSlow = "balance-slow": "The balance answers late.",
    Models500 = "models-500": "The model list answers 500.",
    ModelsHtml = "models-html": "The model list is an HTML page.",
    Chat401Once = "chat-401-once": "The next chat request is told that its token expired.",
    Chat401Always = "chat-401-always": "Every chat request is told that its token expired.",
    Chat402Empty = "chat-402-empty": "The wallet is empty.",
    Chat402Reservation = "chat-402-reservation": "The reservation is more than the balance, which is not empty.",
    Chat402DailyCap = "chat-402-daily-cap": "The daily allowance is used up until a given time.",
    Chat402SubscriptionCap = "chat-402-subscription-cap": "A subscription's four-hour cap is reached; no time is told.",
    Chat429DailyLimit = "chat-429-daily-limit": "The day's free use is over.",
    Chat403Scope = "chat-403-scope": "The token lacks the scope for chat.",
    Chat404Model = "chat-404-model": "The model is gone.",
    Chat429RetryAfter = "chat-429-retry-after": "Too many requests, with Retry-After.",
    Chat429Capacity = "chat-429-capacity": "The provider is at capacity, without Retry-After.",
    Chat500 = "chat-500": "Chat answers 500.",
    Chat503 = "chat-503": "Chat answers 503.",
    ChatHtml200 = "chat-html-200": "Chat answers 200 with an HTML page.",
    ChatRedirect = "chat-redirect": "Chat redirects to another origin.",
    ChatSlow = "chat-slow": "Chat answers late.",
    StreamLost = "stream-lost": "The answer is charged whole, and the connection breaks before its first byte.",
    StreamCut = "stream-cut": "The stream ends in the middle, cleanly, without a finish reason.",
    StreamReset = "stream-reset": "The connection breaks in the middle of the stream.",
    StreamBareJsonError = "stream-bare-json-error": "The stream ends with a bare JSON error without data: or newline.",
    StreamErrorObject = "stream-error-object": "An event in the stream is an error object.",
    StreamErrorEvent = "stream-error-event": "The stream sends event: error.",
    StreamRestart = "stream-restart": "The answer begins again under another id in the same stream.",
    StreamStall = "stream-stall": "The stream falls silent in the middle.",
    StreamNoUsage = "stream-no-usage": "The stream never tells the usage.",
    StreamNoDone = "stream-no-done": "The stream ends without its DONE event.",
    StreamCrlf = "stream-crlf": "Lines end in CRLF.",
    StreamCr = "stream-cr": "Lines end in CR.",
    StreamBom = "stream-bom": "The stream begins with a byte order mark.",
    StreamComments = "stream-comments": "Comments, events without data and fields without a space are mixed in.",
    StreamBytewise = "stream-bytewise": "Every byte arrives alone.",
    StreamBadJson = "stream-bad-json": "An event is not JSON.",
    StreamInvalidUtf8 = "stream-invalid-utf8": "An event is not UTF-8.",
    StreamOddFields = "stream-odd-fields": "Chunks have unknown, null and missing fields.",
    StreamUnknownFinish = "stream-unknown-finish": "The finish reason is unknown.",
    StreamSplitSurrogates = "stream-split-surrogates": "An emoji is escaped as two surrogates in two chunks.",
    StreamHugeLine = "stream-huge-line": "One line is 256 MiB long.",
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(not(feature = "faults"))]
impl Scenario {
    /// Empty: this build has no faults.
    pub const ALL: &'static [Self] = &[];

    /// Empty: this build has no faults.
    pub fn name(self) -> &'static str {
        ""
    }

    /// Empty: this build has no faults.
    pub fn summary(self) -> &'static str {
        ""
    }
}

/// A name that is not in [`Scenario::ALL`].
#[derive(Debug, thiserror::Error)]
#[error("unknown scenario {0:?}: --list-scenarios lists them")]
pub struct UnknownScenario(String);

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|scenario| scenario.name() == name)
            .ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}

/// The faults that are on.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<HashSet<Scenario>>);

impl Faults {
    /// Replaces the set.
    pub(crate) fn set(&self, scenarios: &[Scenario]) {
        if cfg!(feature = "faults") {
            *locked(&self.0) = scenarios.iter().copied().collect();
        }
    }

    /// Whether this fault is on; `false` at compile time in a build without faults.
    pub(crate) fn on(&self, scenario: Scenario) -> bool {
        cfg!(feature = "faults") && locked(&self.0).contains(&scenario)
    }

    /// Whether this fault is on, switching it off: it happens once.
    pub(crate) fn once(&self, scenario: Scenario) -> bool {
        cfg!(feature = "faults") && locked(&self.0).remove(&scenario)
    }
}
