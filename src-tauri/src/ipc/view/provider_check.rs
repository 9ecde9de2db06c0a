//! What a provider publishes about itself, against what is set up here.

use tuppence_core as core;

use crate::ipc::contract::*;

pub(in crate::ipc) fn provider_check(check: core::ProviderCheck) -> ProviderCheckView {
    match check {
        core::ProviderCheck::Compared(differences) => ProviderCheckView::Compared {
            differences: differences.into_iter().map(difference).collect(),
        },
        core::ProviderCheck::NoDocument(detail) => ProviderCheckView::NoDocument { detail },
    }
}

fn difference(difference: core::MetadataDifference) -> MetadataDifferenceView {
    use core::MetadataSubject as S;
    MetadataDifferenceView {
        subject: match difference.subject {
            S::Issuer => MetadataSubject::Issuer,
            S::AuthorizationEndpoint => MetadataSubject::AuthorizationEndpoint,
            S::TokenEndpoint => MetadataSubject::TokenEndpoint,
            S::UserinfoEndpoint => MetadataSubject::UserinfoEndpoint,
            S::RevocationEndpoint => MetadataSubject::RevocationEndpoint,
            S::Scope => MetadataSubject::Scope,
            S::CodeChallengeMethod => MetadataSubject::CodeChallengeMethod,
        },
        ours: difference.ours,
        theirs: difference.theirs,
    }
}
