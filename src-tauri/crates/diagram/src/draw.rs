//! From a diagram's source to its sheet.

use merman::svg::{ScopedCssPostprocessor, SvgEnvironment, SvgPipeline};
use merman::{
    Engine, MermaidConfig, OperationControl, RenderError, RenderOutput, RenderRequest, Renderer,
    SvgRequest, TerminalDiagnostic,
};

use crate::colours::Theme;
use crate::measure;
use crate::sheet::{Sheet, SheetError};

/// The longest source that is drawn, in bytes.
pub const LONGEST_SOURCE: usize = 64 * 1024;

/// Why a diagram was not drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// Its source is longer than [`LONGEST_SOURCE`].
    #[error("it is longer than 64 KiB")]
    TooLong,
    /// No kind of diagram that is drawn begins like that.
    #[error("this is no kind of diagram that is known here")]
    NoDiagram,
    /// It has more parts, or more between them, than is laid out.
    #[error("it is too complicated")]
    TooComplicated,
    /// Its source is wrong.
    #[error("{0}")]
    Source(String),
    /// What was drawn is nothing that can be shown.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

/// Draws a diagram in the colours of a theme.
///
/// # Errors
/// [`DrawError`]; its text is for a person, beside the source.
pub fn draw(source: &str, theme: Theme) -> Result<Sheet, DrawError> {
    if source.len() > LONGEST_SOURCE {
        return Err(DrawError::TooLong);
    }
    let configuration = MermaidConfig::from_value(theme.configuration());
    let renderer = Renderer::new().with_engine(Engine::new().with_site_config(configuration));
    let request = SvgRequest {
        environment: SvgEnvironment::deterministic()
            .with_text_measurement_policy(measure::policy()),
        // Words as `<text>`: an image shows no HTML.
        pipeline: Some(
            SvgPipeline::resvg_safe()
                .with_postprocessor(ScopedCssPostprocessor::new(theme.style())),
        ),
        ..SvgRequest::default()
    };
    match renderer.render(RenderRequest::svg(source, OperationControl::new(), request)) {
        Ok(RenderOutput::Svg(Some(drawn))) => Ok(Sheet::of(drawn.svg())?),
        Ok(_) | Err(RenderError::NoDiagram) => Err(DrawError::NoDiagram),
        Err(RenderError::ResourceLimitExceeded(_)) => Err(DrawError::TooComplicated),
        Err(RenderError::Parse(diagnostic)) => Err(undrawn(&diagnostic)),
        Err(error) => Err(DrawError::Source(error.to_string())),
    }
}

fn undrawn(diagnostic: &TerminalDiagnostic) -> DrawError {
    match diagnostic.terminal_diagnostic_details().code.as_str() {
        "merman.parse.no_diagram_detected" | "merman.parse.unsupported_diagram" => {
            DrawError::NoDiagram
        }
        _ => DrawError::Source(diagnostic.terminal_safe_message()),
    }
}
