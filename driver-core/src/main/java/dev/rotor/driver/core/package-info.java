/** The driver's implementation. Nothing here is exported. */
@NullMarked
package dev.rotor.driver.core;

import org.jspecify.annotations.NullMarked;
