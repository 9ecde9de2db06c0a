//! The sandbox over real HTTP on loopback, one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub)]

mod api;
mod authorization;
mod chat;
mod discovery;
mod faults;
mod hosting;
mod id_tokens;
mod keys;
mod pages;
mod stream_faults;
mod support;
mod tokens;
mod upstream;
