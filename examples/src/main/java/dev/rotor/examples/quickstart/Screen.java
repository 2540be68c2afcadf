package dev.rotor.examples.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the quickstart prints. Only ASCII, so that it is readable whatever the terminal's encoding.
 *
 * @param out for what was found
 * @param err for errors
 * @param terminal whether a person is looking, so that a line may be written over
 * @param colour whether headings are coloured
 * @param quiet whether only the summary is printed
 */
record Screen(PrintStream out, PrintStream err, boolean terminal, boolean colour, boolean quiet) {

    /** No line is wider. */
    static final int WIDTH = 100;

    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    /**
     * The screen of this process.
     *
     * @param terminal whether standard output is a terminal
     * @param environment the environment variables
     * @return a screen that is not quiet
     */
    static Screen ofProcess(boolean terminal, Map<String, String> environment) {
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        return new Screen(System.out, System.err, terminal, colour, false);
    }

    Screen quiet(boolean quiet) {
        return new Screen(out, err, terminal, colour, quiet);
    }

    void heading(String title, String how) {
        if (!quiet) {
            int gap = Math.max(2, WIDTH - title.length() - how.length());
            out.println();
            out.println(paint(BOLD, title) + (how.isEmpty() ? "" : " ".repeat(gap) + paint(DIM, how)));
        }
    }

    void line(String text) {
        if (!quiet) {
            out.println("  " + text);
        }
    }

    /** Lines of any length, broken between words. */
    void wrapped(String indent, String text) {
        wrap(text, WIDTH - 2 - indent.length()).forEach(line -> line(indent + line));
    }

    void table(Table table) {
        table.lines().forEach(this::line);
    }

    /** Writes over the line that the cursor is in. */
    void overwrite(String text) {
        if (!quiet && terminal) {
            out.print("\r\u001b[K" + (text.isEmpty() ? "" : "  " + text));
            out.flush();
        }
    }

    void summary(String text) {
        out.println((quiet ? "" : "  ") + text);
    }

    void verdict(String text) {
        out.println((quiet ? "" : "  ") + paint(GREEN, text));
    }

    /** Tells what is wrong; lines after the first are details. */
    void error(String text) {
        overwrite("");
        out.flush();
        String who = "quickstart: ";
        List<String> lines = wrap(who + text, WIDTH - 2);
        err.println(paint(RED, who) + lines.get(0).substring(who.length()));
        lines.subList(1, lines.size()).forEach(line -> err.println("  " + line));
        err.flush();
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String given : text.split("\n", -1)) {
            String rest = given;
            while (rest.length() > width) {
                int space = rest.lastIndexOf(' ', width);
                int end = space > 0 ? space : width;
                lines.add(rest.substring(0, end));
                rest = rest.substring(end).stripLeading();
            }
            lines.add(rest);
        }
        return lines;
    }

    private String paint(String how, String text) {
        return colour ? how + text + PLAIN : text;
    }
}
