/** Listeners, connections and load balancers: sockets and what goes wrong on them. */
@NullMarked
package dev.rotor.testserver.net;

import org.jspecify.annotations.NullMarked;
