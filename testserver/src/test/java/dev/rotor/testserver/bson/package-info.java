/** Tests. */
@NullMarked
package dev.rotor.testserver.bson;

import org.jspecify.annotations.NullMarked;
