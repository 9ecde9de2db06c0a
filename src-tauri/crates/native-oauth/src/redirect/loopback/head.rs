/// The head of a request, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RequestHead {
    pub(crate) method: String,
    /// Without the query, as sent: nothing is decoded or normalised, so only the exact path matches.
    pub(crate) path: String,
    /// Without the question mark; empty if there is none.
    pub(crate) query: String,
}

/// Why a request is refused before anybody looks at what it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadHead {
    /// This is no HTTP/1 request.
    Malformed,
    /// It was not sent to this very address: a DNS name that was made to point here (DNS rebinding).
    OtherHost,
}

impl RequestHead {
    /// Reads a head, up to its empty line, that must be addressed to `host` (address and port).
    pub(super) fn parse(head: &[u8], host: &str) -> Result<Self, BadHead> {
        let text = std::str::from_utf8(head).map_err(|_| BadHead::Malformed)?;
        let mut lines = text.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(BadHead::Malformed);
        };
        let is_method = !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase());
        // Only the origin form; the absolute form is for proxies.
        if !is_method || !target.starts_with('/') || !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
            return Err(BadHead::Malformed);
        }
        let mut hosts = lines
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
            .map(|(_, value)| value.trim());
        match (hosts.next(), hosts.next()) {
            (Some(named), None) if named == host => {}
            (Some(_), None) => return Err(BadHead::OtherHost),
            _ => return Err(BadHead::Malformed),
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
        })
    }
}
