//! Money in minor units.

/// Minor units as decimal text with the currency's number of decimals: `1299` and 2 → `12.99`.
pub(crate) fn decimal(minor: i64, decimals: u32) -> String {
    if decimals == 0 {
        return minor.to_string();
    }
    let unit = 10_i64.pow(decimals);
    let sign = if minor < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:0width$}",
        (minor / unit).abs(),
        (minor % unit).abs(),
        width = decimals as usize
    )
}
