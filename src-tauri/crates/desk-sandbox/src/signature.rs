//! Checks signatures, with code of its own: a client that shared it could not be proven wrong.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::Dialect;
use crate::body::{Body, SignedForm};

/// The guide's signature: HMAC-SHA256 keyed with the secret, upper-case hex.
pub(crate) fn guide_accepts(body: &Body, secret: &str, sign: &str) -> bool {
    guide_sign(&body.signed_text(SignedForm::PLAIN), secret) == sign
}

/// The open platform's signature: MD5, upper-case hex (§2.1). Forms that sources disagree about all pass.
pub(crate) fn open_platform_accepts(body: &Body, secret: &str, sign: &str) -> bool {
    [(false, false), (true, false), (false, true), (true, true)]
        .into_iter()
        .any(|(escaped_strings, written_nulls)| {
            open_platform_sign(
                &body.signed_text(SignedForm {
                    escaped_strings,
                    written_nulls,
                }),
                secret,
            ) == sign
        })
}

fn guide_sign(text: &str, secret: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(wrapped(text, secret).as_bytes());
    hex::encode_upper(mac.finalize().into_bytes())
}

fn open_platform_sign(text: &str, secret: &str) -> String {
    hex::encode_upper(Md5::digest(wrapped(text, secret)))
}

fn wrapped(text: &str, secret: &str) -> String {
    format!("{secret}{text}{secret}")
}

/// The signature of a JSON body (its own `sign` left out), for tests without a client of their own.
/// None when the body is not a JSON object.
pub fn sign(dialect: Dialect, body: &[u8], secret: &str) -> Option<String> {
    let text = Body::parse(body)?.signed_text(SignedForm::PLAIN);
    Some(match dialect {
        Dialect::Guide => guide_sign(&text, secret),
        Dialect::OpenPlatform => open_platform_sign(&text, secret),
    })
}
