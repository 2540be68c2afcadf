/** Who is primary, who knows it, and what a hello says of it. */
@NullMarked
package dev.rotor.testserver.topology;

import org.jspecify.annotations.NullMarked;
