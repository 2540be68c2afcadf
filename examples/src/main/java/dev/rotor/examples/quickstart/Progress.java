package dev.rotor.examples.quickstart;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How far the insertion has come: a bar on a terminal, else a line for every tenth. Used by one thread. */
final class Progress {
    private static final int BAR = 40;
    private static final long REDRAW_NANOS = 50_000_000L;

    private final Screen screen;
    private final LongSupplier nanoTime;
    private final long total;
    private final long startedAt;
    private long drawnAt;
    private int tenths;

    Progress(Screen screen, LongSupplier nanoTime, long total) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.total = total;
        this.startedAt = nanoTime.getAsLong();
        this.drawnAt = startedAt - REDRAW_NANOS;
    }

    void done(long documents) {
        long now = nanoTime.getAsLong();
        if (screen.terminal()) {
            if (now - drawnAt >= REDRAW_NANOS || documents == total) {
                drawnAt = now;
                int filled = Math.toIntExact(BAR * documents / total);
                screen.overwrite("[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + text(documents, now));
            }
        } else if (documents * 10 / total > tenths) {
            tenths = Math.toIntExact(documents * 10 / total);
            screen.line(text(documents, now));
        }
    }

    /** How long it took. */
    double seconds() {
        return (nanoTime.getAsLong() - startedAt) / 1e9;
    }

    /** Documents in a second, so far. */
    static long rate(long documents, double seconds) {
        return seconds <= 0 ? 0 : Math.round(documents / seconds);
    }

    private String text(long documents, long now) {
        return String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d  %,d documents/s",
                100 * documents / total,
                documents,
                total,
                rate(documents, (now - startedAt) / 1e9));
    }
}
