/** Certificates made at test time, and how the test server encrypts with them. */
@NullMarked
package dev.rotor.testserver.tls;

import org.jspecify.annotations.NullMarked;
