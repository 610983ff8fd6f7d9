//! The nouns of Seller Desk.
