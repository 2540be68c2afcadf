/** Users and SCRAM, as the server's side of it. */
@NullMarked
package dev.rotor.testserver.auth;

import org.jspecify.annotations.NullMarked;
