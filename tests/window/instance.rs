//! Starting the app while it runs, and while it ends.

use std::{ffi::OsString, thread};

use private_desktop::webdriver::test_id;
use tuppence_core::DataDirectory;
use zbus::{
    blocking::{Connection, MessageIterator, connection::Builder},
    message::Type,
};

use crate::scene::{SOON, Scene};

/// What a person does who quits and starts again: the old process is still there, and is gone before it
/// has taken what the new one hands over.
#[test]
fn a_start_that_meets_an_instance_about_to_end_opens_a_window_of_its_own() {
    let scene = Scene::new();
    let ending = ending_instance(&scene);
    let tuppence = scene.launch();
    assert!(tuppence.page().shows(&test_id("welcome")).unwrap());
    assert!(
        ending.join().unwrap(),
        "the start spoke to the old instance"
    );
}

#[test]
fn a_second_start_hands_over_and_ends() {
    let scene = Scene::new();
    let tuppence = scene.launch();
    let second = scene
        .desktop
        .command(env!("CARGO_BIN_EXE_tuppence"))
        .env("TUPPENCE_DATA_DIR", &scene.data)
        .status()
        .unwrap();
    assert!(second.success());
    tuppence.page().wait_for(&test_id("welcome"), SOON).unwrap();
}

/// Has the app's name on the bus, and hangs up when the first start calls.
fn ending_instance(scene: &Scene) -> thread::JoinHandle<bool> {
    let data = DataDirectory::open(scene.data.clone()).unwrap();
    let hex: String = data
        .install_id()
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let bus: OsString = scene
        .desktop
        .environment()
        .into_iter()
        .find_map(|(name, value)| (name == "DBUS_SESSION_BUS_ADDRESS").then_some(value))
        .unwrap();
    let connection: Connection = Builder::address(bus.to_str().unwrap())
        .unwrap()
        .name(format!("app.tuppence.desktop.i{hex}.SingleInstance"))
        .unwrap()
        .build()
        .unwrap();
    thread::spawn(move || {
        let called = MessageIterator::from(&connection).flatten().any(|message| {
            let header = message.header();
            header.message_type() == Type::MethodCall
                && header
                    .member()
                    .is_some_and(|member| member == "ExecuteCallback")
        });
        connection.close().is_ok() && called
    })
}
