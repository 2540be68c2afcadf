package dev.rotor.driver.core.auth;

import dev.rotor.driver.core.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What mechanisms take from the client and from the machine.
 *
 * @param executor threads for what is slow or belongs to users; never loops
 * @param clock tells monotonic time
 * @param time tells the date
 * @param variables the environment variables
 * @param endpoints where clouds give out credentials
 * @param timeout how long operations of the client may take, or {@code null} if nothing limits that
 * @param random gives that many bytes that nobody can guess
 * @param http asks clouds
 * @param kerberos logs in to Kerberos and speaks it
 */
public record AuthResources(
        Executor executor,
        Clock clock,
        InstantSource time,
        Function<String, @Nullable String> variables,
        CloudEndpoints endpoints,
        @Nullable Duration timeout,
        IntFunction<byte[]> random,
        CloudHttp http,
        Kerberos kerberos) {}
