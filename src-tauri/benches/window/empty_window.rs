//! What the app's window is held against: a Tauri window whose page is one line.

use tauri::{Builder, Url, WebviewUrl, WebviewWindowBuilder, http::Response};

/// Notes its first paint under the same name as the app's lists do.
const PAGE: &str = "<!doctype html><title>Empty</title><p>One line</p><script>
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('first-rows')))
</script>";

/// Shows the window until it is closed.
pub(crate) fn run() -> Result<(), tauri::Error> {
    Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let mut page = Response::new(PAGE.as_bytes());
            let html = tauri::http::HeaderValue::from_static("text/html");
            page.headers_mut()
                .insert(tauri::http::header::CONTENT_TYPE, html);
            page
        })
        .setup(|app| {
            let page = Url::parse("empty://localhost/")?;
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol(page))
                .title("Empty")
                .inner_size(1280.0, 820.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
