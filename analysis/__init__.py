"""Reads texts and contrasts sides. Knows no screen: nothing here imports streamlit, plotly or dashboard."""
