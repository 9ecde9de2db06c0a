//! Devices that wait for a person who answers in a browser elsewhere (RFC 8628).

use std::time::{Duration, Instant};

use crate::secrets::{random_token, same, sha256};

/// How long a code can be typed.
pub(crate) const LIFETIME: Duration = Duration::from_secs(600);

/// How long a device waits between two questions.
pub(crate) const INTERVAL: Duration = Duration::from_secs(1);

/// A question may be so much too early: clocks and networks are not exact.
const LENIENCE: Duration = Duration::from_millis(200);

/// Consonants without those that are mistaken for another (RFC 8628 section 6.1): no words, no ambiguity.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";

/// All that wait. In memory: a restart ends the wait.
#[derive(Default)]
pub(crate) struct Devices {
    waiting: Vec<Device>,
}

struct Device {
    code_hash: String,
    user_code: String,
    scopes: Vec<String>,
    expires: Instant,
    asked: Option<Instant>,
    answer: Option<Answer>,
}

/// What the person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Allowed { subject: String, auth_time: i64 },
    Denied,
}

/// Why a device has no tokens yet (RFC 8628 section 3.5), or never will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotYet {
    Pending,
    TooSoon,
    Denied,
    Expired,
    Unknown,
}

/// What the person agreed to, for the device to collect once.
pub(crate) struct Collected {
    pub(crate) subject: String,
    pub(crate) auth_time: i64,
    pub(crate) scopes: Vec<String>,
}

impl Devices {
    /// A new device; returns its device code and its user code.
    pub(crate) fn begin(&mut self, scopes: Vec<String>) -> (String, String) {
        let now = Instant::now();
        self.waiting
            .retain(|device| device.expires + LIFETIME > now);
        let device_code = random_token();
        let user_code = user_code();
        self.waiting.push(Device {
            code_hash: sha256(&device_code),
            user_code: user_code.clone(),
            scopes,
            expires: now + LIFETIME,
            asked: None,
            answer: None,
        });
        (device_code, user_code)
    }

    /// What a device that still waits asks for, by the code that a person typed: in any case of letters,
    /// with or without the hyphen.
    pub(crate) fn asked_by(&self, typed: &str) -> Option<(String, Vec<String>)> {
        let typed = plain(typed);
        let now = Instant::now();
        let found = self.waiting.iter().find(|device| {
            same(&plain(&device.user_code), &typed)
                && device.answer.is_none()
                && device.expires > now
        });
        found.map(|device| (device.user_code.clone(), device.scopes.clone()))
    }

    /// The person's answer, once; `false` if no such device waits any more.
    pub(crate) fn answer(&mut self, user_code: &str, answer: Answer) -> bool {
        let now = Instant::now();
        let found = self.waiting.iter_mut().find(|device| {
            device.user_code == user_code && device.answer.is_none() && device.expires > now
        });
        found.map(|device| device.answer = Some(answer)).is_some()
    }

    /// A device asks for its tokens.
    pub(crate) fn collect(&mut self, device_code: &str) -> Result<Collected, NotYet> {
        let (hash, now) = (sha256(device_code), Instant::now());
        let found = |device: &Device| same(&device.code_hash, &hash);
        let index = self.waiting.iter().position(found).ok_or(NotYet::Unknown)?;
        let device = &mut self.waiting[index];
        let soon = device
            .asked
            .is_some_and(|asked| now + LENIENCE < asked + INTERVAL);
        device.asked = Some(now);
        if device.expires <= now {
            return Err(NotYet::Expired);
        }
        match &device.answer {
            _ if soon => Err(NotYet::TooSoon),
            None => Err(NotYet::Pending),
            Some(Answer::Denied) => Err(NotYet::Denied),
            Some(Answer::Allowed { .. }) => {
                let device = self.waiting.swap_remove(index);
                match device.answer {
                    Some(Answer::Allowed { subject, auth_time }) => Ok(Collected {
                        subject,
                        auth_time,
                        scopes: device.scopes,
                    }),
                    _ => Err(NotYet::Unknown),
                }
            }
        }
    }
}

/// Eight letters with a hyphen between: 34 bits, for ten minutes.
fn user_code() -> String {
    let mut code: String = (0..8)
        .map(|_| char::from(LETTERS[rand::random_range(0..LETTERS.len())]))
        .collect();
    code.insert(4, '-');
    code
}

fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_device_collects_once_what_was_allowed() {
        let mut devices = Devices::default();
        let (code, typed) = devices.begin(vec!["openid".to_owned()]);
        assert_eq!(devices.collect(&code).err(), Some(NotYet::Pending));
        assert_eq!(devices.collect(&code).err(), Some(NotYet::TooSoon));
        let (known, _) = devices
            .asked_by(&typed.to_lowercase().replace('-', " "))
            .unwrap();
        assert_eq!(known, typed);
        let answer = Answer::Allowed {
            subject: "penny".to_owned(),
            auth_time: 1,
        };
        assert!(devices.answer(&typed, answer.clone()));
        assert!(!devices.answer(&typed, answer), "a person answers once");
        std::thread::sleep(INTERVAL);
        assert_eq!(devices.collect(&code).unwrap().subject, "penny");
        assert_eq!(devices.collect(&code).err(), Some(NotYet::Unknown));
    }
}
