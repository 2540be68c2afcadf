package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.TlsSettings;
import dev.rotor.testserver.tls.OcspResponder;
import dev.rotor.testserver.tls.OcspResponder.Behaviour;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether certificates were revoked, asked of responders that behave in every way. */
@Timeout(120)
class RevocationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Revocation");
    private static final RevocationPolicy ALL = new RevocationPolicy(true, true, true);
    private static final RevocationPolicy STAPLES_ONLY = new RevocationPolicy(true, false, true);

    /** Of which a half is waited for: long enough for a responder on this machine, however busy. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static final Duration HASTY = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong now = new AtomicLong();
    private final List<OcspResponder> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(OcspResponder::close);
        threads.shutdownNow();
    }

    private OcspResponder responder(Behaviour behaviour) {
        OcspResponder responder = OcspResponder.start(AUTHORITY, behaviour);
        open.add(responder);
        return responder;
    }

    private Revocation revocation(RevocationPolicy policy, Duration connectTimeout) {
        return revocation(policy, connectTimeout, AUTHORITY.certificate());
    }

    private Revocation revocation(RevocationPolicy policy, Duration connectTimeout, X509Certificate... trusted) {
        return new Revocation(policy, trusted, new OcspResponders(threads, now::get, connectTimeout));
    }

    private static X509Certificate[] chain(TestCertificate certificate) {
        return new X509Certificate[] {certificate.certificate()};
    }

    private static TestCertificate certificate(OcspResponder... responders) {
        List<URI> uris = new ArrayList<>();
        for (OcspResponder each : responders) {
            uris.add(each.uri());
        }
        return AUTHORITY.serverWithOcsp(uris, false, "localhost");
    }

    private static String revokedSentence(X509Certificate certificate) {
        return "the certificate " + certificate.getSubjectX500Principal().getName()
                + " was revoked by its authority on 2026-01-02T03:04:05Z (KEY_COMPROMISE); the server needs a new one";
    }

    @Test
    void aGoodCertificateIsAskedAboutOnce() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        Revocation revocation = revocation(ALL, PATIENT);
        X509Certificate[] chain = chain(certificate(responder));
        for (int i = 0; i < 5; i++) {
            revocation.check(chain, List.of());
        }
        assertThat(responder.questions()).isEqualTo(1);
    }

    @Test
    void aRevokedCertificateIsRefusedAndAskedAboutOnce() {
        OcspResponder responder = responder(Behaviour.REVOKED);
        Revocation revocation = revocation(ALL, PATIENT);
        X509Certificate[] chain = chain(certificate(responder));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> revocation.check(chain, List.of()))
                    .isInstanceOf(CertificateException.class)
                    .hasMessage(revokedSentence(chain[0]))
                    // The platform sends the alert that belongs to it.
                    .cause()
                    .isInstanceOfSatisfying(CertPathValidatorException.class, cause -> assertThat(cause.getReason())
                            .isEqualTo(CertPathValidatorException.BasicReason.REVOKED));
        }
        assertThat(responder.questions()).isEqualTo(1);
    }

    @Test
    void aDelegateMayAnswerAndAStrangerMayNot() {
        TestCertificate revoked = certificate(responder(Behaviour.REVOKED).signedBy(AUTHORITY.ocspDelegate()));
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(revoked), List.of()))
                .hasMessage(revokedSentence(revoked.certificate()));
        // A certificate of the same authority that is not meant for this.
        TestCertificate accused = certificate(responder(Behaviour.REVOKED).signedBy(AUTHORITY.server("x.test")));
        assertThatCode(() -> revocation(ALL, PATIENT).check(chain(accused), List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FORGED", "OUTDATED", "TRY_LATER", "GARBAGE", "FLOOD", "FAILURE"})
    void aResponderThatFailsIsNoObjectionAndIsLeftAloneForAWhile(Behaviour behaviour) throws Exception {
        OcspResponder responder = responder(behaviour);
        Revocation revocation = revocation(ALL, PATIENT);
        X509Certificate[] chain = chain(certificate(responder));
        revocation.check(chain, List.of());
        revocation.check(chain, List.of());
        // What is paused is the responder, whomever it is asked about.
        revocation.check(chain(certificate(responder)), List.of());
        assertThat(responder.questions()).isEqualTo(1);

        now.addAndGet(OcspResponders.PAUSE.toNanos());
        responder.behave(Behaviour.REVOKED);
        assertThatThrownBy(() -> revocation.check(chain, List.of())).hasMessage(revokedSentence(chain[0]));
        assertThat(responder.questions()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SILENCE", "STALLED"})
    void aResponderThatKeepsSilentIsWaitedForOnceAndNotForLong(Behaviour behaviour) throws Exception {
        OcspResponder responder = responder(behaviour);
        Revocation revocation = revocation(ALL, HASTY);
        X509Certificate[] chain = chain(certificate(responder));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> {
                revocation.check(chain, List.of());
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        assertThat(responder.questions()).isLessThanOrEqualTo(1);
    }

    @Test
    void aResponderThatIsNotThereIsNoObjection() throws Exception {
        OcspResponder gone = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(gone);
        gone.close();
        revocation(ALL, PATIENT).check(chain(certificate), List.of());
        TestCertificate unresolved =
                AUTHORITY.serverWithOcsp(List.of(URI.create("http://nobody.invalid/")), false, "localhost");
        revocation(ALL, PATIENT).check(chain(unresolved), List.of());
    }

    @Test
    void whoDoesNotKnowTheCertificateIsAskedAgain() throws Exception {
        OcspResponder responder = responder(Behaviour.UNKNOWN);
        Revocation revocation = revocation(ALL, PATIENT);
        X509Certificate[] chain = chain(certificate(responder));
        revocation.check(chain, List.of());
        responder.behave(Behaviour.REVOKED);
        assertThatThrownBy(() -> revocation.check(chain, List.of())).hasMessage(revokedSentence(chain[0]));
    }

    @Test
    void allRespondersAreAskedAtOnceAndTheFirstThatKnowsCounts() {
        OcspResponder silent = responder(Behaviour.SILENCE);
        OcspResponder ignorant = responder(Behaviour.UNKNOWN);
        OcspResponder broken = responder(Behaviour.GARBAGE);
        OcspResponder knows = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(silent, ignorant, broken, knows);
        // Waiting for the silent one would take longer than this test may.
        assertThatThrownBy(() -> revocation(ALL, Duration.ofHours(1)).check(chain(certificate), List.of()))
                .hasMessage(revokedSentence(certificate.certificate()));
    }

    @Test
    void onlyResponsersOfHttpAreAsked() throws Exception {
        TestCertificate certificate = AUTHORITY.serverWithOcsp(
                List.of(URI.create("ldap://x.test/"), URI.create("file:///etc/passwd"), URI.create("http:///")),
                false,
                "localhost");
        assertThat(CertificateExtensions.ocspResponders(certificate.certificate()))
                .isEmpty();
        revocation(ALL, PATIENT).check(chain(certificate), List.of());
    }

    @Test
    void noResponderIsAskedWhereThatIsSwitchedOff() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        revocation(STAPLES_ONLY, PATIENT).check(chain(certificate(responder)), List.of());
        assertThat(responder.questions()).isZero();
    }

    @Test
    void whatTheServerBringsIsTakenAndRemembered() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(responder);
        Revocation revocation = revocation(ALL, PATIENT);
        revocation.check(chain(certificate), List.of(responder.answer(certificate, Behaviour.GOOD)));
        revocation.check(chain(certificate), List.of());
        assertThat(responder.questions()).isZero();
    }

    /** Signed so many hours from now, and good until so many hours from now. */
    private static byte[] answer(
            OcspResponder responder, TestCertificate certificate, Behaviour as, int producedAt, int nextUpdate) {
        Instant now = Instant.now();
        return responder.answer(
                certificate.certificate(),
                as,
                now.plus(producedAt, ChronoUnit.HOURS),
                now.plus(nextUpdate, ChronoUnit.HOURS));
    }

    @Test
    void anOldAnswerThatTheServerBringsDoesNotMakeARevocationForgotten() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(responder);
        Revocation revocation = revocation(ALL, PATIENT);
        assertThatThrownBy(() -> revocation.check(chain(certificate), List.of()))
                .hasMessage(revokedSentence(certificate.certificate()));
        for (int nextUpdate : new int[] {1, 500}) {
            revocation.check(
                    chain(certificate), List.of(answer(responder, certificate, Behaviour.GOOD, -24, nextUpdate)));
            assertThatThrownBy(() -> revocation.check(chain(certificate), List.of()))
                    .hasMessage(revokedSentence(certificate.certificate()));
        }
        assertThat(responder.questions()).isEqualTo(1);
    }

    @Test
    void aRevocationIsRememberedHoweverLongItsCertificateWasSaidToBeGood() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = certificate(responder);
        Revocation revocation = revocation(ALL, PATIENT);
        revocation.check(chain(certificate), List.of(answer(responder, certificate, Behaviour.GOOD, -24, 500)));
        byte[] staple = answer(responder, certificate, Behaviour.REVOKED, 0, 1);
        assertThatThrownBy(() -> revocation.check(chain(certificate), List.of(staple)))
                .hasMessage(revokedSentence(certificate.certificate()));
        assertThatThrownBy(() -> revocation.check(chain(certificate), List.of()))
                .hasMessage(revokedSentence(certificate.certificate()));
        assertThat(responder.questions()).isZero();
    }

    @Test
    void aRevocationThatWasTakenBackIsForgotten() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(responder);
        Revocation revocation = revocation(ALL, PATIENT);
        byte[] hold = answer(responder, certificate, Behaviour.REVOKED, -2, 1);
        assertThatThrownBy(() -> revocation.check(chain(certificate), List.of(hold)))
                .hasMessage(revokedSentence(certificate.certificate()));
        revocation.check(chain(certificate), List.of(answer(responder, certificate, Behaviour.GOOD, -1, 2)));
        revocation.check(chain(certificate), List.of());
        assertThat(responder.questions()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // What is known, what is heard, and which of the two is remembered.
        "GOOD, -2, 5, GOOD, -1, 6, true",
        "GOOD, -2, 5, GOOD, -1, 5, false",
        "GOOD, -2, 5, GOOD, -1, 4, false",
        "GOOD, -2, 5, GOOD, -3, 6, true",
        "REVOKED, -2, 5, REVOKED, -1, 6, true",
        "REVOKED, -2, 5, REVOKED, -1, 4, false",
        "REVOKED, -2, 5, GOOD, -1, 6, true",
        "REVOKED, -2, 5, GOOD, -1, 5, false",
        "REVOKED, -2, 5, GOOD, -2, 6, false",
        "REVOKED, -2, 5, GOOD, -3, 6, false",
        "GOOD, -2, 5, REVOKED, -3, 6, true",
        "GOOD, -2, 5, REVOKED, -2, 5, true",
        "GOOD, -2, 5, REVOKED, -1, 4, true",
        "GOOD, -2, 5, REVOKED, -3, 5, false"
    })
    void ofTwoAnswersTheOneThatHoldsForLongerIsRememberedAndOfARevocationTheLaterOne(
            Behaviour knownStatus,
            int knownProduced,
            int knownUntil,
            Behaviour heardStatus,
            int heardProduced,
            int heardUntil,
            boolean replaced)
            throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = certificate(responder);
        byte[] question = Ocsp.question(certificate.certificate(), AUTHORITY.certificate());
        Instant now = Instant.parse("2026-05-06T07:08:09Z");
        OcspAnswer known = OcspAnswer.of(
                responder.answer(
                        certificate.certificate(),
                        knownStatus,
                        now.plus(knownProduced, ChronoUnit.HOURS),
                        now.plus(knownUntil, ChronoUnit.HOURS)),
                Ocsp.Status.valueOf(knownStatus.name()),
                question);
        OcspAnswer heard = OcspAnswer.of(
                responder.answer(
                        certificate.certificate(),
                        heardStatus,
                        now.plus(heardProduced, ChronoUnit.HOURS),
                        now.plus(heardUntil, ChronoUnit.HOURS)),
                Ocsp.Status.valueOf(heardStatus.name()),
                question);
        assertThat(heard.producedAt()).isEqualTo(now.plus(heardProduced, ChronoUnit.HOURS));
        assertThat(heard.nextUpdate()).isEqualTo(now.plus(heardUntil, ChronoUnit.HOURS));
        assertThat(heard.replaces(known)).isEqualTo(replaced);
    }

    @Test
    void anAnswerThatDoesNotSayUntilWhenHoldsForNoLongerThanItsOwnTime() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        X509Certificate certificate = certificate(responder).certificate();
        Instant now = Instant.parse("2026-05-06T07:08:09Z");
        OcspAnswer answer = OcspAnswer.of(
                responder.answer(certificate, Behaviour.GOOD, now, null),
                Ocsp.Status.GOOD,
                Ocsp.question(certificate, AUTHORITY.certificate()));
        assertThat(answer.nextUpdate()).isEqualTo(now.minus(1, ChronoUnit.HOURS));
    }

    @Test
    void whatIsNoAnswerToTheQuestionHasNoTime() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        byte[] other = responder.answer(certificate(responder), Behaviour.GOOD);
        byte[] question = Ocsp.question(certificate(responder).certificate(), AUTHORITY.certificate());
        for (byte[] each : List.of(other, new byte[0], new byte[] {0x30, 0}, new byte[] {1, 2, 3})) {
            assertThatThrownBy(() -> OcspAnswer.of(each, Ocsp.Status.GOOD, question))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aServerThatBringsTheNewsOfItsRevocationIsRefused() {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = certificate(responder);
        byte[] staple = responder.answer(certificate, Behaviour.REVOKED);
        assertThatThrownBy(() -> revocation(STAPLES_ONLY, PATIENT).check(chain(certificate), List.of(staple)))
                .hasMessage(revokedSentence(certificate.certificate()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FORGED | does not count: ",
                "OUTDATED | does not count: Response is unreliable: its validity interval is out-of-date; have the server fetch",
                "TRY_LATER | does not count: ",
                "GARBAGE | does not count: ",
                "EMPTY_SEQUENCE | does not count: "
            })
    void aServerThatBringsWhatIsNoAnswerIsRefused(String what, String words) {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = certificate(responder);
        byte[] staple =
                switch (what) {
                    case "GARBAGE" -> new byte[] {1, 2, 3};
                    case "EMPTY_SEQUENCE" -> new byte[] {0x30, 0};
                    default -> responder.answer(certificate, Behaviour.valueOf(what));
                };
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of(staple)))
                .isInstanceOf(CertificateException.class)
                .hasMessageStartingWith("the answer of OCSP that the server brings with the certificate "
                        + certificate.subject() + " " + words)
                .hasMessageEndingWith(
                        "; have the server fetch a new one, or set tlsDisableCertificateRevocationCheck=true");
        assertThat(responder.questions()).isZero();
    }

    @Test
    void aServerThatBringsTheAnswerAboutAnotherCertificateIsRefused() {
        OcspResponder responder = responder(Behaviour.GOOD);
        byte[] staple = responder.answer(certificate(responder), Behaviour.GOOD);
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate(responder)), List.of(staple)))
                .hasMessageContaining(" does not count: ");
    }

    @Test
    void anAnswerThatTheCertificateIsNotKnownLeavesTheMatterOpen() {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(responder);
        byte[] staple = responder.answer(certificate, Behaviour.UNKNOWN);
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of(staple)))
                .hasMessage(revokedSentence(certificate.certificate()));
        assertThatCode(() -> revocation(STAPLES_ONLY, PATIENT).check(chain(certificate), List.of(staple)))
                .doesNotThrowAnyException();
    }

    @Test
    void aCertificateThatDemandsAnAnswerOfItsServerIsRefusedWithoutOne() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = AUTHORITY.serverWithOcsp(List.of(responder.uri()), true, "localhost");
        String sentence =
                "the certificate " + certificate.subject() + " demands that the server brings an answer of OCSP"
                        + " with it (must-staple), and the server brings none; have it staple one, or set"
                        + " tlsDisableCertificateRevocationCheck=true";
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of()))
                .hasMessage(sentence);
        assertThatThrownBy(() -> revocation(STAPLES_ONLY, PATIENT).check(chain(certificate), List.of(new byte[0])))
                .hasMessage(sentence);
        byte[] unknown = responder.answer(certificate, Behaviour.UNKNOWN);
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of(unknown)))
                .hasMessageContaining(" does not count: ");
        assertThat(responder.questions()).isZero();

        revocation(ALL, PATIENT).check(chain(certificate), List.of(responder.answer(certificate, Behaviour.GOOD)));
        // Where the application has the platform not ask for answers, there are none to be missed.
        revocation(new RevocationPolicy(true, true, false), PATIENT).check(chain(certificate), List.of());
    }

    @Test
    void aServerThatBringsTheNewsThatItsAuthorityWasRevokedIsRefused() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        X509Certificate[] chain = AUTHORITY.serverByIntermediate("localhost").chain();
        byte[] revoked = responder.answer(chain[1], Behaviour.REVOKED);
        assertThatThrownBy(() -> revocation(STAPLES_ONLY, PATIENT).check(chain, List.of(new byte[0], revoked)))
                .hasMessage(revokedSentence(chain[1]));
        byte[] good = responder.answer(chain[1], Behaviour.GOOD);
        revocation(STAPLES_ONLY, PATIENT).check(chain, List.of(new byte[0], good));
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FORGED", "OUTDATED", "TRY_LATER", "GARBAGE"})
    void aServerThatBringsWhatIsNoAnswerAboutItsAuthorityIsRefused(Behaviour what) {
        X509Certificate[] chain = AUTHORITY.serverByIntermediate("localhost").chain();
        byte[] staple = what == Behaviour.GARBAGE
                ? new byte[] {1, 2, 3}
                : responder(Behaviour.GOOD).answer(chain[1], what);
        assertThatThrownBy(() -> revocation(STAPLES_ONLY, PATIENT).check(chain, List.of(new byte[0], staple)))
                .isInstanceOf(CertificateException.class)
                .hasMessageStartingWith("the answer of OCSP that the server brings with the certificate "
                        + chain[1].getSubjectX500Principal().getName() + " does not count: ");
    }

    @Test
    void aRevokedCertificateIsRefusedThoughItMayIssueOthers() {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = AUTHORITY.issuingServerWithOcsp(List.of(responder.uri()), false, "localhost");
        assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of()))
                .hasMessage(revokedSentence(certificate.certificate()));
        byte[] staple = responder.answer(certificate, Behaviour.REVOKED);
        assertThatThrownBy(() -> revocation(STAPLES_ONLY, PATIENT).check(chain(certificate), List.of(staple)))
                .hasMessage(revokedSentence(certificate.certificate()));
    }

    @Test
    void whatIsNoAnswerDoesNotSatisfyACertificateThatMayIssueOthersAndDemandsOne() throws Exception {
        OcspResponder responder = responder(Behaviour.GOOD);
        TestCertificate certificate = AUTHORITY.issuingServerWithOcsp(List.of(responder.uri()), true, "localhost");
        for (byte[] staple : List.of(
                new byte[] {1, 2, 3},
                responder.answer(certificate, Behaviour.FORGED),
                responder.answer(certificate, Behaviour.UNKNOWN))) {
            assertThatThrownBy(() -> revocation(ALL, PATIENT).check(chain(certificate), List.of(staple)))
                    .hasMessageContaining(" does not count: ");
        }
        revocation(ALL, PATIENT).check(chain(certificate), List.of(responder.answer(certificate, Behaviour.GOOD)));
        assertThat(responder.questions()).isZero();
    }

    @Test
    void nobodyIsAskedAboutACertificateThatIsTrustedByItself() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        TestCertificate certificate = certificate(responder);
        revocation(ALL, PATIENT, certificate.certificate()).check(chain(certificate), List.of());
        assertThat(responder.questions()).isZero();
    }

    @Test
    void whoeverIsInterruptedWhileWaitingRefuses() throws Exception {
        OcspResponder responder = responder(Behaviour.SILENCE);
        X509Certificate[] chain = chain(certificate(responder));
        Revocation revocation = revocation(ALL, Duration.ofHours(1));
        Future<Throwable> outcome = threads.submit(() -> {
            Thread.currentThread().interrupt();
            return catchThrowable(() -> revocation.check(chain, List.of()));
        });
        assertThat(outcome.get())
                .isInstanceOf(CertificateException.class)
                .hasMessage("the check of the certificate was broken off: the client is being closed");
    }

    @Test
    void threadsThatTakeNothingAreNoObjection() throws Exception {
        OcspResponder responder = responder(Behaviour.REVOKED);
        threads.shutdown();
        revocation(ALL, PATIENT).check(chain(certificate(responder)), List.of());
    }

    @ParameterizedTest
    @CsvSource({"0, 5000", "600000, 5000", "10000, 5000", "3000, 1500", "100, 50"})
    void askingTakesHalfOfTheTimeToConnectAtMost(long connectMillis, long limitMillis) {
        assertThat(OcspResponders.limit(Duration.ofMillis(connectMillis))).hasMillis(limitMillis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsDisableCertificateRevocationCheck", "tlsAllowInvalidCertificates", "tlsInsecure"})
    void whatIsCheckedFollowsTheOptions(String option) {
        TlsSettings.Builder off = TlsSettings.builder();
        switch (option) {
            case "tlsInsecure" -> off.insecure(true);
            case "tlsAllowInvalidCertificates" -> off.allowInvalidCertificates(true);
            default -> off.disableCertificateRevocationCheck(true);
        }
        assertThat(RevocationPolicy.of(off.build(), none -> null, none -> null))
                .isEqualTo(new RevocationPolicy(false, false, false));
    }

    @Test
    void byDefaultEverythingIsChecked() {
        assertThat(RevocationPolicy.of(TlsSettings.ENABLED, none -> null, none -> null))
                .isEqualTo(ALL);
        assertThat(RevocationPolicy.of(
                        TlsSettings.builder().allowInvalidHostnames(true).build(), none -> null, none -> null))
                .isEqualTo(ALL);
        assertThat(RevocationPolicy.of(
                        TlsSettings.builder().disableOcspEndpointCheck(true).build(), none -> null, none -> null))
                .isEqualTo(STAPLES_ONLY);
    }

    @Test
    void whatTheApplicationHasSwitchedOffForAllStaysOff() {
        Map<String, String> off = Map.of(
                RevocationPolicy.CHECK_REVOCATION,
                "false",
                RevocationPolicy.REQUEST_STAPLES,
                "FALSE",
                "ocsp.enable",
                "false");
        assertThat(RevocationPolicy.of(
                        TlsSettings.ENABLED,
                        name -> name.equals(RevocationPolicy.CHECK_REVOCATION) ? "false" : null,
                        x -> null))
                .isEqualTo(new RevocationPolicy(false, false, false));
        assertThat(RevocationPolicy.of(
                        TlsSettings.ENABLED,
                        name -> name.equals(RevocationPolicy.REQUEST_STAPLES) ? "false" : null,
                        x -> null))
                .isEqualTo(new RevocationPolicy(true, true, false));
        assertThat(RevocationPolicy.of(TlsSettings.ENABLED, x -> null, off::get))
                .isEqualTo(STAPLES_ONLY);
        assertThat(RevocationPolicy.of(TlsSettings.ENABLED, x -> "true", x -> "true"))
                .isEqualTo(ALL);
    }
}
