package dev.rotor.benchmarks.files;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What moving one file has taken.
 *
 * @param seconds from the call until all of it was done
 * @param cpuSeconds processor time of the driver's process, garbage collection included
 * @param allocatedBytes heap allocated by the living threads of that process
 * @param fileBytes how long the file was
 */
record FileFigures(double seconds, double cpuSeconds, double allocatedBytes, double fileBytes) {

    private static final double MEBIBYTE = 1024 * 1024;

    double mebibytesPerSecond() {
        return fileBytes / MEBIBYTE / seconds;
    }

    double cpuMillisPerMebibyte() {
        return cpuSeconds * 1000 / (fileBytes / MEBIBYTE);
    }

    double allocatedPerByte() {
        return allocatedBytes / fileBytes;
    }

    String toLine() {
        return String.format(Locale.ROOT, "%.9f %.9f %.0f %.0f", seconds, cpuSeconds, allocatedBytes, fileBytes);
    }

    static FileFigures parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not figures of a file: " + line);
        }
        return new FileFigures(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }

    /** The median of each figure by itself; of an even number of rounds the lower one. */
    static FileFigures median(List<FileFigures> rounds) {
        return new FileFigures(
                median(rounds, FileFigures::seconds),
                median(rounds, FileFigures::cpuSeconds),
                median(rounds, FileFigures::allocatedBytes),
                median(rounds, FileFigures::fileBytes));
    }

    private static double median(List<FileFigures> rounds, ToDoubleFunction<FileFigures> figure) {
        return rounds.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((rounds.size() - 1) / 2);
    }
}
