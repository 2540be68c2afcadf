/** Authentication against the test server. */
@NullMarked
package dev.rotor.conformance.auth;

import org.jspecify.annotations.NullMarked;
