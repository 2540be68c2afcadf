package dev.rotor.driver.core.tls;

import dev.rotor.driver.core.time.Clock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks OCSP responders, for all connections of a client: every certificate once at a time, and not again while an
 * answer is good. A responder that has failed is left alone for a while, so that a firewall costs one wait and not one
 * per connection.
 */
final class OcspResponders {

    /** What the OCSP Support specification says. */
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    /** How long a responder that has failed is not asked again. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int MOST_KNOWN = 256;

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.tls");

    private final Executor executor;
    private final Clock clock;
    private final Duration limit;

    private final ReentrantLock lock = new ReentrantLock();
    // All below: under the lock. The keys are questions, which hold the CertID.
    private final Map<ByteBuffer, OcspAnswer> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, OcspAnswer> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private final Map<ByteBuffer, CompletableFuture<Ocsp.@Nullable Verdict>> asked = new HashMap<>();
    private final Map<URI, Long> pausedSince = new HashMap<>();

    /**
     * For a client.
     *
     * @param executor where names are looked up and answers are judged; never a loop
     * @param clock tells monotonic time
     * @param connectTimeout of the client, zero for none: asking takes half of it at most
     */
    OcspResponders(Executor executor, Clock clock, Duration connectTimeout) {
        this.executor = executor;
        this.clock = clock;
        this.limit = limit(connectTimeout);
    }

    /** How long may be waited for responders: what the specification says, but half of the time to connect at most. */
    static Duration limit(Duration connectTimeout) {
        Duration half = connectTimeout.dividedBy(2);
        return connectTimeout.isZero() || half.compareTo(USUAL_LIMIT) > 0 ? USUAL_LIMIT : half;
    }

