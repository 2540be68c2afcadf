/** Clocks and deadlines: the only places where the driver learns what time it is. */
@NullMarked
package dev.rotor.driver.core.time;

import org.jspecify.annotations.NullMarked;
