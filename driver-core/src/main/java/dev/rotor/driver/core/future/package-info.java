/** The future behind every stage that users are given. */
@NullMarked
package dev.rotor.driver.core.future;

import org.jspecify.annotations.NullMarked;
