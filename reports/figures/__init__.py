"""Figures as inline SVG: drawn by matplotlib, coloured by the page's style sheet."""

from reports.figures.canvas import Figure, Width
from reports.figures.quantile_plot import quantile_figure
from reports.figures.time_series import time_series_figure
from reports.figures.waterfall import waterfall_figure

__all__ = ["Figure", "Width", "quantile_figure", "time_series_figure", "waterfall_figure"]
