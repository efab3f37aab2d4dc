/**
 * The command line; {@link dev.recsys.cli.Main} is its entry type and nothing imports it. What a
 * command does beyond reading options and printing belongs into the packages above.
 */
@NullMarked
package dev.recsys.cli;

import org.jspecify.annotations.NullMarked;
