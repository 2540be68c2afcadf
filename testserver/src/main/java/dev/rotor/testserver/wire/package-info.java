/** The wire protocol as a server reads and writes it: OP_MSG, and OP_QUERY for the handshakes of old clients. */
@NullMarked
package dev.rotor.testserver.wire;

import org.jspecify.annotations.NullMarked;
