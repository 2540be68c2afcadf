/** The commands that read and write data, one class for each or for a few that belong together. */
@NullMarked
package dev.rotor.testserver.operations;

import org.jspecify.annotations.NullMarked;
