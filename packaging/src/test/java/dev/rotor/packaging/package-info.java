/** Tests that run the application. */
@NullMarked
package dev.rotor.packaging;

import org.jspecify.annotations.NullMarked;
