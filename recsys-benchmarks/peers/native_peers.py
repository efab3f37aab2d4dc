#!/usr/bin/env python3
"""Measures the native vector indexes over the files that the Java report measures, into the same CSV.

Each peer runs in a process of its own, so one that crashes is named and the others go on. A single
query is timed around the call from Python, so its latency holds what that call costs; the batched
rows ask all queries in one call and hold next to none of that. Of several passes the quickest counts.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import venv

import results

HERE = os.path.dirname(os.path.abspath(__file__))
REQUIREMENTS = os.path.join(HERE, "requirements.txt")
DEFAULT_VENV = os.path.join(os.path.dirname(HERE), "target", "peers-venv")
METRICS = ("ip", "cosine", "l2")
PEERS = ("hnswlib-native", "faiss-flat", "faiss-hnsw", "faiss-hnsw-sq8", "faiss-ivf-sq8",
         "faiss-ivf-pqfs", "usearch-f32", "usearch-i8", "pyglass-fp32", "pyglass-sq8", "scann",
         "scann-soar", "scann-brute", "voyager-f32", "voyager-i8", "svs-vamana-f32")
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
                    "NUMEXPR_NUM_THREADS")
KERNEL_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
EXAMPLES = """\
examples:
  # make the virtual environment only
  python3 native_peers.py --setup

  # everything, unfiltered and filtered
  python3 native_peers.py --base tt.base.fvecs --query tt.query.fvecs --groundtruth tt.gt.ivecs \\
      --metric ip --k 10 --filter-selectivity 0.01,0.1,0.5 --out out

  # two peers; their indexes are kept, so a second run need not build them (and has no build_s)
  python3 native_peers.py --base tt.base.fvecs --query tt.query.fvecs --metric ip \\
      --peers hnswlib-native,svs-vamana-f32 --index-dir /tmp/indexes --out out

