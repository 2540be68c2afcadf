/**
 * What a server does with a command, without sockets: {@link dev.rotor.testserver.engine.CommandEngine} is the border
 * between the front (wire, sessions, fail points, topology) and the engine (storage, queries, transactions, streams).
 */
@NullMarked
package dev.rotor.testserver.engine;

import org.jspecify.annotations.NullMarked;
