/** The BSON specifications' tests. */
@NullMarked
package dev.rotor.conformance.bson;

import org.jspecify.annotations.NullMarked;
