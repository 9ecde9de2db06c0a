//! The app's colours in Mermaid's words.

use serde_json::{Map, Value, json};

/// What a diagram is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// The other way round.
    Dark,
}

/// An image sees the fonts of the system alone.
const FONTS: &str = "system-ui, sans-serif";

/// A ground with what stands on it. The names are those of the window's stylesheet.
struct Colours {
    paper: &'static str,
    panel: &'static str,
    line: &'static str,
    ink: &'static str,
    ink_2: &'static str,
    copper: &'static str,
    copper_soft: &'static str,
    good: &'static str,
    bad: &'static str,
    bad_soft: &'static str,
    /// Of things that are told apart by nothing else, such as slices; ink is readable on each.
    kinds: [&'static str; 12],
}

const LIGHT: Colours = Colours {
    paper: "#fbfaf8",
    panel: "#f3f1ed",
    line: "#8a8378",
    ink: "#1f1d1a",
    ink_2: "#645e55",
    copper: "#a8521f",
    copper_soft: "#f6e9df",
    good: "#b5d8c1",
    bad: "#a12a2a",
    bad_soft: "#f3c9c4",
    kinds: [
        "#e9c4a6", "#b5d8c1", "#b9c9ea", "#ecd9a0", "#d9bfe0", "#aed6da", "#e6b8b3", "#cbd9a3",
        "#c5bde6", "#dcc48f", "#a9cfe0", "#d4c7b8",
    ],
};

const DARK: Colours = Colours {
    paper: "#191816",
    panel: "#23211e",
    line: "#8a8378",
    ink: "#ece8e1",
    ink_2: "#aaa297",
    copper: "#e0905c",
    copper_soft: "#35261c",
    good: "#2f5e45",
    bad: "#ec8b84",
    bad_soft: "#743c38",
    kinds: [
        "#7a4a29", "#2f5e45", "#35508a", "#6b5523", "#63406b", "#255f66", "#743c38", "#4c5c28",
        "#4a4285", "#665026", "#2a5a70", "#574d42",
    ],
};

impl Theme {
    /// The configuration that a diagram is laid out with.
    pub(crate) fn configuration(self) -> Value {
        let colours = self.colours();
        json!({
            "theme": "base",
            "look": "classic",
            "layout": "dagre",
            "fontFamily": FONTS,
            "htmlLabels": false,
            "flowchart": { "htmlLabels": false, "wrappingWidth": 200 },
            "gantt": { "axisFormat": "%m-%d" },
            "securityLevel": "strict",
            "state": { "minNodeWidth": 0, "wrappingWidth": 200 },
            "themeVariables": variables(self, colours),
        })
    }

    /// What is styled beyond the configuration: words on a line stand out by a rim of paper, which is
    /// where they are whatever font they are drawn with.
    pub(crate) fn style(self) -> String {
        let paper = self.colours().paper;
        format!(
            ".edgeLabel rect.background,.edgeLabel .label rect{{fill:none;}}\
             .edgeLabel text{{paint-order:stroke;stroke:{paper};stroke-width:5px;stroke-linejoin:round;}}"
        )
    }

