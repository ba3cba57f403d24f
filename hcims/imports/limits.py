"""How much of a file is taken in. Generous for any real list, small enough that the worst file costs seconds."""

from dataclasses import dataclass

EXCEL_CELL_CHARACTERS = 32_767  # Source: Microsoft, "Excel specifications and limits"


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading. Units: bytes and seconds where the name says so."""

    file_bytes: int = 300_000_000
    unzipped_bytes: int = 300_000_000
    ratio: int = 300  # unzipped to zipped; deflate's own ceiling is 1,032, a real roll stays under 40
    ratio_from_bytes: int = 20_000_000  # a small part may repeat itself as much as it likes
    parts: int = 5_000  # entries in the zip
    rows: int = 1_100_000
    columns: int = 400
    area: int = 16_000_000  # rows × columns of the bounding box: calamine takes 32 bytes for each
    cell_characters: int = EXCEL_CELL_CHARACTERS
    error_cells: int = 50_000
    reader_memory_bytes: int = 1_400_000_000  # address space of the reading process
    reader_cpu_seconds: int = 120
    reader_wall_seconds: int = 300


LIMITS = Limits()