peers: """ + ", ".join(PEERS)


def say(text):
    print(text, file=sys.stderr, flush=True)


def parser():
    p = argparse.ArgumentParser(
        description=__doc__, epilog="\n".join(
            textwrap.fill(line, 98, subsequent_indent="  ") if line.startswith("peers") else line
            for line in EXAMPLES.splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--setup", action="store_true", help="make the virtual environment and stop")
    p.add_argument("--venv", default=DEFAULT_VENV, help="its directory (default: %(default)s)")
    p.add_argument("--base", help="the vectors, .fvecs")
    p.add_argument("--query", help="the queries, .fvecs")
    p.add_argument("--groundtruth", help="true neighbours, .ivecs (default: computed)")
    p.add_argument("--metric", choices=METRICS, default="ip")
    p.add_argument("--k", type=positive, default=10)
    p.add_argument("--peers", type=peers, default=list(PEERS), help="'all' or a list (default: all)")
    p.add_argument("--threads", type=positive, default=1, help="for build and batched search (default: 1)")
    p.add_argument("--filter-selectivity", type=shares, default=[], metavar="SHARES",
                   help="kept shares of the vectors, such as 0.01,0.1,0.5 (default: no filtered search)")
    p.add_argument("--only-filtered", action="store_true", help="no unfiltered search")
    p.add_argument("--queries", type=positive, help="use only so many of the queries")
    p.add_argument("--passes", type=positive, default=5, help="most passes over the queries (default: 5)")
    p.add_argument("--seconds", type=float, default=1.0,
                   help="no further pass after so long at one point of a sweep (default: 1)")
    p.add_argument("--timeout", type=positive, default=3600, help="seconds for one peer (default: 3600)")
    p.add_argument("--index-dir", help="keep the indexes there and use those already there")
    p.add_argument("--dataset", help="name in the CSV (default: that of the base file)")
    p.add_argument("--out", help="directory of results.csv, which is appended to")
    return p


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text}; allowed are whole numbers from 1")
    return value


def shares(text):
    values = [float(part) for part in text.split(",") if part]
    for value in values:
        if not 0 < value < 1:
            raise argparse.ArgumentTypeError(f"{value:g}; allowed are shares between 0 and 1")
    return values


def peers(text):
    if text == "all":
        return list(PEERS)
    chosen = [part for part in text.split(",") if part]
    for name in chosen:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"unknown peer '{name}'; known are {', '.join(PEERS)}")
    return chosen


def python_of(directory):
    return os.path.join(directory, "bin", "python")


def wanted():
    with open(REQUIREMENTS, encoding="utf-8") as file:
        lines = [line.split("#")[0].strip() for line in file]
    return [line for line in lines if line]


def setup(directory):
    """Makes the virtual environment unless it holds these very versions; returns what would not install."""
    stamp = os.path.join(directory, "peers.json")
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            made = json.load(file)
        if made["wanted"] == wanted():
            return made["failed"]
    say(f"virtual environment: {directory}")
    venv.create(directory, with_pip=True)
    failed = []
    for requirement in wanted():
        say(f"  installing {requirement}")
        command = [python_of(directory), "-m", "pip", "install", "--quiet", "--no-deps",
                   "--disable-pip-version-check", requirement]
        done = subprocess.run(command, stdout=sys.stderr.fileno(), check=False)
        if done.returncode:
            say(f"  NOT INSTALLED: {requirement}")
            failed.append(requirement)
    with open(stamp, "w", encoding="utf-8") as file:
        json.dump({"wanted": wanted(), "failed": failed}, file)
    return failed


def child_environment(threads):
    env = {name: value for name, value in os.environ.items() if name not in KERNEL_VARIABLES}
    env.update({name: str(threads) for name in THREAD_VARIABLES})
    return env


def settings_of(options, backend):
    dataset = options.dataset or os.path.basename(options.base).removesuffix(".fvecs").removesuffix(".base")
    unfiltered = [] if options.only_filtered else [1.0]
    return {
        "backend": backend, "dataset": dataset, "base": options.base, "query": options.query,
        "groundtruth": options.groundtruth, "metric": options.metric, "k": options.k,
        "threads": options.threads, "filters": unfiltered + options.filter_selectivity,
        "queries": options.queries, "passes": options.passes, "seconds": options.seconds,
        "index_dir": options.index_dir,
    }


def run_peer(options, backend, on_row):
    """Runs one peer; hands each row over as it comes. Returns None, or why the peer did not get to its end."""
    reading, writing = os.pipe()
    settings = {**settings_of(options, backend), "pipe": writing}
    child = subprocess.Popen(
        [python_of(options.venv), os.path.join(HERE, "measure.py"), json.dumps(settings)],
        pass_fds=[writing], stdout=sys.stderr.fileno(), env=child_environment(options.threads))
    os.close(writing)
    late = threading.Event()
    timer = threading.Timer(options.timeout, lambda: (late.set(), child.kill()))
    timer.start()
    try:
        with os.fdopen(reading, encoding="utf-8") as lines:
            for line in lines:
                take(line, backend, on_row)
        status = child.wait()
    finally:
        timer.cancel()
        child.kill()
        child.wait()
    return f"ended after {options.timeout} s" if late.is_set() else reason(status)


def take(line, backend, on_row):
    message = json.loads(line)
    if "note" in message:
        say(f"{backend}: {message['note']}")
        return
    row = message["row"]
    times = f" p50 {row['p50_us']:.1f} us p99 {row['p99_us']:.1f} us" if "p50_us" in row else ""
    say(f"{backend}: recall {row['recall']:.4f} qps {row['qps']:.0f}{times}  "
        f"filter {row['filter']:g}  {row['parameters']}")
    on_row(row)


def reason(status):
    if status == 0:
        return None
    if status > 0:
        return f"exit status {status}, see its message above"
    return f"crashed with {signal.Signals(-status).name}"


def measure(options):
    """Runs all chosen peers; returns the names of those that failed, each with its reason."""
    path = os.path.join(options.out, "results.csv")
    os.makedirs(options.out, exist_ok=True)
    results.check_header(path)
    if options.index_dir:
        os.makedirs(options.index_dir, exist_ok=True)
    rows, failed = [], {}

    def on_row(row):
        results.append(path, row)
        rows.append(row)

    for backend in options.peers:
        say(f"== {backend}")
        why = run_peer(options, backend, on_row)
        if why:
            failed[backend] = why
            say(f"{backend}: FAILED: {why}")
    print(results.table(rows))
    print("\nsingle queries are timed around the call from Python, whose cost is in the latencies")
    return failed


def main(arguments=None):
    p = parser()
    options = p.parse_args(arguments)
    missing = [f"--{name}" for name in ("base", "query", "out") if getattr(options, name) is None]
    if missing and not options.setup:
        p.error(f"required: {', '.join(missing)} (or --setup)")
    not_installed = setup(options.venv)
    for requirement in not_installed:
        print(f"NOT INSTALLED: {requirement}")
    if options.setup:
        return 1 if not_installed else 0
    try:
        failed = measure(options)
    except results.HeaderError as error:
        p.error(str(error))
    for backend, why in failed.items():
        print(f"FAILED: {backend}: {why}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
