/** Acknowledged writes under random faults of the servers and of the network. */
@NullMarked
package dev.rotor.conformance.faults;

import org.jspecify.annotations.NullMarked;
