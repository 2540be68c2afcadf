/**
 * A server for tests: in process, on real sockets. {@link dev.rotor.testserver.TestServer} is where to begin;
 * {@link dev.rotor.testserver.Main} starts one for other programs. What a client sends goes through {@code net},
 * {@code wire} and {@code bson} to {@code command}, which checks what a server checks and hands on to
 * {@code engine.CommandEngine}.
 */
@NullMarked
package dev.rotor.testserver;

import org.jspecify.annotations.NullMarked;
