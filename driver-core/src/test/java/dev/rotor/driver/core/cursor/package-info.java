/** Cursors by themselves, over a server's side that the test plays. */
@NullMarked
package dev.rotor.driver.core.cursor;

import org.jspecify.annotations.NullMarked;
