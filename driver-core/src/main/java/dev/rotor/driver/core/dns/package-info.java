/** Seeds named by DNS records: the Initial DNS Seedlist Discovery specification. */
@NullMarked
package dev.rotor.driver.core.dns;

import org.jspecify.annotations.NullMarked;
