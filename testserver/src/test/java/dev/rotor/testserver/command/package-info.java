/** Tests. */
@NullMarked
package dev.rotor.testserver.command;

import org.jspecify.annotations.NullMarked;
