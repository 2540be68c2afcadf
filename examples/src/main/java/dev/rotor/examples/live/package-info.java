/** A page that shows a collection as it changes. */
@NullMarked
package dev.rotor.examples.live;

import org.jspecify.annotations.NullMarked;
