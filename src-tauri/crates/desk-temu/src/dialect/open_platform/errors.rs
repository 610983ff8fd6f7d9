//! What the open platform's codes mean (open platform § 5): the US/EU/Global gateways' numbers, CN/PA's own, and the APIs' families.

use crate::error::ErrorKind;

/// Unknown codes count as a refusal of the request: never retried, shown with code and words.
pub(super) fn classify(code: i64) -> ErrorKind {
    match code {
        1_000_000..=9_999_999 => gateway(code),
        110_020_001..=110_020_009 => authorization(code),
        140_020_001..=140_020_015 => orders(code),
        // Goods: system error, try later.
        150_010_002 | 150_010_005 => ErrorKind::Unavailable,
        // Goods: no such mall, or the goods are another mall's.
        150_010_105 | 150_010_188 => ErrorKind::NotFound,
        // Promotions: system error.
        220_010_002 => ErrorKind::Unavailable,
        // Promotions: canceled, ended.
        220_010_003 | 220_010_004 => ErrorKind::NotFound,
        _ => ErrorKind::InvalidParameter,
    }
}

/// 7000000 is a business service error on the US/EU/Global gateways. On CN/PA it means "no type", which a call of ours never lacks.
fn gateway(code: i64) -> ErrorKind {
    match code {
        3_000_001 | 7_000_015 => ErrorKind::SignatureRejected,
        3_000_011 | 3_000_012 | 7_000_010 | 7_000_011 => ErrorKind::ClockSkew,
        3_000_020 | 3_000_026 | 3_000_033 | 7_000_006 => ErrorKind::WrongRegion,
        3_000_021 | 3_000_022 | 3_000_027 | 3_000_028 | 3_000_032 | 7_000_005 | 7_000_019
        | 7_000_022 => ErrorKind::ScopeMissing,
        3_000_034 | 7_000_007 => ErrorKind::TokenExpired,
        3_000_031 | 5_000_000 | 7_000_018 | 7_000_020 => ErrorKind::TokenRevoked,
        4_000_000 | 6_000_001 | 7_000_000 => ErrorKind::Unavailable,
        4_000_004 => ErrorKind::RateLimited { retry_after: None },
        5_000_003 => ErrorKind::IpNotAllowed,
        _ => ErrorKind::InvalidParameter,
    }
}

fn authorization(code: i64) -> ErrorKind {
    match code {
        110_020_001 => ErrorKind::Unavailable,
        110_020_002 | 110_020_003 => ErrorKind::CodeRejected,
        110_020_007 => ErrorKind::RateLimited { retry_after: None },
        _ => ErrorKind::InvalidParameter,
    }
}

fn orders(code: i64) -> ErrorKind {
    match code {
        140_020_001 => ErrorKind::FullManaged,
        140_020_002 => ErrorKind::NotFound,
        // The seller has not signed an agreement.
        140_020_003 => ErrorKind::ScopeMissing,
        // Amounts that are still calculated are not there yet; waiting a few seconds does not bring them.
        140_020_008 => ErrorKind::NotFound,
        // Fields of the detail that are still calculated.
        140_020_009 => ErrorKind::Unavailable,
        _ => ErrorKind::InvalidParameter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_its_kind() {
        let limited = ErrorKind::RateLimited { retry_after: None };
        let table: &[(ErrorKind, &[i64])] = &[
            (ErrorKind::SignatureRejected, &[3000001, 7000015]),
            (ErrorKind::ClockSkew, &[3000011, 3000012, 7000010, 7000011]),
            (
                ErrorKind::WrongRegion,
                &[3000020, 3000026, 3000033, 7000006],
            ),
            (
                ErrorKind::ScopeMissing,
                &[
                    3000021, 3000022, 3000027, 3000028, 3000032, 7000005, 7000019, 7000022,
                    140020003,
                ],
            ),
            (ErrorKind::TokenExpired, &[3000034, 7000007]),
            (
                ErrorKind::TokenRevoked,
                &[3000031, 5000000, 7000018, 7000020],
            ),
            (
                ErrorKind::Unavailable,
                &[
                    4000000, 6000001, 7000000, 110020001, 140020009, 150010002, 150010005,
                    220010002,
                ],
            ),
            (limited, &[4000004, 110020007]),
            (ErrorKind::IpNotAllowed, &[5000003]),
            (ErrorKind::CodeRejected, &[110020002, 110020003]),
            (ErrorKind::FullManaged, &[140020001]),
            (
                ErrorKind::NotFound,
                &[
                    140020002, 140020008, 150010105, 150010188, 220010003, 220010004,
                ],
            ),
            (
                ErrorKind::InvalidParameter,
                &[
                    2000000, 3000000, 3000002, 3000003, 3000004, 3000010, 3000013, 3000014,
                    3000019, 3000025, 3000030, 3000040, 5000001, 5000002, 7000002, 7000003,
                    7000008, 7000013, 7000014, 7000016, 110020005, 110020006, 110020008, 110020009,
                    140020012, 140020013, 140020014, 140020015, 150010003, 220010001, 0, -1,
                    999999999,
                ],
            ),
        ];
        for (kind, codes) in table {
            for code in *codes {
                assert_eq!(classify(*code), *kind, "{code}");
            }
        }
    }
}
