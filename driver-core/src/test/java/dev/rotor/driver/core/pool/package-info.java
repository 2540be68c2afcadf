/** Tests of the connection pool, on virtual time. */
@NullMarked
package dev.rotor.driver.core.pool;

import org.jspecify.annotations.NullMarked;
