"""python3 -m unittest test_native_peers, from this directory; PEERS_VENV names another virtual environment."""

import array
import contextlib
import csv
import io
import os
import random
import struct
import subprocess
import sys
import tempfile
import unittest

import native_peers
import results
import vectors

VENV = os.environ.get("PEERS_VENV", native_peers.DEFAULT_VENV)


def record(values, kind="f", dim=None):
    return struct.pack(f"<i{len(values)}{kind}", len(values) if dim is None else dim, *values)


class InDirectory(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, content, name="a.fvecs"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path


class ReadWordsTest(InDirectory):
    def refused(self, content, *words):
        path = self.file(content)
        with self.assertRaises(vectors.VectorFileError) as caught:
            vectors.read_words(path)
        for word in (path, *words):
            self.assertIn(word, str(caught.exception))

    def test_reads_floats_of_every_record(self):
        path = self.file(record([1.5, -2.0, 0.25]) + record([4.0, 5.0, 6.0]))
        dim, words = vectors.read_words(path)
        self.assertEqual(3, dim)
        floats = array.array("f", words.tobytes())
        self.assertEqual([1.5, -2.0, 0.25], list(floats[1:4]))
        self.assertEqual([4.0, 5.0, 6.0], list(floats[5:8]))

    def test_reads_ids_of_every_record(self):
        dim, words = vectors.read_words(self.file(record([7, 9], "i") + record([0, 3], "i"), "a.ivecs"))
        self.assertEqual((2, [2, 7, 9, 2, 0, 3]), (dim, list(words)))

    def test_refuses_a_file_cut_inside_a_word(self):
        self.refused(record([1.0, 2.0])[:-1], "11 bytes")

    def test_refuses_a_file_cut_between_words(self):
        self.refused(record([1.0, 2.0]) + record([3.0, 4.0])[:-4], "record 1", "1 of 2")

    def test_refuses_an_empty_file(self):
        self.refused(b"", "0 bytes")

    def test_refuses_mixed_dimensions_of_the_same_total_length(self):
        self.refused(record([1.0, 2.0]) + record([1.0, 2.0], dim=3), "record 1", "dimension 3", "has 2")

    def test_refuses_mixed_dimensions(self):
        self.refused(record([1.0, 2.0]) + record([1.0, 2.0, 3.0]), "record 1", "dimension 3")

    def test_refuses_dimensions_out_of_range(self):
        for dim in (0, -1, 2_000_000_000):
            self.refused(record([1.0, 2.0], dim=dim), f"dimension {dim}", "1 to 1000000")


class RecallTest(unittest.TestCase):
    def test_counts_the_share_found(self):
        self.assertEqual(0.75, vectors.recall([[1, 2], [3, 4]], [[0.9, 0.8], [0.7, 0.1]], [0.8, 0.5], 2))

    def test_counts_another_id_with_the_score_of_the_last(self):
        self.assertEqual(1.0, vectors.recall([[1, 99]], [[0.9, 0.5]], [0.5], 2))
        self.assertEqual(1.0, vectors.recall([[1, 99]], [[0.9, 0.5 - 9e-7]], [0.5], 2))

    def test_a_score_further_below_is_no_tie(self):
        self.assertEqual(0.5, vectors.recall([[1, 99]], [[0.9, 0.5 - 2e-6]], [0.5], 2))

    def test_counts_a_repeated_id_once(self):
        self.assertEqual(0.5, vectors.recall([[1, 1]], [[0.9, 0.9]], [0.5], 2))

    def test_an_empty_place_is_no_hit_whatever_its_score(self):
        self.assertEqual(0.5, vectors.recall([[1, -1]], [[0.9, 0.9]], [0.5], 2))

    def test_more_ties_than_asked_for_are_no_more_than_all(self):
        self.assertEqual(1.0, vectors.recall([[1, 2, 3]], [[0.5, 0.5, 0.5]], [0.5], 2))


class PercentileTest(unittest.TestCase):
    def test_is_a_value_that_the_share_does_not_exceed(self):
        values = list(range(1, 101))
        random.Random(5).shuffle(values)
        for share, expected in ((0, 1), (0.01, 1), (0.5, 50), (0.99, 99), (0.991, 100), (1, 100)):
            self.assertEqual(expected, vectors.percentile(values, share))

    def test_of_one_value_is_that_value(self):
        self.assertEqual(4, vectors.percentile([4], 0.99))

    def test_refuses_no_values_and_shares_out_of_range(self):
        for values, share in (([], 0.5), ([1], 1.5), ([1], -0.1)):
            with self.assertRaises(ValueError):
                vectors.percentile(values, share)


class ResultsTest(InDirectory):
    row = {"dataset": "d", "filter": 1.0, "backend": "b", "parameters": "ef=10", "recall": 0.5, "qps": 10.0}

    def test_writes_the_header_once_and_appends(self):
        path = os.path.join(self.folder, "results.csv")
        results.append(path, self.row)
        results.append(path, {**self.row, "backend": "c"})
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(results.HEADER, lines[0])
        self.assertEqual(["b", "c"], [found["backend"] for found in csv.DictReader(lines)])

    def test_what_was_not_measured_is_an_empty_cell(self):
        path = os.path.join(self.folder, "results.csv")
        results.append(path, self.row)
        with open(path, encoding="utf-8") as file:
            self.assertEqual("", next(csv.DictReader(file))["build_s"])

    def test_refuses_another_header_and_leaves_the_file(self):
        before = (results.HEADER + ",more\n").encode()
        path = self.file(before, "results.csv")
        with self.assertRaises(results.HeaderError) as caught:
            results.append(path, self.row)
        self.assertIn(path, str(caught.exception))
        with open(path, "rb") as file:
            self.assertEqual(before, file.read())

    def test_refuses_a_column_that_the_header_lacks(self):
        with self.assertRaises(ValueError):
            results.append(os.path.join(self.folder, "results.csv"), {**self.row, "speed": 1})

    def test_the_table_takes_the_fastest_of_enough_recall(self):
        rows = [{**self.row, "recall": r, "qps": q} for r, q in ((0.98, 900.0), (0.991, 500.0), (0.999, 100.0))]
        self.assertEqual([rows[1]], results.best(rows, 0.99))
        self.assertEqual([rows[2]], results.best(rows, 0.9999))
        self.assertIn("BELOW THAT RECALL", results.table(rows[:1]))


class ArgumentsTest(unittest.TestCase):
    def refused(self, *arguments):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.assertRaises(SystemExit):
            native_peers.parser().parse_args(arguments)
        return said.getvalue()

    def test_names_an_unknown_peer_and_the_known_ones(self):
        said = self.refused("--peers", "hnswlib-native,nonesuch")
        self.assertIn("nonesuch", said)
        self.assertIn("svs-vamana-f32", said)

    def test_refuses_shares_that_are_none(self):
        for share in ("0", "1", "-0.1", "1.5"):
            self.assertIn("between 0 and 1", self.refused("--filter-selectivity=" + share))

    def test_children_get_their_threads_and_no_forced_kernel(self):
        os.environ["OPENBLAS_CORETYPE"] = "Haswell"
        self.addCleanup(os.environ.pop, "OPENBLAS_CORETYPE", None)
        env = native_peers.child_environment(3)
        self.assertNotIn("OPENBLAS_CORETYPE", env)
        self.assertEqual("3", env["OMP_NUM_THREADS"])

    def test_a_signal_is_named(self):
        self.assertIn("SIGSEGV", native_peers.reason(-11))
        self.assertIsNone(native_peers.reason(0))


@unittest.skipUnless(os.path.exists(native_peers.python_of(VENV)),
                     f"SKIPPED, NOT PASSED: no virtual environment at {VENV}; "
                     "make it with native_peers.py --setup or name one in PEERS_VENV")
class EndToEndTest(InDirectory):
    def test_an_exact_peer_finds_everything_and_a_crash_does_not_end_the_run(self):
        source = random.Random(3)
        base = [[source.gauss(0, 1) for _ in range(12)] for _ in range(500)]
        b = self.file(b"".join(map(record, base)), "b.fvecs")
        q = self.file(b"".join(map(record, base[:20])), "q.fvecs")
        command = [sys.executable, os.path.join(native_peers.HERE, "native_peers.py"), "--venv", VENV,
                   "--base", b, "--query", q, "--metric", "l2", "--passes", "1", "--out", self.folder,
                   "--filter-selectivity", "0.1", "--peers", "scann-soar,faiss-flat"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(1, done.returncode, done.stderr)
        self.assertIn("FAILED: scann-soar", done.stdout)
        with open(os.path.join(self.folder, "results.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(["1", "1", "0.1", "0.1"], [row["filter"] for row in rows])
        self.assertEqual({"1"}, {row["recall"] for row in rows})
        self.assertEqual({"faiss-flat"}, {row["backend"] for row in rows})


if __name__ == "__main__":
    unittest.main()
