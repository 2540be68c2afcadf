package dev.rotor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of the public API is seen in review: {@code api/*.txt} says what the code says. */
class ApiTest {

    private static final String UPDATE = "mvn -q test -pl api -am -Dtest=ApiTest "
            + "-Dsurefire.failIfNoSpecifiedTests=false -Drotor.api.update=true";

    static Set<String> artifacts() {
        return Published.MODULES.keySet();
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void theFileSaysWhatTheCodeSays(String artifact) throws IOException {
        Path file = Published.ROOT.resolve("api").resolve(artifact + ".txt");
        String code = ApiText.of(Published.module(artifact));
        if (Boolean.getBoolean("rotor.api.update")) {
            Files.writeString(file, code);
            return;
        }
        String difference = ApiDiff.between(Files.exists(file) ? Published.text(file) : "", code);
        if (!difference.isEmpty()) {
            fail(
                    "api/%s.txt (-) is not what the code of %s exports (+):%n%s%nIf the change is meant, run%n    %s%nand "
                            + "commit the file.",
                    artifact, artifact, difference, UPDATE);
        }
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void noSignatureNamesATypeThatUsersCannotName(String artifact) {
        assertThat(ApiText.leaks(Published.module(artifact))).isEmpty();
    }

    @Test
    void everyPublishedModuleIsDumped() {
        Matcher entry = Pattern.compile("<artifactId>rotor-([\\w-]+)</artifactId>")
                .matcher(Published.text(Published.ROOT.resolve("bom/pom.xml")));
        Set<String> published = new TreeSet<>();
        while (entry.find()) {
            published.add(entry.group(1));
        }
        published.remove("bom");
        assertThat(published).isEqualTo(Published.MODULES.keySet());
        assertThat(Published.FOUND.stream().map(ApiModule::name).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Published.MODULES.values()));
    }

    @Test
    void theCommandThatUpdatesTheFilesIsInTheGuide() {
        String guide = Published.text(Published.ROOT.resolve("CONTRIBUTING.md"));
        assertThat(guide.lines()).anyMatch(line -> line.contains(UPDATE));
    }
}
