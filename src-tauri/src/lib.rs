//! Seller Desk.
