/** Tests of the pictures example. */
@NullMarked
package dev.rotor.examples.pictures;

import org.jspecify.annotations.NullMarked;
