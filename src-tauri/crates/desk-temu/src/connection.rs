//! Makes a call: takes a turn, signs, sends, opens the answer, classifies what went wrong, tries again.

use std::{sync::Arc, time::Duration};

use desk_model::{Clock, GatewayApp, Secret, UnixSeconds};
use serde_json::value::RawValue;
use url::Url;

use crate::{
    call::{Answer, Call, Refusal},
    clock::{ServerClock, parse_http_date},
    dialect::{Wire, wire},
    error::{Error, ErrorKind},
    rate_limit::RateLimit,
    retry,
    row::Malformed,
    transport::{HttpRequest, HttpResponse, Transport},
};

/// A timestamp may be 300 s off on both platforms, and an exchange takes at most 60 s.
const MOST_SECONDS_APART: i64 = 360;

/// What lasts from call to call.
pub(crate) struct Connection {
    pub(crate) app: GatewayApp,
    pub(crate) wire: &'static dyn Wire,
    app_secret: Secret,
    transport: Arc<dyn Transport>,
    clock: ServerClock,
    rate_limit: Arc<RateLimit>,
}

/// An attempt that failed.
struct Failure {
    error: Error,
    retry_after: Option<Duration>,
    /// Our time was wrong and has been set right.
    clock_corrected: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            retry_after: None,
            clock_corrected: false,
        }
    }
}

impl Connection {
    pub(crate) fn new(
        app: &GatewayApp,
        app_secret: Secret,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        rate_limit: Arc<RateLimit>,
    ) -> Self {
        Self {
            app: app.clone(),
            wire: wire(app.dialect),
            app_secret,
            transport,
            clock: ServerClock::new(clock),
            rate_limit,
        }
    }

    pub(crate) fn server_now(&self) -> UnixSeconds {
        self.clock.now()
    }

    pub(crate) fn clock_offset_seconds(&self) -> i64 {
        self.clock.offset_seconds()
    }

    /// An address below the base URL.
    pub(crate) fn url(&self, path: &str) -> Result<Url, Error> {
        Url::parse(&format!("{}/{path}", self.app.base_url)).map_err(|_| {
            Error::new(
                ErrorKind::InvalidParameter,
                "the base URL of the gateway is no address",
            )
        })
    }

