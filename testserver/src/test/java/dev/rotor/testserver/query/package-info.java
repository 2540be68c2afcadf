/** Tests. */
@NullMarked
package dev.rotor.testserver.query;

import org.jspecify.annotations.NullMarked;
