"""Watch: the spans that the system sends while a scenario runs, kept in the control process, asked for by the run."""

from ._receiver import OtlpReceiver
from ._spans import Span, Spans, Telemetry

__all__ = ["OtlpReceiver", "Span", "Spans", "Telemetry"]
