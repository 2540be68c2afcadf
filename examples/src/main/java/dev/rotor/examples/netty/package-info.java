/** GridFS files from an HTTP server made with Netty: what an adapter for another server than the JDK's takes. */
@NullMarked
package dev.rotor.examples.netty;

import org.jspecify.annotations.NullMarked;
