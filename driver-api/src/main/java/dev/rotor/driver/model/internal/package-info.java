/** The few shapes that all builders are made of. Not exported. */
@NullMarked
package dev.rotor.driver.model.internal;

import org.jspecify.annotations.NullMarked;
