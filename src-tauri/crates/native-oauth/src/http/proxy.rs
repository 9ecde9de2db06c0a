//! Proxies, as the environment names them.

use reqwest::{NoProxy, Proxy};

/// What is on this machine is never reached through a proxy.
const LOOPBACK: &str = "127.0.0.0/8,::1,localhost";

/// The proxies for `https` and `http`. Each kind has its own variable, and `ALL_PROXY` for both;
/// lower case counts too, and goes first as in curl.
pub(super) fn from_environment(
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Proxy>, reqwest::Error> {
    let first_of = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| variable(name))
            .filter(|value| !value.trim().is_empty())
    };
    let exceptions = match first_of(&["no_proxy", "NO_PROXY"]) {
        Some(list) => format!("{LOOPBACK},{list}"),
        None => LOOPBACK.to_owned(),
    };
    let mut proxies = Vec::new();
    if let Some(address) = first_of(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]) {
        proxies.push(Proxy::https(address)?);
    }
    // `HTTP_PROXY` in capitals can be set by a request header where a program runs as CGI; this one never does.
    if let Some(address) = first_of(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]) {
        proxies.push(Proxy::http(address)?);
    }
    let except = |proxy: Proxy| proxy.no_proxy(NoProxy::from_string(&exceptions));
    Ok(proxies.into_iter().map(except).collect())
}
