/** Tests of what is logged, and what captures it. */
@NullMarked
package dev.rotor.driver.core.log;

import org.jspecify.annotations.NullMarked;
