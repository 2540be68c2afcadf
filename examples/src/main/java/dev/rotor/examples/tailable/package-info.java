/** A tailable cursor: reading a capped collection as it grows. */
@NullMarked
package dev.rotor.examples.tailable;

import org.jspecify.annotations.NullMarked;
