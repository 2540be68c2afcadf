/** Change streams over the event log. */
@NullMarked
package dev.rotor.testserver.stream;

import org.jspecify.annotations.NullMarked;
