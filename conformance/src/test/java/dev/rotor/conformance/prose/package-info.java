/** Tests that the specifications describe in prose. */
@NullMarked
package dev.rotor.conformance.prose;

import org.jspecify.annotations.NullMarked;
