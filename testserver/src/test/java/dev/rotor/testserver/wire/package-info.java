/** Tests. */
@NullMarked
package dev.rotor.testserver.wire;

import org.jspecify.annotations.NullMarked;
