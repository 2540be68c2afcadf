/** Bulk writes of a client: their writes, options and results, as the Bulk Write specification defines them. */
@NullMarked
package dev.rotor.driver.model.bulk;

import org.jspecify.annotations.NullMarked;
