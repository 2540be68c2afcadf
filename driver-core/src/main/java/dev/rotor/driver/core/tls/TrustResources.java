package dev.rotor.driver.core.tls;

import dev.rotor.driver.core.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What checks of certificates need of a client.
 *
 * @param executor where responders are asked; never a loop
 * @param clock tells monotonic time
 * @param connectTimeout how long connecting may take, all of it; zero for no limit
 */
public record TrustResources(Executor executor, Clock clock, Duration connectTimeout) {}
