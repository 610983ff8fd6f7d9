//! A strict stand-in for both platforms.
