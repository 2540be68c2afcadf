/** Tests of the table of the transports' kit. */
@NullMarked
package dev.rotor.conformance.kit;

import org.jspecify.annotations.NullMarked;
