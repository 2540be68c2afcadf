/** Hand-driven doubles: a clock, a loop with virtual time, an in-memory transport. Nothing here waits or sleeps. */
@NullMarked
package dev.rotor.driver.core.fake;

import org.jspecify.annotations.NullMarked;
