package dev.rotor.driver.core.fake;

import dev.rotor.driver.spi.DnsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A Domain Name System that a test writes down; it answers at once, or when it is told to. */
public final class FakeDns implements DnsResolver {

    private final Map<String, List<SrvRecord>> srv = new LinkedHashMap<>();
    private final Map<String, List<String>> txt = new LinkedHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean holding;

    /** Nothing exists. */
    public FakeDns() {}

    /** Adds an SRV record; returns this. */
    public FakeDns srv(String name, int port, String target, @Nullable Duration timeToLive) {
        srv.computeIfAbsent(name.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(new SrvRecord(target, port, timeToLive));
        return this;
    }

    /** Adds what is no record, as a faulty resolver may; returns this. */
    @SuppressWarnings("NullAway") // on purpose
    public FakeDns nothing(String name) {
        srv.computeIfAbsent(name.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(null);
        return this;
    }

    /** Removes the SRV records of a name; returns this. */
    public FakeDns remove(String name) {
        srv.remove(name);
        return this;
    }

    /** Adds a TXT record; returns this. */
    public FakeDns txt(String name, String text) {
        txt.computeIfAbsent(name.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(text);
        return this;
    }

    /** Fails every question from now on; {@code null} to answer again. */
    public void fail(@Nullable RuntimeException with) {
        failure = with;
    }

    /** Answers nothing until {@link #release}. */
    public void hold() {
        holding = true;
    }

    /** Answers what was asked in the meantime, as things stand now. */
    public void release() {
        holding = false;
        List<Runnable> answers = List.copyOf(held);
        held.clear();
        answers.forEach(Runnable::run);
    }

    /** The names that SRV records were asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public CompletionStage<List<SrvRecord>> srv(String name) {
        asked.add(name);
        return answer(srv, name);
    }

    @Override
    public CompletionStage<List<String>> txt(String name) {
        return answer(txt, name);
    }

    private <T> CompletionStage<List<T>> answer(Map<String, List<T>> records, String name) {
        CompletableFuture<List<T>> answer = new CompletableFuture<>();
        Runnable now = () -> {
            RuntimeException wrong = failure;
            if (wrong != null) {
                answer.completeExceptionally(wrong);
            } else {
                List<T> found = records.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
                answer.complete(new ArrayList<>(found));
            }
        };
        if (holding) {
            held.add(now);
        } else {
            now.run();
        }
        return answer;
    }
}
