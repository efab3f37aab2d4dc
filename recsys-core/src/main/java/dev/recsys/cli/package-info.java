/** The command line. Nothing imports it. */
@NullMarked
package dev.recsys.cli;

import org.jspecify.annotations.NullMarked;
