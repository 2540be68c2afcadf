/** Server sessions and the cluster's clock, as the Driver Sessions specification defines them. */
@NullMarked
package dev.rotor.driver.core.session;

import org.jspecify.annotations.NullMarked;
