package dev.rotor.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.examples.live.LivePage;
import dev.rotor.examples.pictures.Pictures;
import dev.rotor.testserver.TestServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.Wait;

/** What a person sees of the web examples. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PagesTest {

    /** Four minutes of silence, in CD quality. */
    private static final int WAV_BYTES_PER_SECOND = 44_100 * 2 * 2;

    private static final int WAV_SECONDS = 240;

    private final List<BsonDocument> chunkQueries = new CopyOnWriteArrayList<>();
    private final WebDriver browser = Browser.start();
    private final Wait<WebDriver> wait = new FluentWait<>(browser)
            .withTimeout(Duration.ofSeconds(60))
            .pollingEvery(Duration.ofMillis(50))
            .ignoring(NoSuchElementException.class, StaleElementReferenceException.class);

    private final TestServer server = TestServer.replicaSet(1).start();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    BsonDocument command = event.command();
                    if (event.commandName().equals("find")
                            && command.getString("find").getValue().endsWith(".chunks")) {
                        chunkQueries.add(command.getDocument("filter"));
                    }
                }
            })
            .build());

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        client.getDatabase("pictures").drop().toCompletableFuture().join();
        client.getDatabase("live").drop().toCompletableFuture().join();
    }

    @AfterAll
    void close() {
        browser.quit();
        client.close();
        server.close();
    }

    @Test
    void aNoteThatIsWrittenInOneWindowAppearsInTheOther() throws IOException {
        try (LivePage page = LivePage.start(client, 0)) {
            browser.get(page.address());
            String reader = browser.getWindowHandle();
            untilLive();
            browser.switchTo().newWindow(WindowType.WINDOW);
            browser.get(page.address());
            untilLive();

            browser.findElement(By.id("text")).sendKeys("<b>not markup</b> & \u00fcml\u00e4ut");
            browser.findElement(By.cssSelector("#write button")).click();
            wait.until(driver -> driver.findElement(By.cssSelector("#notes li")));

            browser.close();
            browser.switchTo().window(reader);
            assertThat(wait.until(driver -> driver.findElement(By.cssSelector("#notes li")))
                            .getText())
                    .isEqualTo("<b>not markup</b> & \u00fcml\u00e4ut");
        }
    }

    @Test
    void aPictureThatIsAddedAppearsInAnotherWindowAndIsTheSame() throws IOException {
        Path picture = folder.resolve("red & \u00fcberblick.png");
        BufferedImage image = new BufferedImage(321, 123, BufferedImage.TYPE_INT_RGB);
        image.setRGB(5, 5, 0xff0000);
        ImageIO.write(image, "png", picture.toFile());
        try (Pictures pictures = Pictures.start(client, 0)) {
            browser.get(pictures.address());
            String watcher = browser.getWindowHandle();
            untilLive();
            browser.switchTo().newWindow(WindowType.WINDOW);
            browser.get(pictures.address());
            untilLive();
            browser.findElement(By.id("file")).sendKeys(picture.toString());

            browser.switchTo().window(watcher);
            WebElement shown = wait.until(driver -> driver.findElement(By.cssSelector("#album img")));
            assertThat(browser.findElement(By.cssSelector("#album .name")).getText())
                    .isEqualTo("red & \u00fcberblick.png");
            wait.until(driver -> Objects.equals(script("return arguments[0].naturalWidth", shown), 321L));
            assertThat(script("return arguments[0].naturalHeight", shown)).isEqualTo(123L);

            Set<String> before = browser.getWindowHandles();
            browser.findElement(By.cssSelector("#album .name")).click();
            browser.switchTo().window(wait.until(driver -> newWindow(before)));
            wait.until(driver -> Objects.equals(script("return document.readyState"), "complete"));
            assertThat(script("return document.contentType")).isEqualTo("image/png");
            browser.switchTo().window(watcher);

            browser.findElement(By.cssSelector("#album .remove")).click();
            wait.until(
                    driver -> driver.findElements(By.cssSelector("#album img")).isEmpty());
            assertThat(browser.findElement(By.id("empty")).isDisplayed()).isTrue();
            closeOtherWindows(watcher);
        }
    }

    @Test
    void aLargeSoundIsSoughtInByRange() throws IOException {
        Path sound = folder.resolve("silence.wav");
        writeSilence(sound);
        try (Pictures pictures = Pictures.start(client, 0)) {
            browser.get(pictures.address());
            untilLive();
            browser.findElement(By.id("file")).sendKeys(sound.toString());
            WebElement audio = wait.until(driver -> driver.findElement(By.cssSelector("#album audio")));
            wait.until(driver -> Objects.equals(script("return arguments[0].readyState > 0", audio), true));
            assertThat((Number) script("return arguments[0].duration", audio))
                    .satisfies(seconds -> assertThat(seconds.doubleValue()).isEqualTo(WAV_SECONDS));
            chunkQueries.clear();

            script("arguments[0].currentTime = 200", audio);

            wait.until(driver -> Objects.equals(
                    script("return !arguments[0].seeking && arguments[0].readyState >= 2", audio), true));
            assertThat((Number) script("return arguments[0].currentTime", audio))
                    .satisfies(seconds -> assertThat(seconds.doubleValue()).isEqualTo(200));
            int sought = 200 * WAV_BYTES_PER_SECOND / (255 * 1024);
            assertThat(chunkQueries)
                    .as("the file is read from near that place, not from its start")
                    .anySatisfy(filter -> assertThat(
                                    filter.getDocument("n").getNumber("$gte").intValue())
                            .isBetween(sought - 20, sought + 1));
        }
    }

    private void untilLive() {
        wait.until(driver -> driver.findElement(By.id("state")).getText().equals("live"));
    }

    private @Nullable Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) browser).executeScript(script, arguments);
    }

    private @Nullable String newWindow(Set<String> before) {
        return browser.getWindowHandles().stream()
                .filter(window -> !before.contains(window))
                .findAny()
                .orElse(null);
    }

    private void closeOtherWindows(String kept) {
        for (String window : browser.getWindowHandles()) {
            if (!window.equals(kept)) {
                browser.switchTo().window(window).close();
            }
        }
        browser.switchTo().window(kept);
    }

    private static void writeSilence(Path file) throws IOException {
        int data = WAV_SECONDS * WAV_BYTES_PER_SECOND;
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) 2).putInt(44_100).putInt(WAV_BYTES_PER_SECOND);
        header.putShort((short) 4).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(header.array());
            out.setLength(44L + data);
        }
    }
}
