"""Who is where: postings in force, the orders and returns behind them, and the station's monthly word on its list."""

from deployment.models.discrepancies import DiscrepancyState, RollDiscrepancy
from deployment.models.orders import CasualtyReturn, OrderState, PostingOrder, ReturnKind
from deployment.models.postings import Duty, Posting, PostingKind
from deployment.models.rules import DeploymentRule, RuleCode
from deployment.models.stations import ReturnAnswer, StationReturn, StationReturnLine

__all__ = [
    "CasualtyReturn",
    "DeploymentRule",
    "DiscrepancyState",
    "Duty",
    "OrderState",
    "Posting",
    "PostingKind",
    "PostingOrder",
    "ReturnAnswer",
    "ReturnKind",
    "RollDiscrepancy",
    "RuleCode",
    "StationReturn",
    "StationReturnLine",
]
