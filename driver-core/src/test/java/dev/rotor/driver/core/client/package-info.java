/** Operations, cursors and bulk writes over a hand-driven transport, through the interfaces that users call. */
@NullMarked
package dev.rotor.driver.core.client;

import org.jspecify.annotations.NullMarked;
