//! The list of conversations, where there are thousands.

use private_desktop::webdriver::{WebDriver, WebDriverError, test_id};

use crate::scene::{SOON, Scene};

const COUNT: u32 = 3_000;

#[test]
fn thousands_of_conversations_are_listed_as_far_as_they_are_scrolled_to() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.close().unwrap();
    let mut database = rusqlite::Connection::open(scene.data.join("tuppence.db")).unwrap();
    let all = database.transaction().unwrap();
    for number in 0..COUNT {
        let at = 1_790_000_000_000_i64 - i64::from(number) * 60_000;
        all.execute(
            "INSERT INTO conversations (id, title, created_at, updated_at, pinned) VALUES (?1, ?2, ?3, ?3, ?4)",
            (format!("c-{number}"), format!("Number {number}"), at, number == COUNT - 1),
        )
        .unwrap();
    }
    all.commit().unwrap();
    drop(database);

    let tuppence = scene.launch();
    let page = tuppence.page();
    page.wait_for(&test_id("conversation-row"), SOON).unwrap();
    let first = titles(page).unwrap();
    assert!(first.len() < 100, "{} rows are drawn", first.len());
    assert_eq!(first[0], format!("Number {}", COUNT - 1), "it is pinned");
    for number in [1_500, COUNT - 2] {
        let scroll = format!(
            "const list = document.querySelector('[data-testid=sidebar] nav');
             list.scrollTo(0, list.scrollHeight * {number} / {COUNT});"
        );
        let near = |page: &WebDriver| {
            page.execute(&scroll, &[])?;
            let titles = titles(page)?;
            let seen = titles.contains(&format!("Number {number}"));
            Ok((seen && titles.len() < 100).then_some(()))
        };
        let what = format!("number {number}");
        page.wait_until(&what, SOON, near).unwrap();
    }
}

/// What the rows say that are drawn.
fn titles(page: &WebDriver) -> Result<Vec<String>, WebDriverError> {
    let rows = "return [...document.querySelectorAll('[data-testid=conversation-row] .title')]
        .map((title) => title.textContent)";
    let titles = page.execute(rows, &[])?;
    let texts = titles.as_array().into_iter().flatten();
    Ok(texts
        .filter_map(|title| title.as_str().map(str::to_owned))
        .collect())
}
