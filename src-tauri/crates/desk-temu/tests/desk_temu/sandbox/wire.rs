//! A wire at its worst, over real sockets: what breaks costs a retry or ends in a named error, never in half a page.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use desk_model::{Dialect, Order, Page, Secret};
use desk_sandbox::{Fault, FaultKind, WireFault};
use desk_temu::{
    Error, ErrorKind, HttpRequest, HttpResponse, HttpTransport, Platform, TimeLimits, Transport,
    TransportError,
};
use serde_json::Value;

use super::{Access, DIALECTS, Stand, everything};
use crate::scripted::VirtualClock;

/// The production limits, twenty times faster.
pub(super) const LIMITS: TimeLimits = TimeLimits {
    connect: Duration::from_millis(500),
    idle: Duration::from_millis(1_000),
    total: Duration::from_millis(3_000),
};

const CUT: [WireFault; 8] = [
    WireFault::ResetBeforeAnswer,
    WireFault::ResetInBody,
    WireFault::StallBeforeAnswer,
    WireFault::StallInBody,
    // Each byte comes well within the idle limit: the total one ends it.
    WireFault::Trickle { milliseconds: 200 },
    WireFault::ContentLengthTooLong,
    WireFault::ContentLengthTooShort,
    WireFault::ChunkedCut,
];

/// The real transport, which keeps what it sent.
struct Recorder {
    transport: HttpTransport,
    bodies: Mutex<Vec<Value>>,
}

#[async_trait]
impl Transport for Recorder {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let body = serde_json::from_slice(&request.body).unwrap();
        self.bodies.lock().unwrap().push(body);
        self.transport.post(request).await
    }
}

/// A client of the stand-in that never waits between attempts.
pub(super) struct Client {
    stand: Stand,
    access: Access,
    platform: Platform,
    clock: Arc<VirtualClock>,
    recorder: Arc<Recorder>,
    known_waits: AtomicUsize,
}

impl Client {
    pub(super) async fn new(dialect: (Dialect, desk_sandbox::Dialect)) -> Self {
        let stand = Stand::new(dialect).await;
        let access = stand.access(0).await;
        let clock = Arc::new(VirtualClock::new());
        let recorder = Arc::new(Recorder {
            transport: HttpTransport::with_time_limits(None, LIMITS).unwrap(),
            bodies: Mutex::default(),
        });
        let secret = Secret::new(stand.credentials().app_secret);
        let app = stand.app();
        let platform = Platform::new(&app, secret, recorder.clone(), clock.clone(), 1_000);
        platform.test_connection(&access.caller()).await.unwrap();
        recorder.bodies.lock().unwrap().clear();
        Self {
            stand,
            access,
            platform,
            clock,
            recorder,
            known_waits: AtomicUsize::new(0),
        }
    }

    /// What reading a page ends in while every answer goes wrong.
    pub(super) async fn error(&self, kind: &FaultKind) -> Error {
        let page = self.page(kind, u32::MAX).await;
        page.err()
            .unwrap_or_else(|| panic!("{kind:?} went through"))
    }

    /// The first page of all orders, while that many answers go wrong.
    pub(super) async fn page(&self, kind: &FaultKind, times: u32) -> Result<Page<Order>, Error> {
        self.recorder.bodies.lock().unwrap().clear();
        let fault = Fault {
            kind: kind.clone(),
            times,
            call: None,
        };
        self.stand.sandbox.set_faults(vec![fault]);
        let (caller, query) = (self.access.caller(), everything(1));
        let page = self.platform.orders_page(&caller, &query).await;
        if let Err(error) = &page {
            self.tells_no_secret(error);
        }
        page
    }

    /// Waits of a second and more since they were last asked for.
    pub(super) fn new_waits(&self) -> Vec<Duration> {
        let waits = self.clock.long_waits();
        let known = self.known_waits.swap(waits.len(), Ordering::Relaxed);
        waits[known..].to_vec()
    }

    /// Bodies of the requests for the last page.
    pub(super) fn bodies(&self) -> Vec<Value> {
        self.recorder.bodies.lock().unwrap().clone()
    }

    fn tells_no_secret(&self, error: &Error) {
        let told = format!("{error} {error:?}");
        let mut secrets = vec![
            self.stand.credentials().app_secret,
            self.access.token.expose().to_owned(),
        ];
        secrets.extend(
            self.bodies()
                .iter()
                .map(|body| body["sign"].as_str().unwrap().to_owned()),
        );
        for secret in secrets {
            assert!(!told.contains(&secret), "{told}");
        }
    }
}

fn without_times(page: Page<Order>) -> Page<Order> {
    Page {
        server_time: desk_model::UnixSeconds(0),
        ..page
    }
}

