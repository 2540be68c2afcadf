/** Tests. */
@NullMarked
package dev.rotor.testserver.session;

import org.jspecify.annotations.NullMarked;
