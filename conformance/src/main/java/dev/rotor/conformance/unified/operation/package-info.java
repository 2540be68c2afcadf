/** The operations that a case can ask for, as calls of the driver's public API. */
@NullMarked
package dev.rotor.conformance.unified.operation;

import org.jspecify.annotations.NullMarked;
