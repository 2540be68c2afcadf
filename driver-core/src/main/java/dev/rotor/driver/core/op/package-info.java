/** Operations and the execution that carries one from server selection to its result. */
@NullMarked
package dev.rotor.driver.core.op;

import org.jspecify.annotations.NullMarked;
