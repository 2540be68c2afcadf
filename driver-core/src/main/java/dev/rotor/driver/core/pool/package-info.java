/** The connection pool of one server, as the Connection Monitoring and Pooling specification defines it. */
@NullMarked
package dev.rotor.driver.core.pool;

import org.jspecify.annotations.NullMarked;
