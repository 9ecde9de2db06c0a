//! What is logged: what the host's variable asks for, and never anybody's words.

/// Crates that write the text they work on into their own debug logs.
const TALKERS: [&str; 4] = ["html5ever", "markup5ever", "ammonia", "selectors"];

/// The directives for a host's log, in `tracing`'s syntax. Without `given` only errors are logged.
pub fn log_directives(given: Option<&str>) -> String {
    let mut directives = given.unwrap_or("error").to_owned();
    for name in TALKERS {
        directives.push_str(&format!(",{name}=off"));
    }
    directives
}

#[cfg(test)]
mod tests {
    use super::log_directives;

    #[test]
    fn asking_for_everything_does_not_log_what_people_wrote() {
        let directives = log_directives(Some("trace"));
        assert!(directives.starts_with("trace,"));
        assert!(directives.contains("html5ever=off"));
        assert!(log_directives(None).starts_with("error,"));
    }
}
