//! What the browser shows at the end of a sign-in.

/// The words of the completion page. They are escaped, so they may be any text.
#[derive(Clone, Debug)]
pub struct PageText {
    /// The application's name.
    pub app_name: String,
    /// The provider's name.
    pub provider_name: String,
}
