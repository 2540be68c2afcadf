/** Runs the cases of the unified test format. */
@NullMarked
package dev.rotor.conformance.unified;

import org.jspecify.annotations.NullMarked;
