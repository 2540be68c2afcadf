/** Tests. */
@NullMarked
package dev.rotor.testserver.topology;

import org.jspecify.annotations.NullMarked;
