"""What a run is on disk: manifest, samples, costs, ledger audit, summary.

The format is documented in `docs/run-folder.md`.
Whoever records writes here, whoever reports reads here; this room knows neither of them.
"""

from harness.rundata.attribution import (
    ATTRIBUTION_FILE,
    ATTRIBUTION_SCHEMA,
    AttributionRecord,
    CellRecord,
    Measure,
    MeasureRecord,
    ShareRecord,
    TrafficRecord,
    read_attribution,
    write_attribution,
)
from harness.rundata.conduct import Conduct
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
    PROBE_FILE,
    PROBE_SCHEMA,
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
    read_probe,
    write_probe,
)
from harness.rundata.sample import COLUMNS, OUTCOME_OK, RequestName, Sample
from harness.rundata.sample_file import SampleFile
from harness.rundata.summary import (
    AuditVerdict,
    Overhead,
    Quantiles,
    Summary,
    VariantSummary,
)

__all__ = [
    "ATTRIBUTION_FILE",
    "ATTRIBUTION_SCHEMA",
    "COLUMNS",
    "OUTCOME_OK",
    "PROBE_FILE",
    "PROBE_SCHEMA",
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
    "RequestName",
    "RunConfiguration",
    "RunFolder",
    "Sample",
    "SampleFile",
    "ShareRecord",
    "Summary",
    "TrafficRecord",
    "VariantRecord",
    "VariantSummary",
    "read_attribution",
    "read_probe",
    "read_samples",
    "write_attribution",
    "write_probe",
]
