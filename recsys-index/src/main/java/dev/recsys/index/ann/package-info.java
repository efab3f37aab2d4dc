/** The search core. */
@NullMarked
package dev.recsys.index.ann;

import org.jspecify.annotations.NullMarked;
