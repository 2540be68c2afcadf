package dev.rotor.testserver.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Answers over HTTP whether certificates of an authority were revoked, truly or not. */
public final class OcspResponder implements AutoCloseable {

    /** When everything was revoked that is revoked here. */
    public static final Instant REVOKED_AT = Instant.parse("2026-01-02T03:04:05Z");

    /** What it does about every question. */
    public enum Behaviour {
        /** The certificate is good. */
        GOOD,
        /** The certificate was revoked, since its key is known to others. */
        REVOKED,
        /** The responder does not know the certificate. */
        UNKNOWN,
        /** Good, but said by somebody who may not say so. */
        FORGED,
        /** Good, but until yesterday. */
        OUTDATED,
        /** Come back later. */
        TRY_LATER,
        /** What is no answer at all. */
        GARBAGE,
        /** Megabytes of it. */
        FLOOD,
        /** Status 500. */
        FAILURE,
        /** Nothing, ever. */
        SILENCE,
        /** The first byte of an answer, and no other. */
        STALLED
    }

    private static final int FLOOD_BYTES = 4 << 20;

    private final TestAuthority authority;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ocsp-responder");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();
    private volatile Behaviour behaviour;
    private volatile PrivateKey key;
    private volatile X509Certificate signer;

    private OcspResponder(TestAuthority authority, Behaviour behaviour) throws IOException {
        this.authority = authority;
        this.behaviour = behaviour;
        this.key = authority.key();
        this.signer = authority.certificate();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts one at a free port, which signs with the authority's own key. */
    public static OcspResponder start(TestAuthority authority, Behaviour behaviour) {
        try {
            return new OcspResponder(authority, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on a delegate of the authority signs. */
    public OcspResponder signedBy(TestCertificate delegate) {
        key = delegate.key();
        signer = delegate.certificate();
        return this;
    }

    /** From now on it does that. */
    public void behave(Behaviour other) {
        behaviour = other;
    }

    /** Where it can be asked. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Completes when the first question has come. */
    public CompletableFuture<@Nullable Void> asked() {
        return asked.copy();
    }

    /** How many questions have come. */
    public int questions() {
        return questions.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        asked.complete(null);
        try (exchange) {
            byte[] question = question(exchange);
            switch (behaviour) {
                case GARBAGE -> send(exchange, 200, "hello".getBytes(StandardCharsets.US_ASCII));
                case FLOOD -> send(exchange, 200, new byte[FLOOD_BYTES]);
                case FAILURE -> send(exchange, 500, new byte[0]);
                case SILENCE -> closed.await();
                case STALLED -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(0x30);
                    exchange.getResponseBody().flush();
                    closed.await();
                }
                default -> {
                    Behaviour as = behaviour;
                    Instant now = time(as);
                    CertificateID asked = new OCSPReq(question).getRequestList()[0].getCertID();
                    send(exchange, 200, answer(asked, as, now, until(now)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OCSPException | OperatorCreationException | CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    /** In the body of a POST, or in the path of a GET. */
    private static byte[] question(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            String path = exchange.getRequestURI().getRawPath().substring(1);
            return Base64.getDecoder().decode(URLDecoder.decode(path, StandardCharsets.UTF_8));
        }
        try (InputStream in = exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** What it would answer about a certificate of the authority: for servers that bring the answer along. */
    public byte[] answer(TestCertificate certificate, Behaviour as) {
        return answer(certificate.certificate(), as);
    }

    /** The same about any certificate that the authority has issued, such as that of another authority. */
    public byte[] answer(X509Certificate certificate, Behaviour as) {
        Instant now = time(as);
        return answer(certificate, as, now, until(now));
    }

    /**
     * The same, signed at a time of the test's choosing, and good from an hour before until another such time;
     * {@code null} does not say until when.
     */
    public byte[] answer(X509Certificate certificate, Behaviour as, Instant producedAt, @Nullable Instant nextUpdate) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            BigInteger serial = certificate.getSerialNumber();
            return answer(
                    new CertificateID(
                            digests.get(CertificateID.HASH_SHA1),
                            new JcaX509CertificateHolder(authority.certificate()),
                            serial),
                    as,
                    producedAt,
                    nextUpdate);
        } catch (OCSPException | OperatorCreationException | CertificateEncodingException | IOException e) {
            throw new IllegalStateException("an answer could not be made", e);
        }
    }

    private static Instant time(Behaviour as) {
        return Instant.now().minus(as == Behaviour.OUTDATED ? 2 : 0, ChronoUnit.DAYS);
    }

    private static Instant until(Instant producedAt) {
        return producedAt.plus(1, ChronoUnit.HOURS);
    }

    private byte[] answer(CertificateID certificate, Behaviour as, Instant producedAt, @Nullable Instant nextUpdate)
            throws OCSPException, OperatorCreationException, CertificateEncodingException, IOException {
        if (as == Behaviour.TRY_LATER) {
            return new OCSPRespBuilder().build(OCSPRespBuilder.TRY_LATER, null).getEncoded();
        }
        CertificateStatus status =
                switch (as) {
                    case REVOKED -> new RevokedStatus(Date.from(REVOKED_AT), CRLReason.keyCompromise);
                    case UNKNOWN -> new UnknownStatus();
                    default -> CertificateStatus.GOOD;
                };
        PrivateKey signs =
                as == Behaviour.FORGED ? TestAuthority.create("A forger").key() : key;
        BasicOCSPRespBuilder builder =
                new BasicOCSPRespBuilder(new RespID(new JcaX509CertificateHolder(signer).getSubject()));
        builder.addResponse(
                certificate,
                status,
                Date.from(producedAt.minus(1, ChronoUnit.HOURS)),
                nextUpdate == null ? null : Date.from(nextUpdate),
                null);
        X509CertificateHolder[] chain = {new JcaX509CertificateHolder(signer)};
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(
                                new JcaContentSignerBuilder(
                                                signs instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA")
                                        .build(signs),
                                chain,
                                Date.from(producedAt)))
                .getEncoded();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
