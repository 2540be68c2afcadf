/** What a client sees of the test server. */
@NullMarked
package dev.rotor.testserver;

import org.jspecify.annotations.NullMarked;