    /// Makes the call, as often as its failures deserve. A payload that `read` refuses counts as a broken answer.
    pub(crate) async fn call<T>(
        &self,
        call: &Call<'_>,
        read: impl Fn(Option<&RawValue>) -> Result<T, Malformed> + Sync,
    ) -> Result<Answer<T>, Error> {
        let mut attempt = 1;
        let mut clock_corrected = false;
        loop {
            let failure = match self.attempt(call, &read).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if failure.clock_corrected && !clock_corrected {
                clock_corrected = true;
                continue;
            }
            let kind = failure.error.kind;
            let jitter = retry::jitter(&self.sign(call, self.clock.now())?);
            let Some(wait) = retry::wait(kind, failure.retry_after, attempt, call.priority, jitter)
            else {
                let error = Error {
                    kind: retry::final_kind(kind, failure.retry_after),
                    ..failure.error
                };
                return Err(self.scrub(call, error));
            };
            tracing::info!(
                endpoint = call.endpoint,
                attempt,
                ?kind,
                ?wait,
                "a call failed and will be made again"
            );
            self.clock.sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        read: &(impl Fn(Option<&RawValue>) -> Result<T, Malformed> + Sync),
    ) -> Result<Answer<T>, Failure> {
        let turn = self.rate_limit.turn(call.priority, &self.clock).await;
        turn.map_err(still_paused)?;
        let timestamp = self.clock.now();
        let request = self.sign(call, timestamp)?;
        let sent = self.transport.post(&request).await;
        let response = sent.map_err(Error::from)?;
        let result = self.open(call, &response, timestamp, read);
        match &result {
            Ok(_) => self.rate_limit.recover(),
            Err(failure) => self.heed(failure),
        }
        result
    }

    /// Does what a complaint of the platform asks for, on behalf of everybody who calls with this app.
    fn heed(&self, failure: &Failure) {
        let limited = matches!(failure.error.kind, ErrorKind::RateLimited { .. });
        if limited {
            self.rate_limit.slow_down();
        }
        if let Some(asked) = failure.retry_after
            && (limited || failure.error.kind == ErrorKind::Unavailable)
        {
            self.rate_limit.pause(asked, &self.clock);
        }
    }

    fn sign(&self, call: &Call<'_>, timestamp: UnixSeconds) -> Result<HttpRequest, Error> {
        let mut fields = call.fields.clone();
        self.wire
            .add_common_fields(&mut fields, call, &self.app.app_key, timestamp);
        let sign = self.wire.sign(&fields.joined(), &self.app_secret);
        Ok(HttpRequest {
            url: self.url(self.wire.path(call))?,
            body: fields.into_body(sign),
        })
    }

    fn open<T>(
        &self,
        call: &Call<'_>,
        response: &HttpResponse,
        timestamp: UnixSeconds,
        read: &impl Fn(Option<&RawValue>) -> Result<T, Malformed>,
    ) -> Result<Answer<T>, Failure> {
        let date = response.date.as_deref().and_then(parse_http_date);
        let server_time = date.unwrap_or_else(|| self.clock.now());
        refuse_status(response, server_time)?;
        let body = std::str::from_utf8(&response.body).map_err(|_| no_envelope(response))?;
        let envelope = self.wire.open(body).map_err(|_| no_envelope(response))?;
        // Only an answer of the platform's own tells its time: a login page in between may think otherwise.
        match envelope.outcome {
            Ok(payload) => {
                let server_time = self.observe(date, timestamp);
                let value = read(payload)
                    .map_err(|Malformed(reason)| {
                        Error::new(ErrorKind::Malformed, format!("{}: {reason}", call.endpoint))
                    })
                    .map_err(|error| Error {
                        request_id: envelope.request_id,
                        ..error
                    })?;
                Ok(Answer { value, server_time })
            }
            Err(refusal) => {
                let seconds_off = date.map(|date| date - timestamp);
                let mut failure = self.refused(refusal, envelope.request_id, seconds_off);
                if failure.clock_corrected {
                    failure.error.clock_ahead_seconds = date.map(|date| self.clock.ahead_of(date));
                }
                match date {
                    Some(date) if failure.clock_corrected => self.clock.observe(date),
                    _ => drop(self.observe(date, timestamp)),
                }
                failure.retry_after = retry_after(response, server_time);
                Err(failure)
            }
        }
    }

    /// The server's time when it answered a call that it did not refuse for its timestamp: then the two were close, and a
    /// `Date` that says otherwise is wrong.
    fn observe(&self, date: Option<UnixSeconds>, timestamp: UnixSeconds) -> UnixSeconds {
        let plausible = |date: &UnixSeconds| (*date - timestamp).abs() <= MOST_SECONDS_APART;
        match date.filter(plausible) {
            Some(date) => {
                self.clock.observe(date);
                date
            }
            None => self.clock.now(),
        }
    }

    fn refused(
        &self,
        refusal: Refusal,
        request_id: Option<String>,
        seconds_off: Option<i64>,
    ) -> Failure {
        let Refusal { code, message } = refusal;
        let blames_clock = self.wire.blames_clock(code, seconds_off);
        let kind = if blames_clock {
            ErrorKind::ClockSkew
        } else {
            self.wire.classify(code)
        };
        let error = Error {
            kind,
            message,
            platform_code: Some(code),
            request_id,
            clock_ahead_seconds: None,
        };
        Failure {
            error,
            retry_after: None,
            clock_corrected: blames_clock && seconds_off.is_some(),
        }
    }

    fn scrub(&self, call: &Call<'_>, error: Error) -> Error {
        let mut secrets: Vec<&Secret> = call.secrets().collect();
        secrets.push(&self.app_secret);
        error.scrubbed(&secrets)
    }
}

/// A call that was not made, because the platform asked for a pause that is too long to be waited for.
fn still_paused(left: Duration) -> Failure {
    let kind = ErrorKind::RateLimited {
        retry_after: Some(left),
    };
    let message = format!(
        "the platform asked for a pause of {} s more",
        left.as_secs()
    );
    Failure {
        retry_after: Some(left),
        ..Failure::from(Error::new(kind, message))
    }
}

/// Statuses that mean trouble whatever the body says.
fn refuse_status(response: &HttpResponse, server_time: UnixSeconds) -> Result<(), Failure> {
    let kind = match response.status {
        429 => ErrorKind::RateLimited { retry_after: None },
        408 | 425 | 500..=599 => ErrorKind::Unavailable,
        407 => ErrorKind::Network,
        _ => return Ok(()),
    };
    let error = Error::new(kind, format!("HTTP {}", response.status));
    Err(Failure {
        retry_after: retry_after(response, server_time),
        ..Failure::from(error)
    })
}

/// What an answer means that is none of the platform's.
fn no_envelope(response: &HttpResponse) -> Error {
    match response.status {
        403 => Error::new(ErrorKind::IpNotAllowed, "HTTP 403"),
        status @ 400..=499 => Error::new(
            ErrorKind::InvalidParameter,
            format!("HTTP {status}: not the platform's address?"),
        ),
        status => Error::new(
            ErrorKind::Malformed,
            format!("HTTP {status} without an answer of the platform's"),
        ),
    }
}

fn retry_after(response: &HttpResponse, server_time: UnixSeconds) -> Option<Duration> {
    retry::parse_retry_after(response.retry_after.as_deref()?, server_time)
}
