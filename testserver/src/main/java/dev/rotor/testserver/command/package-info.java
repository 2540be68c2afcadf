/** The way of a command through a server: what is checked before, what runs it, what is added to the reply. */
@NullMarked
package dev.rotor.testserver.command;

import org.jspecify.annotations.NullMarked;
