/** A small web application that keeps pictures and other files in GridFS. */
@NullMarked
package dev.rotor.examples.pictures;

import org.jspecify.annotations.NullMarked;
