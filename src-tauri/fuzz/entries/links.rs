//! Addresses that come back from a consent page, and what a person pastes: an attacker's input.

use desk_engine::{CallbackAnswer, Pasted, parse_callback, parse_pasted};

/// Reads a link, and the same text as something pasted.
pub(crate) fn read(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Ok(callback) = parse_callback(&text) {
        let scheme = text
            .trim()
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        assert!(
            ["sellerdesk", "http", "https"].contains(&scheme.as_str()),
            "{scheme}"
        );
        if let CallbackAnswer::Code(code) = &callback.answer {
            assert!(!code.expose().is_empty());
        }
        // Where the shop is called belongs to nobody in particular.
        let host = callback.callback_host.clone().unwrap_or_default();
        assert!(
            host.contains("made-up") || !format!("{callback:?}").contains("made-up"),
            "neither code nor state is shown"
        );
    }
    match parse_pasted(&text) {
        Ok(Pasted::Word(word)) => {
            assert!(!word.expose().is_empty() && word.expose().len() <= 4096);
            assert!(!word.expose().contains(char::is_whitespace));
        }
        Ok(Pasted::Link(_)) => assert!(parse_callback(&text).is_ok()),
        Err(error) => assert!(!error.to_string().contains("made-up")),
    }
}
