//! Product pictures: fetched here, kept on disk, served to the window as `desk-image://localhost/{address}`.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use desk_temu::HttpTransport;
use sha2::{Digest, Sha256};
use tauri::http::{Response, StatusCode, header};
use url::Url;

use crate::{desk::Desk, window::Opened};

/// Answers the protocol: from the cache, else from the network, else 404, which the window shows as a placeholder.
pub(crate) async fn answer(opened: &Opened, path: &str) -> Response<Vec<u8>> {
    let picture = match (opened.desk(), address_in(path)) {
        (Ok(desk), Some(address)) => find(&desk, &address).await,
        _ => None,
    };
    let (status, content_type, bytes) = match picture {
        Some((content_type, bytes)) => (StatusCode::OK, content_type, bytes),
        None => (StatusCode::NOT_FOUND, "text/plain", Vec::new()),
    };
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(content_type),
    );
    response
}

fn address_in(path: &str) -> Option<Url> {
    let address = percent_decoded(path.trim_start_matches('/'))?;
    Url::parse(&address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn percent_decoded(text: &str) -> Option<String> {
    // A query string of one nameless value decodes exactly the percent signs; plus signs are protected.
    let protected = text
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    url::form_urlencoded::parse(protected.as_bytes())
        .next()
        .map(|(address, _)| address.into_owned())
}

/// Only addresses that a stored row names are fetched, so that the window cannot make us call anything else.
async fn find(desk: &Desk, address: &Url) -> Option<(&'static str, Vec<u8>)> {
    let cached = cache_path(desk.profile.folder(), address);
    if let Ok(bytes) = std::fs::read(&cached) {
        return Some((kind_of(&bytes)?, bytes));
    }
    if !desk
        .engine
        .store()
        .has_picture(address.as_str())
        .await
        .unwrap_or(false)
    {
        return None;
    }
    let picture = client()?.get_picture(address).await.ok()?;
    let kind = kind_of(&picture.bytes)?;
    if let Some(folder) = cached.parent() {
        let beside = cached.with_extension("new");
        let kept = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&beside, &picture.bytes))
            .and_then(|()| std::fs::rename(&beside, &cached));
        if let Err(error) = kept {
            tracing::warn!(%error, "picture not cached");
        }
    }
    Some((kind, picture.bytes))
}

/// One client for all pictures, with the system's proxy.
fn client() -> Option<&'static HttpTransport> {
    static CLIENT: OnceLock<Option<HttpTransport>> = OnceLock::new();
    CLIENT
        .get_or_init(|| HttpTransport::new(None).ok())
        .as_ref()
}

fn cache_path(folder: &Path, address: &Url) -> PathBuf {
    folder
        .join("pictures")
        .join(hex::encode(Sha256::digest(address.as_str())))
}

/// By the first bytes, whatever the server claims; no SVG, which could carry script.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_the_protocol() {
        let address =
            address_in("/https%3A%2F%2Fimg.example%2Fa%20b%2B1.jpg%3Fx%3D1%26y%3D2").unwrap();
        assert_eq!(address.as_str(), "https://img.example/a%20b+1.jpg?x=1&y=2");
        assert!(address_in("/file%3A%2F%2F%2Fetc%2Fpasswd").is_none());
        assert!(address_in("/").is_none());
    }

    #[test]
    fn only_pictures_are_served() {
        assert_eq!(kind_of(b"\x89PNG\r\n"), Some("image/png"));
        assert_eq!(kind_of(b"<svg onload=alert(1)>"), None);
        assert_eq!(kind_of(b""), None);
    }
}
