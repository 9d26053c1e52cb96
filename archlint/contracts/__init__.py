"""The contract types: one file each, listed here and nowhere else."""

from __future__ import annotations

from archlint.contracts.acyclic_siblings import AcyclicSiblings
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.interface import Interface
from archlint.contracts.layers import Layers
from archlint.contracts.modules import Modules
from archlint.contracts.protected import Protected

CONTRACT_TYPES = (Layers, Forbidden, Independence, Protected, AcyclicSiblings, Interface, Modules)
