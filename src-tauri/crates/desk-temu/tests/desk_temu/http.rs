//! The real transport over real sockets.
