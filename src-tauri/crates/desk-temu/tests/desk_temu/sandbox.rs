//! Against the stand-in platform over HTTP.
