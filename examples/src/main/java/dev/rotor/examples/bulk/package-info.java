/** Many writes in one go, and what their errors tell. */
@NullMarked
package dev.rotor.examples.bulk;

import org.jspecify.annotations.NullMarked;
