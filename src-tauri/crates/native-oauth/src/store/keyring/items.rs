use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::platform;
use crate::store::StoreError;

/// The most bytes of one keychain item: less than Windows' 2,560.
const ITEM_LIMIT: usize = 2_400;
/// The most items of one value, some 70 KiB. A value that claims more is not ours.
const PART_LIMIT: usize = 30;
/// Version and number of parts, then the digest of the whole.
const HEAD: usize = 2 + 32;
const VERSION: u8 = 1;

/// Named values of any size, each in as few keychain items as the limit allows.
///
/// The first item begins with the number of parts and the digest of the value, so that a value of which
/// only some parts were written, or that something else wrote, is recognised.
#[derive(Debug)]
pub(super) struct Items {
    service: String,
}

impl Items {
    pub(super) fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
        }
    }

    pub(super) fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let Some(first) = platform::get(&self.service, name)? else {
            return Ok(None);
        };
        let (head, data) = first.split_at_checked(HEAD).ok_or(StoreError::Corrupt)?;
        let (&[version, parts], digest) = head.split_first_chunk().ok_or(StoreError::Corrupt)?;
        if version != VERSION || parts == 0 || usize::from(parts) > PART_LIMIT {
            return Err(StoreError::Corrupt);
        }
        let mut value = Zeroizing::new(data.to_vec());
        for part in 1..parts {
            let item = platform::get(&self.service, &part_name(name, part))?;
            value.extend_from_slice(&item.ok_or(StoreError::Corrupt)?);
        }
        if Sha256::digest(&value).as_slice() != digest {
            return Err(StoreError::Corrupt);
        }
        Ok(Some(value))
    }

    pub(super) fn write(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let first_size = value.len().min(ITEM_LIMIT - HEAD);
        let (first, rest) = value.split_at(first_size);
        let rest: Vec<&[u8]> = rest.chunks(ITEM_LIMIT).collect();
        let parts = u8::try_from(rest.len() + 1).unwrap_or(u8::MAX);
        if usize::from(parts) > PART_LIMIT {
            return Err(StoreError::Other(
                "the value is too long for the keychain".into(),
            ));
        }
        for (part, bytes) in (1..).zip(rest) {
            platform::set(&self.service, &part_name(name, part), bytes)?;
        }
        let mut item = Zeroizing::new(vec![VERSION, parts]);
        item.extend_from_slice(&Sha256::digest(value));
        item.extend_from_slice(first);
        platform::set(&self.service, name, &item)?;
        self.delete_parts(name, parts)
    }

    pub(super) fn write_or_delete(
        &self,
        name: &str,
        value: Option<&Zeroizing<Vec<u8>>>,
    ) -> Result<(), StoreError> {
        match value {
            Some(value) => self.write(name, value),
            None => self.delete(name),
        }
    }

    pub(super) fn delete(&self, name: &str) -> Result<(), StoreError> {
        platform::delete(&self.service, name)?;
        self.delete_parts(name, 1)
    }

    /// Deletes the parts from this one on, which a longer value before may have left.
    fn delete_parts(&self, name: &str, from: u8) -> Result<(), StoreError> {
        for part in from..=u8::MAX {
            if !platform::delete(&self.service, &part_name(name, part))? {
                break;
            }
        }
        Ok(())
    }
}

fn part_name(name: &str, part: u8) -> String {
    format!("{name}/{part}")
}
