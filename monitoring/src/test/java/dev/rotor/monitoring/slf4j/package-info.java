/** Tests of the listeners that write to SLF4J. */
@NullMarked
package dev.rotor.monitoring.slf4j;

import org.jspecify.annotations.NullMarked;
