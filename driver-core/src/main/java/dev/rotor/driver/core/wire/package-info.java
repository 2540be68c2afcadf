/** The wire protocol as bytes: message headers, OP_MSG, the one-pass reply envelope. */
@NullMarked
package dev.rotor.driver.core.wire;

import org.jspecify.annotations.NullMarked;
