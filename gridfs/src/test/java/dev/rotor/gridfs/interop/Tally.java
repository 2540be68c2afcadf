package dev.rotor.gridfs.interop;

import java.io.PrintStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Prints one line for each check, and remembers whether one has failed. */
final class Tally {

    private static final int SECONDS = 60;

    private final PrintStream out;
    private boolean failed;

    Tally(PrintStream out) {
        this.out = out;
    }

    /** What a check looks at; it fails by throwing. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    void check(String what, Body body) {
        String line = "Rotor " + what.replace("\n", "\\n").replace("\t", "\\t");
        try {
            body.run();
            out.println("ok    " + line);
        } catch (Exception | AssertionError e) {
            failed = true;
            out.println("FAIL  " + line);
            String.valueOf(e).lines().forEach(more -> out.println("      " + more));
        }
    }

    boolean failed() {
        return failed;
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
