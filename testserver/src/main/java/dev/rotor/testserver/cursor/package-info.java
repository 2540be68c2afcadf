/** Open cursors and how they fill batches. */
@NullMarked
package dev.rotor.testserver.cursor;

import org.jspecify.annotations.NullMarked;