    fn colours(self) -> &'static Colours {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

fn variables(theme: Theme, of: &Colours) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("darkMode".to_owned(), json!(theme == Theme::Dark));
    all.insert("fontFamily".to_owned(), json!(FONTS));
    all.insert("dropShadow".to_owned(), json!("none"));
    all.insert("pieOpacity".to_owned(), json!("1"));
    for (colour, names) in [
        (of.paper, PAPER),
        (of.panel, PANEL),
        (of.line, LINE),
        (of.ink, INK),
        (of.ink_2, QUIET),
        (of.copper, ACCENT),
        (of.copper_soft, SOFT),
        (of.good, DONE),
        (of.bad, ALARM),
        (of.bad_soft, ALARM_SOFT),
    ] {
        all.extend(names.iter().map(|name| ((*name).to_owned(), json!(colour))));
    }
    for (at, colour) in of.kinds.iter().enumerate() {
        for name in ["cScale", "git", "fillType"] {
            all.insert(format!("{name}{at}"), json!(colour));
        }
        all.insert(format!("pie{}", at + 1), json!(colour));
        for name in ["cScaleLabel", "cScaleInv", "gitBranchLabel", "gitInv"] {
            all.insert(format!("{name}{at}"), json!(of.ink));
        }
        all.insert(format!("cScalePeer{at}"), json!(of.line));
    }
    let chart: Map<String, Value> = CHART_INK
        .iter()
        .map(|name| ((*name).to_owned(), json!(of.ink)))
        .chain([
            ("backgroundColor".to_owned(), json!(of.paper)),
            (
                "plotColorPalette".to_owned(),
                json!(
                    [&of.kinds[..1], &[of.copper], &of.kinds[1..]]
                        .concat()
                        .join(",")
                ),
            ),
        ])
        .collect();
    all.insert("xyChart".to_owned(), Value::Object(chart));
    all
}

const PAPER: &[&str] = &[
    "altBackground",
    "attributeBackgroundColorOdd",
    "background",
    "compositeBackground",
    "edgeLabelBackground",
    "innerEndBackground",
    "labelBackgroundColor",
    "rowOdd",
    "sectionBkgColor2",
    "sequenceNumberColor",
];

const PANEL: &[&str] = &[
    "altSectionBkgColor",
    "attributeBackgroundColorEven",
    "clusterBkg",
    "commitLabelBackground",
    "labelBoxBkgColor",
    "noteBkgColor",
    "quadrant1Fill",
    "quadrant2Fill",
    "quadrant3Fill",
    "quadrant4Fill",
    "rowEven",
    "secondaryColor",
    "sectionBkgColor",
    "tertiaryColor",
];

const LINE: &[&str] = &[
    "actorLineColor",
    "activationBorderColor",
    "clusterBorder",
    "doneTaskBorderColor",
    "gridColor",
    "labelBoxBorderColor",
    "noteBorderColor",
    "pieOuterStrokeColor",
    "pieStrokeColor",
    "quadrantExternalBorderStrokeFill",
    "quadrantInternalBorderStrokeFill",
    "secondaryBorderColor",
    "tertiaryBorderColor",
];

const INK: &[&str] = &[
    "actorTextColor",
    "classText",
    "commitLabelColor",
    "labelColor",
    "labelTextColor",
    "loopTextColor",
    "nodeTextColor",
    "noteTextColor",
    "pieLegendTextColor",
    "pieSectionTextColor",
    "pieTitleTextColor",
    "primaryTextColor",
    "quadrant1TextFill",
    "quadrant2TextFill",
    "quadrant3TextFill",
    "quadrant4TextFill",
    "quadrantPointTextFill",
    "quadrantTitleFill",
    "quadrantXAxisTextFill",
    "quadrantYAxisTextFill",
    "scaleLabelColor",
    "secondaryTextColor",
    "signalTextColor",
    "stateLabelColor",
    "tagLabelColor",
    "taskTextClickableColor",
    "taskTextColor",
    "taskTextDarkColor",
    "taskTextLightColor",
    "taskTextOutsideColor",
    "tertiaryTextColor",
    "textColor",
    "titleColor",
    "transitionLabelColor",
];

const QUIET: &[&str] = &[
    "lineColor",
    "signalColor",
    "specialStateColor",
    "transitionColor",
];

const ACCENT: &[&str] = &[
    "activeTaskBorderColor",
    "actorBorder",
    "compositeBorder",
    "nodeBorder",
    "primaryBorderColor",
    "quadrantPointFill",
    "tagLabelBorder",
    "taskBorderColor",
    "vertLineColor",
];

const SOFT: &[&str] = &[
    "activationBkgColor",
    "activeTaskBkgColor",
    "actorBkg",
    "compositeTitleBackground",
    "mainBkg",
    "primaryColor",
    "stateBkg",
    "tagLabelBackground",
    "taskBkgColor",
];

const DONE: &[&str] = &["doneTaskBkgColor"];

const ALARM: &[&str] = &["critBorderColor", "todayLineColor"];

const ALARM_SOFT: &[&str] = &["critBkgColor"];

const CHART_INK: &[&str] = &[
    "titleColor",
    "xAxisLabelColor",
    "xAxisLineColor",
    "xAxisTickColor",
    "xAxisTitleColor",
    "yAxisLabelColor",
    "yAxisLineColor",
    "yAxisTickColor",
    "yAxisTitleColor",
];
