package dev.recsys.cli;

/** How a command prints its result. */
enum Format {
  /** For people. */
  TEXT,
  /** One JSON document. */
  JSON,
  /** One JSON document a line. */
  JSONL
}
