package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImageCountTest {

    @Test
    void bothWaysToLookAtTheImageSeeTheSameClassFiles() throws IOException {
        for (long limit : List.of(1L, 7_000L, Long.MAX_VALUE)) {
            List<JdkImage.ClassResource> files = JdkImage.classFiles(limit);
            ImageCount count = ImageCount.take(limit);

            assertThat(count.classFiles()).isEqualTo(files.size());
            assertThat(count.modules().values().stream()
                            .mapToLong(ImageCount.Total::classes)
                            .sum())
                    .isEqualTo(files.size() - count.moduleDescriptors());
            assertThat(files.stream()
                            .filter(file -> file.resource().equals("module-info.class"))
                            .count())
                    .isEqualTo(count.moduleDescriptors());
        }
    }

    @Test
    void theRegularExpressionMeansTheSamePackagesAsThePaths() throws IOException {
        Pattern internal = Pattern.compile(Changes.INTERNAL_PACKAGE);
        for (JdkImage.ClassResource file : JdkImage.classFiles(Long.MAX_VALUE)) {
            String path = file.resource();
            int slash = path.lastIndexOf('/');
            String name = slash < 0 ? "" : path.substring(0, slash).replace('/', '.');
            assertThat(internal.matcher(name).find()).as(name).isEqualTo(ImageCount.isInternal(path));
        }
    }

    @Test
    void everyDifferenceIsReported() {
        ImageCount image =
                new ImageCount(10, 1, 4, Map.of("a", new ImageCount.Total(5, 50), "b", new ImageCount.Total(4, 40)));
        Map<String, ImageCount.Total> same = image.modules();

        assertThat(Verification.differences(image, new Verification.Found(10, 10, 1, 9, 4, same)))
                .isEmpty();
        assertThat(Verification.differences(
                        image,
                        new Verification.Found(
                                11,
                                12,
                                2,
                                8,
                                3,
                                Map.of("a", new ImageCount.Total(5, 51), "c", new ImageCount.Total(4, 40)))))
                .containsExactly(
                        "documents inserted: 11 in the database, 10 in the image",
                        "documents updated: 12 in the database, 10 in the image",
                        "module descriptors deleted: 2 in the database, 1 in the image",
                        "documents left: 8 in the database, 9 in the image",
                        "documents marked internal: 3 in the database, 4 in the image",
                        "bytes of a: 51 in the database, 50 in the image",
                        "classes of b: 0 in the database, 4 in the image",
                        "bytes of b: 0 in the database, 40 in the image",
                        "classes of c: 4 in the database, 0 in the image",
                        "bytes of c: 40 in the database, 0 in the image");
    }
}
