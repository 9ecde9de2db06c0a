use keyring::Entry;
use keyring_core::Error;
use zeroize::Zeroizing;

use crate::store::StoreError;

/// Reads one item of the platform's keychain; `None` if there is none.
pub(super) fn get(service: &str, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    match with_entry(service, account, Entry::get_secret) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(store_error(error)),
    }
}

pub(super) fn set(service: &str, account: &str, bytes: &[u8]) -> Result<(), StoreError> {
    with_entry(service, account, |entry| entry.set_secret(bytes)).map_err(store_error)
}

/// Deletes one item; `false` if there was none.
pub(super) fn delete(service: &str, account: &str) -> Result<bool, StoreError> {
    match with_entry(service, account, Entry::delete_credential) {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(store_error(error)),
    }
}

/// Does something with an entry. The library connects to the keychain once and for all; where the
/// keychain was not there yet, or is another process by now, it is connected anew and asked again.
fn with_entry<T>(
    service: &str,
    account: &str,
    action: impl Fn(&Entry) -> Result<T, Error>,
) -> Result<T, Error> {
    let attempt = || entry(service, account).and_then(|entry| action(&entry));
    match attempt() {
        Err(Error::NoDefaultStore | Error::PlatformFailure(_)) if reconnect()? => attempt(),
        result => result,
    }
}

fn entry(service: &str, account: &str) -> Result<Entry, Error> {
    if keyring_core::get_default_store().is_none() {
        return Entry::new(service, account);
    }
    // `Entry::new` remembers for ever that the first connection failed; this asks the current one.
    keyring_core::Entry::new(service, account).map(|inner| Entry { inner })
}

/// Connects to the Secret Service anew. The other platforms' keychains are always there.
fn reconnect() -> Result<bool, Error> {
    #[cfg(target_os = "linux")]
    {
        keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new()?);
        Ok(true)
    }
    #[cfg(not(target_os = "linux"))]
    Ok(false)
}

/// Some errors of the library carry the bytes they are about, which are secret: those end here.
fn store_error(error: Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => StoreError::Locked,
        Error::NoDefaultStore => StoreError::Unavailable(Box::new(error)),
        Error::PlatformFailure(source) => StoreError::Unavailable(source),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            StoreError::Corrupt
        }
        error => StoreError::Other(error.to_string().into()),
    }
}
