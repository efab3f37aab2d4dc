package dev.recsys.cli;

/** How a command prints its result. */
enum Format {
  /** For people. */
  TEXT,
  /** One JSON document. */
  JSON
}
