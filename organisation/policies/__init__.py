"""The rules of the organisation: who may change units and establishment, and what the law and the tree allow."""
