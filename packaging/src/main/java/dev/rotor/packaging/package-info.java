/** An application that is run in each way in which applications are packaged. */
@NullMarked
package dev.rotor.packaging;

import org.jspecify.annotations.NullMarked;
