/** Cursors: batches of one server cursor, what is read from them, and how they are consumed. */
@NullMarked
package dev.rotor.driver.core.cursor;

import org.jspecify.annotations.NullMarked;
