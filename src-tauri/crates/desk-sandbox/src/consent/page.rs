//! The HTML of the consent pages. Everything that comes from outside is escaped.

use super::Ask;
use crate::Dialect;
use crate::http::Response;
use crate::state::State;
use crate::world::{GUIDE_SCOPES, OPEN_PLATFORM_SCOPES, Shop};

const STYLE: &str = "\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { max-width: 30rem; margin: 1.5rem; padding: 2rem; border: 1px solid #8884; border-radius: 12px; box-shadow: 0 8px 30px #0002 }
h1 { font-size: 1.35rem; margin: 0 0 .5rem } p { margin: .5rem 0 } .note { color: GrayText; font-size: .875rem }
fieldset { border: 0; padding: 0; margin: 1.25rem 0 } legend { font-weight: 600; margin-bottom: .5rem }
label { display: block; padding: .6rem .8rem; margin-bottom: .4rem; border: 1px solid #8884; border-radius: 8px; cursor: pointer }
label small { color: GrayText } ul { padding-left: 1.2rem; margin: .25rem 0 } li { font: .8125rem ui-monospace, monospace }
footer { display: flex; gap: .75rem; margin-top: 1.5rem } button { flex: 1; padding: .7rem; font: inherit; border-radius: 8px; border: 1px solid #8886; background: none; color: inherit; cursor: pointer }
button[value=authorize] { background: #c2410c; border-color: #c2410c; color: #fff; font-weight: 600 }";

/// The page that asks; its form carries the request's own fields along.
pub(super) fn consent(state: &State, ask: &Ask, query: &[u8]) -> Response {
    let (kind, region, scopes) = match ask.dialect {
        Dialect::Guide => ("radio", "all regions".to_owned(), GUIDE_SCOPES),
        Dialect::OpenPlatform => ("checkbox", regions(state, ask), OPEN_PLATFORM_SCOPES),
    };
    // What the seller decides comes from the seller alone.
    let hidden: String = url::form_urlencoded::parse(query)
        .filter(|(name, _)| name != "shop_id" && name != "decision")
        .map(|(name, value)| {
            format!(
                r#"<input type="hidden" name="{}" value="{}">"#,
                escape(&name),
                escape(&value)
            )
        })
        .collect();
    let choices: String = ask
        .shops
        .iter()
        .enumerate()
        .map(|(position, shop)| {
            choice(state, ask.dialect, kind, &state.shops[*shop], position == 0)
        })
        .collect();
    let scopes: String = scopes
        .iter()
        .map(|scope| format!("<li>{}</li>", escape(scope)))
        .collect();
    let app_key = escape(&state.app_key(ask.dialect));
    document(
        200,
        &format!(
            r#"<h1>Seller Desk asks for access</h1>
<p class="note">App key {app_key} · {region} · stand-in platform, no real data</p>
<form method="post">{hidden}
<fieldset><legend>Shop</legend>{choices}</fieldset>
<fieldset><legend>It will be able to read</legend><ul>{scopes}</ul></fieldset>
<p class="note">You come back to {target}</p>
<footer><button name="decision" value="cancel">Cancel</button><button name="decision" value="authorize">Authorize</button></footer>
</form>"#,
            target = escape(&ask.redirect_text),
        ),
    )
}

/// What is wrong with the request; nothing is redirected.
pub(super) fn problem(message: &str) -> Response {
    document(
        400,
        &format!(
            "<h1>This request cannot be authorized</h1><p>{}</p>",
            escape(message)
        ),
    )
}

fn choice(state: &State, dialect: Dialect, kind: &str, shop: &Shop, checked: bool) -> String {
    let id = escape(&state.shop_id(dialect, shop.index));
    let checked = if checked { " checked" } else { "" };
    format!(
        r#"<label><input type="{kind}" name="shop_id" value="{id}"{checked}> {name} <small>{id} · {region} · {currency}</small></label>"#,
        name = escape(&shop.name),
        region = shop.region.name(),
        currency = shop.currency,
    )
}

fn regions(state: &State, ask: &Ask) -> String {
    let mut names: Vec<String> = ask
        .shops
        .iter()
        .map(|shop| state.shops[*shop].region.name())
        .collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

fn document(status: u16, content: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Authorize Seller Desk</title><style>{STYLE}</style></head><body><main>{content}</main></body></html>"
    );
    Response::new(status, "text/html; charset=utf-8", html)
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'",
        )
        .with_header("cache-control", "no-store")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
