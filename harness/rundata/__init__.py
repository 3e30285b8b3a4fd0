"""What a run is on disk: manifest, samples, costs, ledger audit, summary.

The format is documented in `docs/run-folder.md`.
Whoever records writes here, whoever reports reads here; this room knows neither of them.
"""

from harness.rundata.attribution import (
    ATTRIBUTION,
    AttributionRecord,
    CellRecord,
    Measure,
    MeasureRecord,
    ShareRecord,
    TrafficRecord,
)
from harness.rundata.conduct import Conduct, Simulated
from harness.rundata.costs import Costs
from harness.rundata.folder import RunFolder
from harness.rundata.frame import read_samples
from harness.rundata.manifest import (
    SCHEMA_VERSION,
    Manifest,
    RunConfiguration,
    VariantRecord,
)
from harness.rundata.probe import (
    PROBE,
    Agreement,
    CheckState,
    Mistake,
    ProbeCall,
    ProbeCheck,
    ProbeFigures,
    ProbeFinding,
    ProbePayment,
    ProbePurpose,
    ProbeRecord,
    ProbeRequest,
    ProbeStage,
)
from harness.rundata.record_file import RecordFile
from harness.rundata.sample import COLUMNS, OUTCOME_OK, RequestName, Sample
from harness.rundata.sample_file import SampleFile
from harness.rundata.study_record import StudyRecord
from harness.rundata.summary import (
    AuditVerdict,
    Overhead,
    Quantiles,
    Summary,
    VariantSummary,
)

__all__ = [
    "ATTRIBUTION",
    "COLUMNS",
    "OUTCOME_OK",
    "PROBE",
    "SCHEMA_VERSION",
    "Agreement",
    "AttributionRecord",
    "AuditVerdict",
    "CellRecord",
    "CheckState",
    "Conduct",
    "Costs",
    "Manifest",
    "Measure",
    "MeasureRecord",
    "Mistake",
    "Overhead",
    "ProbeCall",
    "ProbeCheck",
    "ProbeFigures",
    "ProbeFinding",
    "ProbePayment",
    "ProbePurpose",
    "ProbeRecord",
    "ProbeRequest",
    "ProbeStage",
    "Quantiles",
    "RecordFile",
    "RequestName",
    "RunConfiguration",
    "RunFolder",
    "Sample",
    "SampleFile",
    "ShareRecord",
    "Simulated",
    "StudyRecord",
    "Summary",
    "TrafficRecord",
    "VariantRecord",
    "VariantSummary",
    "read_samples",
]