#[tokio::test]
async fn f2_a_broken_connection_costs_one_signed_retry_and_no_row() {
    for dialect in DIALECTS {
        let client = Client::new(dialect).await;
        let nothing = FaultKind::Empty;
        let honest = without_times(client.page(&nothing, 0).await.unwrap());
        assert_eq!((honest.rows.len(), honest.total), (100, 300));
        for fault in CUT {
            let started = Instant::now();
            let page = client.page(&FaultKind::Wire(fault), 1).await;
            assert!(page.map(without_times) == Ok(honest.clone()), "{fault:?}");
            assert!(
                started.elapsed() < LIMITS.total * 2,
                "{fault:?}: {:?}",
                started.elapsed()
            );
            let bodies = client.bodies();
            let [first, second] = bodies.as_slice() else {
                panic!("{fault:?}: {} requests", bodies.len());
            };
            for field in ["sign", "timestamp"] {
                assert_ne!(
                    first[field], second[field],
                    "{fault:?}: signed again, later"
                );
            }
            let rest = |body: &Value| {
                let mut body = body.clone();
                body.as_object_mut()
                    .unwrap()
                    .retain(|name, _| name != "sign" && name != "timestamp");
                body
            };
            assert_eq!(
                rest(first),
                rest(second),
                "{fault:?}: the same question, in full"
            );
        }
    }
}

#[tokio::test]
async fn f2_a_connection_that_stays_broken_has_a_name() {
    let client = Client::new(DIALECTS[0]).await;
    for fault in CUT {
        let kind = match fault {
            // All that was told arrived, but it is half a body.
            WireFault::ContentLengthTooShort => ErrorKind::Malformed,
            _ => ErrorKind::Network,
        };
        let started = Instant::now();
        let error = client.error(&FaultKind::Wire(fault)).await;
        assert_eq!(
            (error.kind, client.bodies().len()),
            (kind, 3),
            "{fault:?}: {error}"
        );
        assert!(
            started.elapsed() < LIMITS.total * 4,
            "{fault:?}: {:?}",
            started.elapsed()
        );
    }
}

/// What stands where the platform's answer should.
fn strange_answers() -> Vec<FaultKind> {
    vec![
        FaultKind::login_page(),
        FaultKind::invalid_utf8(),
        FaultKind::nested(64),
        FaultKind::nested(10_000),
        FaultKind::ByteOrderMark,
        FaultKind::Malformed,
        FaultKind::Empty,
        FaultKind::Wire(WireFault::GzipBomb { megabytes: 64 }),
        FaultKind::Wire(WireFault::LongBody {
            megabytes: 64,
            declared: true,
        }),
        FaultKind::Wire(WireFault::LongBody {
            megabytes: 64,
            declared: false,
        }),
    ]
}

#[tokio::test]
async fn f4_what_is_no_answer_is_malformed_and_asked_again() {
    for dialect in DIALECTS {
        let client = Client::new(dialect).await;
        let honest = without_times(client.page(&FaultKind::Empty, 0).await.unwrap());
        for fault in strange_answers() {
            let error = client.error(&fault).await;
            assert_eq!(
                (error.kind, client.bodies().len()),
                (ErrorKind::Malformed, 3),
                "{fault:?}"
            );
            let page = client.page(&fault, 1).await;
            assert!(page.map(without_times) == Ok(honest.clone()), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn f4_a_redirect_leads_nowhere() {
    let elsewhere = Stand::new(DIALECTS[0]).await;
    for dialect in DIALECTS {
        let client = Client::new(dialect).await;
        let path = if dialect.0 == Dialect::Guide {
            "order/list"
        } else {
            "openapi/router"
        };
        let fault = FaultKind::redirect(&format!("{}/{path}", elsewhere.base_url));
        let error = client.error(&fault).await;
        assert_eq!(error.kind, ErrorKind::Malformed, "{error}");
    }
    assert_eq!(
        elsewhere.sandbox.calls(),
        [],
        "the token goes to nobody else"
    );
}

#[tokio::test]
async fn f4_strange_rows_do_not_cost_the_page() {
    for dialect in DIALECTS {
        let client = Client::new(dialect).await;
        let (field, code) = match dialect.0 {
            Dialect::Guide => ("order_sn", "error_code"),
            Dialect::OpenPlatform => ("parentOrderSn", "errorCode"),
        };
        let honest = without_times(client.page(&FaultKind::Empty, 0).await.unwrap());
        for fault in [
            FaultKind::nested_before(field, 64),
            FaultKind::nested_before(field, 10_000),
            FaultKind::duplicate_key(field),
            FaultKind::duplicate_key(code),
        ] {
            let page = client.page(&fault, 1).await.unwrap();
            assert_eq!(
                (page.len(), page.total, client.bodies().len()),
                (100, 300, 1)
            );
            assert!(
                page.unreadable.is_empty(),
                "{:?}",
                page.unreadable[0].reason
            );
            for (strange, right) in page.rows.iter().zip(&honest.rows) {
                assert_eq!(strange.value, right.value);
            }
            if fault == FaultKind::nested_before(field, 64) {
                assert!(page.rows.iter().all(|row| row.raw.contains("\"deep\":[[[")));
            }
        }
    }
}