    /**
     * Keeps an answer, unless the one that is known already is to be preferred; the platform knows until when either
     * holds.
     *
     * @param certificate whose state it tells
     * @param issuer the certificate of who has issued that one
     * @param answer the bytes as they came
     * @param status what they say; conclusive
     */
    void remember(X509Certificate certificate, X509Certificate issuer, byte[] answer, Ocsp.Status status) {
        try {
            byte[] question = Ocsp.question(certificate, issuer);
            OcspAnswer heard = OcspAnswer.of(answer, status, question);
            ByteBuffer key = ByteBuffer.wrap(question);
            lock.lock();
            try {
                OcspAnswer before = known.get(key);
                if (before == null || heard.replaces(before)) {
                    known.put(key, heard);
                }
            } finally {
                lock.unlock();
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.debug("An answer of OCSP is not remembered: {}", e.toString());
        }
    }

    /**
     * Asks all responders of a certificate at once; the first answer that settles the matter counts. Waits for it, but
     * not longer than the limit.
     *
     * @return a conclusive verdict, or {@code null} for none
     * @throws CertificateException if the thread was interrupted: the client is being closed
     */
    Ocsp.@Nullable Verdict ask(X509Certificate certificate, X509Certificate issuer) throws CertificateException {
        byte[] question;
        try {
            question = Ocsp.question(certificate, issuer);
        } catch (GeneralSecurityException e) {
            LOG.debug("Whether {} was revoked cannot be asked", certificate.getSubjectX500Principal(), e);
            return null;
        }
        ByteBuffer key = ByteBuffer.wrap(question);
        OcspAnswer before;
        lock.lock();
        try {
            before = known.get(key);
        } finally {
            lock.unlock();
        }
        if (before != null) {
            Ocsp.Verdict verdict = Ocsp.judge(certificate, issuer, before.bytes());
            if (verdict.isConclusive()) {
                return verdict;
            }
            // Its time is over.
            lock.lock();
            try {
                known.remove(key, before);
            } finally {
                lock.unlock();
            }
        }
        CompletableFuture<Ocsp.@Nullable Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Ocsp.@Nullable Verdict> others;
        lock.lock();
        try {
            others = asked.putIfAbsent(key, mine);
        } finally {
            lock.unlock();
        }
        return others == null ? askNow(new Errand(certificate, issuer, question, mine), key) : await(others);
    }

    private Ocsp.@Nullable Verdict askNow(Errand errand, ByteBuffer key) throws CertificateException {
        try {
            errand.send(rested(CertificateExtensions.ocspResponders(errand.certificate)));
            return await(errand.verdict);
        } finally {
            lock.lock();
            try {
                asked.remove(key);
            } finally {
                lock.unlock();
            }
            errand.end();
        }
    }

    private Ocsp.@Nullable Verdict await(CompletableFuture<Ocsp.@Nullable Verdict> verdict)
            throws CertificateException {
        try {
            return verdict.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateException(
                    "the check of the certificate was broken off: the client is being closed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer to a question never fails", e);
        }
    }

    /** Those that have not failed lately. */
    private List<URI> rested(List<URI> responders) {
        long now = clock.nanoTime();
        List<URI> rested = new ArrayList<>();
        lock.lock();
        try {
            for (URI each : responders) {
                Long since = pausedSince.get(each);
                if (since == null || now - since >= PAUSE.toNanos()) {
                    rested.add(each);
                }
            }
        } finally {
            lock.unlock();
        }
        return rested;
    }

    private void pause(URI responder, X509Certificate certificate, String why) {
        Long before;
        lock.lock();
        try {
            before = pausedSince.put(responder, clock.nanoTime());
        } finally {
            lock.unlock();
        }
        String words =
                "Whether the certificate {} was revoked is not known, and it is accepted: {} {}; the responder is"
                        + " not asked again for {} s (tlsDisableOCSPEndpointCheck=true never asks)";
        Object subject = certificate.getSubjectX500Principal();
        if (before == null) {
            LOG.info(words, subject, responder, why, PAUSE.toSeconds());
        } else {
            LOG.debug(words, subject, responder, why, PAUSE.toSeconds());
        }
    }

    /** One question, to all responders of a certificate. */
    private final class Errand {

        private final X509Certificate certificate;
        private final X509Certificate issuer;
        private final byte[] question;
        private final CompletableFuture<Ocsp.@Nullable Verdict> verdict;
        private final Map<URI, CompletableFuture<HttpResponse<byte[]>>> exchanges = new LinkedHashMap<>();

        Errand(
                X509Certificate certificate,
                X509Certificate issuer,
                byte[] question,
                CompletableFuture<Ocsp.@Nullable Verdict> verdict) {
            this.certificate = certificate;
            this.issuer = issuer;
            this.question = question;
            this.verdict = verdict;
        }

        void send(List<URI> responders) {
            if (responders.isEmpty()) {
                verdict.complete(null);
                return;
            }
            // A client of its own: that of the JDK has a thread, which ends after the client is forgotten.
            HttpClient client = HttpClient.newBuilder()
                    .executor(executor)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(limit)
                    .build();
            AtomicInteger left = new AtomicInteger(responders.size());
            for (URI each : responders) {
                HttpRequest request = HttpRequest.newBuilder(each)
                        .timeout(limit)
                        .header("Content-Type", "application/ocsp-request")
                        .header("Accept", "application/ocsp-response")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                        .build();
                CompletableFuture<HttpResponse<byte[]>> exchange;
                try {
                    exchange = client.sendAsync(request, info -> new LimitedBody());
                } catch (RuntimeException e) {
                    exchange = CompletableFuture.failedFuture(e);
                }
                exchanges.put(each, exchange);
                var unused = exchange.whenComplete((response, failure) -> {
                    try {
                        answered(each, response, failure);
                    } finally {
                        if (left.decrementAndGet() == 0) {
                            verdict.complete(null);
                        }
                    }
                });
            }
        }

        private void answered(URI from, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
            if (verdict.isDone()) {
                // Another was quicker, or this one was given up.
                return;
            }
            if (response == null) {
                pause(from, certificate, "could not be asked (" + words(failure) + ")");
                return;
            }
            if (response.statusCode() != 200) {
                pause(from, certificate, "answers with status " + response.statusCode());
                return;
            }
            Ocsp.Verdict heard = Ocsp.judge(certificate, issuer, response.body());
            switch (heard.status()) {
                case GOOD, REVOKED -> {
                    remember(certificate, issuer, response.body(), heard.status());
                    verdict.complete(heard);
                }
                case UNKNOWN ->
                    LOG.debug("{} does not know the certificate {}", from, certificate.getSubjectX500Principal());
                case INVALID ->
                    pause(from, certificate, "gives no valid answer (" + Revocation.words(heard.reason()) + ")");
            }
        }

        /** Nobody waits any longer; those who have not answered are paused. */
        void end() {
            boolean late = verdict.complete(null);
            exchanges.forEach((responder, exchange) -> {
                if (!exchange.isDone()) {
                    if (late && !Thread.currentThread().isInterrupted()) {
                        pause(responder, certificate, "did not answer within " + limit.toMillis() + " ms");
                    }
                    exchange.cancel(true);
                }
            });
        }

        private static String words(@Nullable Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause == null ? "no reason is known" : cause.toString();
        }
    }
}
