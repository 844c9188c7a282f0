"""`asterism ripple` as a user runs it, whole processes: `python -m benchmarks.end_to_end [FOLDER]`.

Cold reads the file and builds the graph, warm finds it kept; kernels are compiled before either. The real graphs are
timed only where the data lies beside the project; FOLDER keeps the generated one.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from benchmarks.graphs import chung_lu

ASTERISM = Path(sys.executable).with_name("asterism")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
REAL = {
    "grqc, 14,484 edges": ("grqc/GrQc.txt", "--undirected"),
    "Facebook pages, 171,002 edges": ("musae/facebook_large/facebook_edges.csv", "--undirected"),
}


def generated(folder):
    """Chung–Lu with a million nodes as a text file of 21 million lines."""
    file = folder / "chung-lu.txt"
    if not file.exists():
        _, sources, targets = chung_lu()
        options = csv.WriteOptions(include_header=False, delimiter=" ")
        csv.write_csv(pa.table({"source": sources, "target": targets}), file, options)
    return file


def seconds(file, *options):
    """Wall seconds of `asterism ripple` on a file: cold, and the median of three warm runs."""
    taken = []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(4):
            begun = time.perf_counter()
            asked = [str(ASTERISM), "ripple", str(file), *options, "--json"]
            subprocess.run(asked, check=True, capture_output=True, env=os.environ | {"ASTERISM_HOME": home})
            taken.append(time.perf_counter() - begun)
    return taken[0], statistics.median(taken[1:])


def main(folder):
    """One row per graph."""
    files = {name: (DATA / path, option) for name, (path, option) in REAL.items() if (DATA / path).exists()}
    files["Chung–Lu, 21 million lines of text"] = (generated(folder),)
    seconds(*next(iter(files.values())))
    print("| graph | cold s | warm s |\n|---|---|---|")
    for name, (file, *options) in files.items():
        cold, warm = seconds(file, *options)
        print(f"| {name} | {cold:.2f} | {warm:.2f} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nPeak memory of the largest: {peak:,.0f} MB.")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
