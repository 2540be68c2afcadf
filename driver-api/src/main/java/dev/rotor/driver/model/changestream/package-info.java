/** What change streams report, as the Change Streams specification defines it, and the options of a watch. */
@NullMarked
package dev.rotor.driver.model.changestream;

import org.jspecify.annotations.NullMarked;
