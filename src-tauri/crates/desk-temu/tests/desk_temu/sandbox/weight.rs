//! What an answer may weigh in memory, measured from outside: in a process of its own.

use std::{fs, process::Command, sync::Arc, time::Duration};

use desk_model::Secret;
use desk_sandbox::{Fault, FaultKind, WireFault};
use desk_temu::{ErrorKind, HttpTransport, Platform};

use super::{Access, DIALECTS, Stand, everything};
use crate::scripted::{VirtualClock, app, shop};

/// Set in the child: address, app_key, app_secret and token of the stand-in.
const STAND: &str = "DESK_TEST_STAND";
const LARGEST_GROWTH_KB: u64 = 64 * 1024;

/// A line of `/proc/self/status`, in kB.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|text| text.strip_prefix(line))
        .unwrap();
    line.trim_matches([':', ' ', '\t', 'k', 'B'])
        .parse()
        .unwrap()
}

/// Reads a page that cannot be read, and tells by how many kB the process grew meanwhile.
async fn weigh(stand: &str) -> u64 {
    let [base_url, app_key, app_secret, token] = stand.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{stand}");
    };
    let app = desk_model::GatewayApp {
        base_url: base_url.to_owned(),
        app_key: app_key.to_owned(),
        ..app(DIALECTS[0].0)
    };
    let transport = Arc::new(HttpTransport::new(None).unwrap());
    let clock = Arc::new(VirtualClock::new());
    let platform = Platform::new(&app, Secret::new(app_secret), transport, clock, 1_000);
    let access = Access {
        shop: shop(DIALECTS[0].0),
        token: Secret::new(token),
    };
    platform.token_info(&access.token).await.unwrap();
    // 5 sets the peak back to the present (proc(5)).
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS");
    let page = platform.orders_page(&access.caller(), &everything(1)).await;
    let error = page.expect_err("such an answer is refused");
    assert_eq!(error.kind, ErrorKind::Malformed, "{error}");
    memory("VmHWM").saturating_sub(before)
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn i12_f4_a_bomb_and_an_endless_body_weigh_little() {
    if let Ok(stand) = std::env::var(STAND) {
        let growth = weigh(&stand).await;
        assert!(growth < LARGEST_GROWTH_KB, "grew by {growth} kB");
        return;
    }
    let stand = Stand::new(DIALECTS[0]).await;
    let credentials = stand.credentials();
    let token = &credentials.shops[0].access_token;
    let told = format!(
        "{} {} {} {token}",
        stand.base_url, credentials.app_key, credentials.app_secret
    );
    for fault in [
        WireFault::GzipBomb { megabytes: 4_096 },
        WireFault::LongBody {
            megabytes: 200,
            declared: true,
        },
        WireFault::LongBody {
            megabytes: 200,
            declared: false,
        },
    ] {
        stand.sandbox.set_faults(vec![Fault {
            kind: FaultKind::Wire(fault),
            times: u32::MAX,
            call: Some("order/list".to_owned()),
        }]);
        let mut child = Command::new(std::env::current_exe().unwrap());
        let test = "sandbox::weight::i12_f4_a_bomb_and_an_endless_body_weigh_little";
        child.args(["--exact", test]).env(STAND, &told);
        let run = tokio::task::spawn_blocking(move || child.output());
        let output = tokio::time::timeout(Duration::from_secs(60), run).await;
        let output = output.expect("it gives up soon").unwrap().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{fault:?}: {text}"
        );
    }
}
