"""The CSV file that these measurements share with the Java report, and the table printed at the end."""

import csv
import os

HEADER = ("dataset,n,dim,metric,k,threads,filter,backend,parameters,recall,qps,p50_us,p99_us,"
          "build_s,bytes_per_vector,load_ms,runtime")
COLUMNS = HEADER.split(",")
BATCHED = "batched"


class HeaderError(ValueError):
    """A results file with other columns than ours."""


def check_header(path):
    """Accepts a file that is absent, empty, or starts with our header; refuses any other."""
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return
    with open(path, encoding="utf-8") as file:
        found = file.readline().rstrip("\r\n")
    if found != HEADER:
        raise HeaderError(f"{path}: header is '{found}'; expected '{HEADER}'")


def append(path, row):
    """Appends one row; a column that the row lacks becomes an empty cell, an unknown one is refused."""
    check_header(path)
    fresh = not os.path.exists(path) or os.path.getsize(path) == 0
    with open(path, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        if fresh:
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value):
    return f"{value:.6g}" if isinstance(value, float) else value


def is_batched(row):
    return BATCHED in row["parameters"].split()


def best(rows, least_recall):
    """For each backend its fastest row of at least that recall, or else its row of highest recall."""
    chosen = {}
    for row in rows:
        enough = row["recall"] >= least_recall
        rank = (enough, row["qps"] if enough else row["recall"])
        if row["backend"] not in chosen or rank > chosen[row["backend"]][0]:
            chosen[row["backend"]] = (rank, row)
    return [row for _, row in sorted(chosen.values(), key=lambda pair: pair[0], reverse=True)]


def table(rows, least_recall=0.99):
    """The best row of every backend, fastest first, one block for each filter, single and batched."""
    lines = []
    groups = sorted({(is_batched(row), -row["filter"]) for row in rows})
    for batched, negative in groups:
        kept = -negative
        group = [r for r in rows if is_batched(r) == batched and r["filter"] == kept]
        lines.append("")
        lines.append(f"{'batched' if batched else 'one by one'}, "
                     f"{'unfiltered' if kept == 1 else f'filter keeps {kept:g}'}, recall >= {least_recall:g}")
        lines.append(f"  {'backend':<18}{'recall':>8}{'qps':>10}{'p50 us':>9}{'p99 us':>9}{'build s':>9}  parameters")
        lines += [_line(row, least_recall) for row in best(group, least_recall)]
    return "\n".join(lines)


def _line(row, least_recall):
    def number(name, form):
        return format(row[name], form) if row.get(name) is not None else "-"

    below = "" if row["recall"] >= least_recall else "  BELOW THAT RECALL"
    return (f"  {row['backend']:<18}{row['recall']:>8.4f}{row['qps']:>10.0f}{number('p50_us', '.1f'):>9}"
            f"{number('p99_us', '.1f'):>9}{number('build_s', '.1f'):>9}  {row['parameters']}{below}")
