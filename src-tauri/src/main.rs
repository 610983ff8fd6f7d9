//! Seller Desk: a window, or a command line.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    seller_desk::run(std::env::args_os())
}
