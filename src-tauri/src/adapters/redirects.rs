//! Redirects to the app's private-use URI scheme (RFC 8252 section 7.1), as the system hands them over:
//! an argument of a start, which a running app hears of from the start that ends, or an event on macOS.
//!
//! Nothing here registers the scheme with the system: only a bundle can, and only one for a profile that
//! uses it (docs/decisions/0007-the-scheme-is-claimed-by-a-packager.md).

use tauri::Url;
use tuppence_core::PRIVATE_USE_SCHEME;

/// The addresses of our scheme among the arguments of a start; everything else is for others to read.
pub(crate) fn among<A: AsRef<str>>(arguments: impl IntoIterator<Item = A>) -> Vec<Url> {
    let urls = arguments
        .into_iter()
        .filter_map(|argument| Url::parse(argument.as_ref()).ok());
    of_our_scheme(urls)
}

/// Those that the system may hand us: whoever starts a program can give it any address.
pub(crate) fn of_our_scheme(urls: impl IntoIterator<Item = Url>) -> Vec<Url> {
    urls.into_iter()
        .filter(|url| url.scheme() == PRIVATE_USE_SCHEME)
        .collect()
}

/// This process's own arguments, without those that are no text.
pub(crate) fn of_this_start() -> Vec<Url> {
    among(std::env::args_os().filter_map(|argument| argument.into_string().ok()))
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn only_addresses_of_our_scheme_are_taken_from_the_arguments() {
        let redirect = "app.tuppence.desktop:/redirect/chutes?code=c&state=s";
        let arguments = [
            "/usr/bin/tuppence",
            "--data-dir",
            "/tmp/app.tuppence.desktop:/redirect",
            "https://provider.example/redirect?code=c",
            "other.example.app:/redirect",
            redirect,
        ];
        let found: Vec<String> = among(arguments).into_iter().map(String::from).collect();
        assert_eq!(found, [redirect]);
        assert!(among(["tuppence"]).is_empty());
    }
}
