//! What the platform says about waiting, and about the time, over real sockets.

use std::time::Duration;

use desk_sandbox::FaultKind;
use desk_temu::ErrorKind;

use super::{DIALECTS, wire::Client};

const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const SOON: &str = "Sun, 06 Nov 1994 08:50:07 GMT";
const EARLIER: &str = "Sun, 06 Nov 1994 08:49:07 GMT";

fn complaint(status: u16, retry_after: Option<&str>) -> FaultKind {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut headers = vec![header("date", NOW)];
    headers.extend(retry_after.map(|text| header("retry-after", text)));
    FaultKind::Foreign {
        status,
        headers,
        body: Vec::new(),
    }
}

#[tokio::test]
async fn f3_retry_after_is_obeyed_to_the_second() {
    let client = Client::new(DIALECTS[0]).await;
    for status in [429, 503] {
        for (text, seconds) in [("11", 11), (SOON, 30), ("900", 900)] {
            client
                .page(&complaint(status, Some(text)), 1)
                .await
                .unwrap();
            let waits = client.new_waits();
            let waited: Duration = waits.iter().sum();
            assert_eq!(
                waited.as_secs(),
                seconds,
                "HTTP {status}, {text}: {waits:?}"
            );
        }
    }
}

#[tokio::test]
async fn f3_nonsense_in_retry_after_is_no_wish() {
    let client = Client::new(DIALECTS[1]).await;
    for text in [
        None,
        Some("-7"),
        Some("0"),
        Some("soon"),
        Some("1e9"),
        Some(EARLIER),
        Some(""),
    ] {
        client.page(&complaint(429, text), 1).await.unwrap();
        let waits = client.new_waits();
        assert_eq!(waits.len(), 1, "{text:?}");
        assert!((4..=5).contains(&waits[0].as_secs()), "{text:?}: {waits:?}");
    }
}

#[tokio::test]
async fn f3_an_absurd_retry_after_is_handed_over() {
    for (text, seconds) in [
        ("901", 901),
        ("86400", 86_400),
        ("99999999999999999999", 86_400),
    ] {
        let client = Client::new(DIALECTS[0]).await;
        let error = client.error(&complaint(429, Some(text))).await;
        let retry_after = Some(Duration::from_secs(seconds));
        assert_eq!(error.kind, ErrorKind::RateLimited { retry_after });
        assert_eq!((client.bodies().len(), client.new_waits().len()), (1, 0));
    }
}

#[tokio::test]
async fn f3_errors_within_http_200_are_waited_out_and_named() {
    for (dialect, code) in [
        (DIALECTS[0], 5001),
        (DIALECTS[1], 4_000_000),
        (DIALECTS[1], 4_000_004),
    ] {
        let client = Client::new(dialect).await;
        let fault = FaultKind::BusinessError { code };
        client.page(&fault, 2).await.unwrap();
        assert_eq!(client.bodies().len(), 3);
        let error = client.error(&fault).await;
        assert_eq!(error.platform_code, Some(code));
        let trouble = matches!(
            error.kind,
            ErrorKind::Unavailable | ErrorKind::RateLimited { .. }
        );
        assert!(trouble, "{:?}", error.kind);
    }
}

#[tokio::test]
async fn f8_a_wrong_date_on_a_right_answer_moves_no_clock() {
    for dialect in DIALECTS {
        let client = Client::new(dialect).await;
        for text in [
            Some(NOW),
            Some("Tue, 01 Jan 2999 00:00:00 GMT"),
            Some("yesterday"),
            None,
        ] {
            let honest = client.page(&FaultKind::Empty, 0).await.unwrap().server_time;
            let fault = FaultKind::Date {
                text: text.map(str::to_owned),
            };
            let told = client.page(&fault, 1).await.unwrap().server_time;
            let moved = told - honest;
            assert!(moved.abs() <= 60, "{text:?}: {moved} s for {:?}", dialect.0);
            let after = client.page(&FaultKind::Empty, 0).await.unwrap().server_time;
            assert!((after - honest).abs() <= 60);
            assert_eq!(
                client.bodies().len(),
                1,
                "and the next call needs no second try"
            );
        }
    }
}
