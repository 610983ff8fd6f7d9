//! Reads an authorization callback. It is an attacker's input: size, scheme, host, path and keys are checked before anything is used.

use desk_model::Secret;
use url::Url;

use crate::error::Error;

/// Where the operating system hands consents to the app.
pub const CALLBACK_URL: &str = "sellerdesk://oauth/callback";

const LONGEST: usize = 4096;

/// A well-formed callback; whether anybody waits for it is decided by its `state`.
#[derive(Debug)]
pub struct Callback {
    /// What the consent page answered.
    pub answer: CallbackAnswer,
    /// The one-time value that the app sent along.
    pub state: Option<Secret>,
    /// The open platform's host for the shop.
    pub callback_host: Option<String>,
}

/// What the consent page answered.
#[derive(Debug)]
pub enum CallbackAnswer {
    /// A code to exchange.
    Code(Secret),
    /// A refusal, by its OAuth error name.
    Refused(String),
}

/// Reads a redirected address: the custom scheme, loopback or https, as an app may have registered.
pub fn parse_callback(text: &str) -> Result<Callback, Error> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(Error::LinkMalformed("it is too long"));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::LinkMalformed("it contains control characters"));
    }
    let url = Url::parse(text).map_err(|_| Error::LinkMalformed("it is no address"))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(Error::LinkMalformed(
            "it has parts that do not belong there",
        ));
    }
    match (url.scheme(), url.host_str()) {
        ("sellerdesk", Some("oauth")) if url.path() == "/callback" && url.port().is_none() => {}
        ("http", Some("127.0.0.1" | "localhost" | "[::1]")) | ("https", Some(_)) => {}
        _ => return Err(Error::LinkMalformed("it leads somewhere else")),
    }
    read_query(&url)
}

fn read_query(url: &Url) -> Result<Callback, Error> {
    let (mut code, mut state, mut error, mut callback_host) = (None, None, None, None);
    for (key, value) in url.query_pairs() {
        let place = match key.as_ref() {
            "code" => &mut code,
            "state" => &mut state,
            "error" => &mut error,
            "callback_host" => &mut callback_host,
            "app_key" | "error_description" => continue,
            _ => return Err(Error::LinkMalformed("it has an unknown part")),
        };
        if place.replace(value.into_owned()).is_some() {
            return Err(Error::LinkMalformed("a part stands in it twice"));
        }
    }
    let answer = match (code, error) {
        (Some(code), None) if !code.is_empty() => CallbackAnswer::Code(Secret::new(code)),
        (None, Some(error)) if is_name(&error) => CallbackAnswer::Refused(error),
        _ => {
            return Err(Error::LinkMalformed(
                "it holds neither a code nor a refusal",
            ));
        }
    };
    Ok(Callback {
        answer,
        state: state.map(Secret::new),
        callback_host,
    })
}

/// Whether an error is called by a name. Whatever else stands there, a state that a broken link ran together with it, must not be shown.
fn is_name(error: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !error.is_empty() && error.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_landings_are_read() {
        for address in [
            "sellerdesk://oauth/callback",
            "http://127.0.0.1:4711/oauth/callback",
            "https://erp.example/temu",
        ] {
            let callback = parse_callback(&format!(
                "{address}?code=made-up&state=s&app_key=k&callback_host=h"
            ))
            .unwrap();
            assert!(
                matches!(callback.answer, CallbackAnswer::Code(code) if code.expose() == "made-up")
            );
            assert_eq!(callback.state.unwrap().expose(), "s");
            assert_eq!(callback.callback_host.as_deref(), Some("h"));
        }
        let refused =
            parse_callback("sellerdesk://oauth/callback?error=access_denied&state=s").unwrap();
        assert!(
            matches!(refused.answer, CallbackAnswer::Refused(reason) if reason == "access_denied")
        );
    }

    #[test]
    fn anything_else_is_refused() {
        let long = format!("sellerdesk://oauth/callback?code={}", "a".repeat(LONGEST));
        for text in [
            "",
            "sellerdesk://oauth/callback",
            "sellerdesk://oauth/callback?state=s",
            "sellerdesk://oauth/callback?code=",
            "sellerdesk://oauth/callback?code=a&code=b",
            "sellerdesk://oauth/callback?code=a&state=s&state=t",
            "sellerdesk://oauth/callback?code=a&error=b",
            "sellerdesk://oauth/callback?code=a&token=t",
            "sellerdesk://oauth/callback?error=",
            "sellerdesk://oauth/callback?error=access_denieate=made-up-state",
            "sellerdesk://oauth/callback/../x?code=a",
            "sellerdesk://user@oauth/callback?code=a",
            "sellerdesk://oauth:1/callback?code=a",
            "sellerdesk://evil/callback?code=a",
            "sellerdesk:code=a",
            "http://evil.example/?code=a",
            "file:///oauth/callback?code=a",
            "javascript:alert(1)",
            "sellerdesk://oauth/callback?code=a\0b",
            &long,
        ] {
            assert!(
                matches!(parse_callback(text), Err(Error::LinkMalformed(_))),
                "{text:.60}"
            );
        }
    }
}
