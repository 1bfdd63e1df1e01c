"""Forms of the registry. Each lists its fields; what is posted beside them is not read."""

from .base import RegistryForm
from .firms import (
    AnonymiseForm,
    ArchiveFirmForm,
    CloseForm,
    FirmForm,
    JoinForm,
    LeaveForm,
    MembershipForm,
    MergeForm,
    NewFirmForm,
)
from .registry import (
    DissolveForm,
    InstitutionForm,
    NetworkForm,
    NewNetworkForm,
    NewProjectForm,
    OwnInstitutionForm,
    ProjectForm,
    ReasonForm,
)

__all__ = [
    "AnonymiseForm",
    "ArchiveFirmForm",
    "CloseForm",
    "DissolveForm",
    "FirmForm",
    "InstitutionForm",
    "JoinForm",
    "LeaveForm",
    "MembershipForm",
    "MergeForm",
    "NetworkForm",
    "NewFirmForm",
    "NewNetworkForm",
    "NewProjectForm",
    "OwnInstitutionForm",
    "ProjectForm",
    "ReasonForm",
    "RegistryForm",
]
