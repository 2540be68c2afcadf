/**
 * The quickstart: catalogues the class files of the running JDK in a MongoDB database, asks questions about them,
 * changes some, and checks every count against the JDK itself.
 */
@NullMarked
package dev.rotor.examples.quickstart;

import org.jspecify.annotations.NullMarked;
