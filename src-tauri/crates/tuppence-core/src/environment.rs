//! Set-up values from the environment, read once when the process starts.

use std::collections::BTreeMap;

use native_oauth::SecretText;

/// The variables that the core looks at, as they were at the start.
#[derive(Clone, Default)]
pub struct Environment {
    values: BTreeMap<String, SecretText>,
}

impl Environment {
    /// Prefixes of the names that are read.
    const PREFIXES: [&str; 3] = ["QUOTA_", "CHUTES_", "OPENROUTER_BASE_URL"];

    /// The variables of this process.
    pub fn of_process() -> Self {
        std::env::vars()
            .filter(|(name, value)| {
                !value.is_empty() && Self::PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            })
            .collect()
    }

    /// A value that is no secret.
    pub fn value(&self, name: &str) -> Option<&str> {
        (!name.ends_with("_SECRET"))
            .then(|| self.values.get(name).map(SecretText::expose))
            .flatten()
    }

    /// A client secret.
    pub fn secret(&self, name: &str) -> Option<&SecretText> {
        self.values.get(name)
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        let values = variables
            .into_iter()
            .map(|(name, value)| (name, SecretText::new(value)))
            .collect();
        Self { values }
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}
