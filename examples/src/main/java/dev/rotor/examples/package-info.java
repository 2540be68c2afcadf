/** What the examples share: a server to run on, and the command line. */
@NullMarked
package dev.rotor.examples;

import org.jspecify.annotations.NullMarked;
