/** Every example runs, and tells what it says it does. */
@NullMarked
package dev.rotor.examples;

import org.jspecify.annotations.NullMarked;
