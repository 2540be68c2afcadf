/** Compares what happened with what a case expects. */
@NullMarked
package dev.rotor.conformance.unified.match;

import org.jspecify.annotations.NullMarked;
