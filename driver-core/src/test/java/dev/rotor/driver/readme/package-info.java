/** The code of the README, compiled and run. */
@NullMarked
package dev.rotor.driver.readme;

import org.jspecify.annotations.NullMarked;
