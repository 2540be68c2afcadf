/** The kit's own tests. */
@NullMarked
package dev.rotor.transport.tck;

import org.jspecify.annotations.NullMarked;
