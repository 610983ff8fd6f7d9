//! Speaks to a platform: sign, call, retry, parse, classify.
