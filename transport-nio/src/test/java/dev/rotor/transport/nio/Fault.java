package dev.rotor.transport.nio;

/** How a transport can break its promises; each with the claim of the kit that finds it. */
enum Fault {
    FRAMES_ON_ANOTHER_THREAD("Framing", "aMessageArrivesWhole"),
    FRAMES_SWAPPED("Framing", "messagesThatArriveTogetherAreToldApart"),
    FRAMES_COPIED("Framing", "theListenersOwnMemoryIsFilled"),
    LENGTHS_UNCHECKED("Framing", "theLargestLengthAllowedIsAllowedAndOneMoreIsNot"),
    END_HEARD_TWICE("Framing", "theStreamsEndBetweenMessagesIsSaid"),
    BUFFERS_BACK_TWICE("Sending", "aMessageLargerThanTheSocketsBuffersFollowsFromTheLoopAndComesBackOnce"),
    BUFFERS_BACK_EARLY("Sending", "aMessageLargerThanTheSocketsBuffersFollowsFromTheLoopAndComesBackOnce"),
    BUFFERS_SENT_APART("Sending", "messagesOfOneThreadKeepTheirOrderAndNeverMixWithThoseOfOthers"),
    READING_NEVER_STOPS("BackPressure", "aListenerThatTurnsReadingOffHearsNoFurtherMessageUntilItTurnsItOn"),
    FIRST_ADDRESS_ONLY("Connect", "everyAddressIsTriedInOrderUntilOneAnswers"),
    TIMEOUT_IGNORED("Connect", "anAddressThatNeverAnswersEndsWithATimeout"),
    ABANDONING_IGNORED("Connect", "anAbandonedAttemptIsHeardAsClosedByThisSide"),
    PROXY_IGNORED("Proxy", "theHandshakeComesFirstAndMessagesFollowOnTheSameSocket"),
    SILENCE_WAITED_FOR("Connect", "aSilentAddressDoesNotKeepTheNextWaitingWhereThereIsNoTimeout"),
    LOSERS_LEFT("Connect", "theSocketsOfAddressesThatWereTooSlowAreClosedWhenOneIsConnected"),
    CLOSE_DROPS("Closing", "anOrderlyCloseSendsWhatWasSentBefore"),
    END_NEVER_HEARD("Closing", "anIdleWireClosesAndItsPeerSeesTheEnd"),
    ERRORS_SWALLOWED("Listener", "aListenerThatThrowsInAMessageIsClosedWithItAndHearsNoFurtherMessage"),
    TIMERS_EARLY("Loop", "timersOfOtherThreadsFireNeverEarly"),
    CANCELLED_TIMERS_FIRE("Loop", "aTimerCancelledOnItsLoopNeverFires"),
    CANCELLED_TIMERS_HELD("Leak", "theTaskOfACancelledTimerIsForgotten"),
    THREADS_LEFT("Loop", "loopThreadsAreNamedDaemons"),
    SOCKETS_LEFT("Framing", "aMessageArrivesWhole"),
    ENDS_ON_ANOTHER_THREAD("Connect", "theEndOfAnAttemptIsHeardOnTheLoopThatWasAskedFor"),
    TIMERS_ON_ANOTHER_THREAD("Loop", "tasksTimersAndWiresOfALoopAreOneThreads"),
    FOREIGN_LOOPS_IGNORED("Foreign", "loopsThatDoNotFitAreRefusedInWords"),
    SOCKETS_LEFT_BY_FAILURES("RandomFaults", "aThousandConnectsAndClosesLeaveNothing"),
    THREADS_LEFT_BY_FAILURES("RandomFaults", "aThousandConnectsAndClosesLeaveNothing"),
    MEMORY_LEFT_BY_FAILURES("RandomFaults", "aThousandConnectsAndClosesLeaveNothing"),
    SOCKETS_LEFT_BY_FAILED_ENCRYPTION("RandomFaults", "aThousandEncryptedConnectsAndClosesLeaveNothing"),
    NOT_ENCRYPTED("TlsHandshakes", "aCertificateThatNobodyVouchesForIsRefused"),
    CONNECTED_BEFORE_THE_HANDSHAKE("TlsHandshakes", "aCertificateThatNobodyVouchesForIsRefused"),
    HANDSHAKE_FAILS_WITHOUT_A_REASON("TlsHandshakes", "aCertificateThatNobodyVouchesForIsRefused"),
    HOST_OF_THE_CERTIFICATE_UNCHECKED("TlsHandshakes", "aCertificateForAnotherHostIsRefused"),
    HANDSHAKE_WITHOUT_TIMEOUT("TlsHandshakes", "aSilentServerIsATimeoutThatSaysSo"),
    SOCKETS_LEFT_BY_HANDSHAKES("TlsHandshakes", "aServerThatSpeaksSomethingElseFailsTheAttempt"),
    ENGINES_MADE_ON_THE_LOOP("TlsHandshakes", "engineAndCertificatesAreOtherThreadsWork"),
    DECRYPTED_ON_ANOTHER_THREAD("Tls", "recordsAndMessagesThatComeTogetherAreToldApart"),
    GOODBYE_FORGOTTEN("Tls", "anOrderlyCloseSendsWhatWasSentBeforeAndSaysGoodbye"),
    CUT_OFF_TAKEN_FOR_THE_END("Tls", "aStreamThatIsCutOffIsToldFromOneThatEnded");

    /** The contract and the claim in it that finds this. */
    final String contract;

    final String claim;

    /** The types of the claim's parameters. */
    String parameters() {
        if (contract.equals("RandomFaults")) {
            return "org.junit.jupiter.api.TestReporter";
        }
        return switch (this) {
            // The version of TLS.
            case HOST_OF_THE_CERTIFICATE_UNCHECKED, GOODBYE_FORGOTTEN, CUT_OFF_TAKEN_FOR_THE_END -> "java.lang.String";
            default -> "";
        };
    }

    Fault(String contract, String claim) {
        this.contract = contract;
        this.claim = claim;
    }
}
