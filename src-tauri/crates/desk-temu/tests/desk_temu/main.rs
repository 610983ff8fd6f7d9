//! The crate from outside: a scripted network, and the stand-in platform over real HTTP.
