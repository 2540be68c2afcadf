/** What the transports' kit has found, as a table. */
@NullMarked
package dev.rotor.conformance.kit;

import org.jspecify.annotations.NullMarked;
