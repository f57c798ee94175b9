"""The theme: system fonts, calm greys, one blue, with contrasts that WCAG AA asks for."""

import gradio as gr

THEME = gr.themes.Base(
    primary_hue="blue",
    neutral_hue="slate",
    font=["system-ui", "sans-serif"],
    font_mono=["ui-monospace", "monospace"],
).set(
    body_background_fill="#ffffff",
    body_background_fill_dark="#10151f",
    body_text_color="#1b2433",
    body_text_color_dark="#e6eaf1",
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_300",
    background_fill_primary="#ffffff",
    background_fill_primary_dark="#10151f",
    input_background_fill="#ffffff",
    input_background_fill_dark="#1a2130",
    input_placeholder_color="*neutral_500",
    input_placeholder_color_dark="*neutral_400",
    link_text_color="*primary_700",
    link_text_color_dark="*primary_300",
)
