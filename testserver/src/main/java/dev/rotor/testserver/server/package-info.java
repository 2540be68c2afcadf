/** Deployments and their members: puts listeners, commands and the engine together. */
@NullMarked
package dev.rotor.testserver.server;

import org.jspecify.annotations.NullMarked;
