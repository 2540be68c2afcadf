package dev.rotor.gridfs.http;

import static dev.rotor.gridfs.http.HttpFixture.await;
import static dev.rotor.gridfs.http.HttpFixture.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.model.Filters;
import dev.rotor.driver.model.Updates;
import dev.rotor.gridfs.GridFsUploadOptions;
import dev.rotor.gridfs.MongoGridFsException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the core answers, without a server. The clock stands at noon of 1 March 2026; files are a month old. */
class GridFsHttpTest {

    private final HttpFixture fixture = new HttpFixture();
    private final GridFsHttp http = fixture.http(fixture.options());

    @AfterEach
    void close() {
        fixture.close();
    }

    private static GridFsHttpRequest request(String method, String path, String... headers) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], List.of(headers[i + 1]));
        }
        return new GridFsHttpRequest(method, path, fields);
    }

    private GridFsHttpResponse get(String path, String... headers) {
        return await(http.handle(request("GET", path, headers)));
    }

    private static GridFsHttpResponse get(GridFsHttp http, String path, String... headers) {
        return await(http.handle(request("GET", path, headers)));
    }

    /** All of it; it must have as many bytes as the response says. */
    private static byte[] body(GridFsHttpResponse response) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        ByteBuffer bytes = ByteBuffer.allocate((int) response.contentLength());
        Objects.requireNonNull(response.body()).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                bytes.put(buffer);
            }

            @Override
            public void onError(Throwable failure) {
                all.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                all.complete(bytes.array());
            }
        });
        byte[] body = await(all);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(body.length));
        return body;
    }

    private static String tag(GridFsHttpResponse response) {
        return Objects.requireNonNull(response.header("ETag"));
    }

    private static Document encoded(String coding) {
        return new Document("contentEncoding", coding);
    }

    // ---- whole files

    @Test
    void aFileIsServedByNameWithAllThatIsKnownOfIt() {
        fixture.store("pictures/a cat.png", bytes(350));

        GridFsHttpResponse response = get("/pictures/a%20cat.png?size=5");

        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response)).isEqualTo(bytes(350));
        assertThat(response.headers())
                .containsEntry("Content-Type", List.of("image/png"))
                .containsEntry("Content-Length", List.of("350"))
                .containsEntry("Last-Modified", List.of("Sun, 01 Feb 2026 12:00:00 GMT"))
                .containsEntry("Date", List.of("Sun, 01 Mar 2026 12:00:00 GMT"))
                .containsEntry("Accept-Ranges", List.of("bytes"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Cache-Control", List.of("no-cache"))
                .containsEntry("Content-Disposition", List.of("inline; filename=\"a cat.png\""))
                .doesNotContainKeys("Vary", "Content-Encoding", "Content-Range", "Expires");
        assertThat(response.header("etag")).startsWith("\"");
    }

    @Test
    void theLatestFileOfANameIsServedAndHasAnotherTag() {
        fixture.store("name", bytes(10), null, Instant.parse("2026-01-01T00:00:00Z"));
        String first = tag(get("/name"));
        fixture.store("name", bytes(20), null, Instant.parse("2026-01-02T00:00:00Z"));

        GridFsHttpResponse response = get("/name", "If-None-Match", first);

        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response)).isEqualTo(bytes(20));
    }

    @Test
    void anEmptyFileHasNoBody() {
        fixture.store("empty", new byte[0]);

        GridFsHttpResponse response = get("/empty");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.body()).isNull();
        assertThat(get("/empty", "Range", "bytes=0-").status()).isEqualTo(416);
    }

    @Test
    void headHasTheFieldsOfGetWithoutABodyAndReadsNoChunk() {
        fixture.store("name", bytes(350));
        fixture.sent.clear();

        GridFsHttpResponse head = await(http.handle(request("HEAD", "/name", "Range", "bytes=0-5")));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isNull();
        assertThat(head.contentLength()).isEqualTo(350);
        assertThat(head.headers()).isEqualTo(get("/name").headers());
        assertThat(fixture.sent).containsExactly("find", "find");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "", "G\r\nT"})
    void filesAreOnlyRead(String method) {
        GridFsHttpResponse response = await(http.handle(request(method, "/name")));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(new String(body(response), UTF_8)).isEqualTo("Files can be read only.\n");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        GridFsHttp files = fixture.http(fixture.options().prefix("/files/"));
        fixture.store("name", bytes(5));

        assertThat(get(files, "/files/name").status()).isEqualTo(200);
        for (String path : List.of("/files/none", "/files/", "/files", "/name", "/", "/filesname", "/FILES/name")) {
            GridFsHttpResponse response = get(files, path);
            assertThat(response.status()).as(path).isEqualTo(404);
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
            assertThat(new String(body(response), UTF_8)).isEqualTo("There is no such file.\n");
        }
        GridFsHttpResponse head = await(http.handle(request("HEAD", "/none")));
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.body()).isNull();
        assertThat(fixture.failures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/%00", "/%0d%0aX:y", "/%ff", "name", "/a b"})
    void aPathThatIsNoneIsABadRequestAndNothingIsLookedUp(String path) {
        GridFsHttpResponse response = get(path);

        assertThat(response.status()).isEqualTo(400);
        assertThat(new String(body(response), UTF_8)).startsWith("The path ");
        assertThat(fixture.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: x=1.txt",
                "\"; filename=\"evil.exe",
                "..",
                "../../etc/passwd",
                "\u0000",
                "\u202egpj.exe",
                "na\u00efve \uD83C\uDF89.html",
                "<script>alert(1)</script>"
            })
    void noNameOfAFileReachesAHeaderFieldAsItIs(String filename) {
        ObjectId id = fixture.store(filename, bytes(5), new Document("contentType", filename));
        GridFsHttp byId = fixture.http(fixture.options().fileChooser(GridFsFileChooser.byId()));

        GridFsHttpResponse response = get(byId, "/" + id);

        assertThat(response.status()).isEqualTo(200);
        response.headers().forEach((name, lines) -> lines.forEach(line -> HeaderText.check(name, line)));
        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.header("Content-Disposition"))
                .startsWith("inline")
                .doesNotContain("..", "\"; filename=\"evil");
    }

    // ---- conditions

    @Test
    void whoHasTheFileIsToldSoWithoutWhatDescribesIt() {
        fixture.store("name.txt", bytes(350));
        GridFsHttpResponse whole = get("/name.txt");

        for (GridFsHttpResponse response : List.of(
                get("/name.txt", "If-None-Match", tag(whole)),
                get("/name.txt", "If-Modified-Since", "Sun, 01 Feb 2026 12:00:00 GMT"),
                await(http.handle(request("HEAD", "/name.txt", "If-None-Match", "*"))),
                get("/name.txt", "If-None-Match", tag(whole), "Range", "bytes=9999-"))) {
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.body()).isNull();
            assertThat(response.contentLength()).isEqualTo(-1);
            assertThat(response.headers())
                    .containsOnlyKeys("Date", "ETag", "Last-Modified", "Cache-Control", "X-Content-Type-Options");
            assertThat(tag(response)).isEqualTo(tag(whole));
        }
    }

    @Test
    void aFileThatIsNotTheOneThatIsMeantFailsTheCondition() {
        fixture.store("name", bytes(350));

        assertThat(get("/name", "If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(get("/name", "If-Unmodified-Since", "Sun, 01 Feb 2026 11:59:59 GMT")
                        .status())
                .isEqualTo(412);
        assertThat(get("/name", "If-Match", tag(get("/name"))).status()).isEqualTo(200);
        assertThat(get("/none", "If-Match", "*").status()).isEqualTo(404);
    }

    @Test
    void aFileFromTheFutureIsNotNewerThanNow() {
        fixture.store("name", bytes(5), null, Instant.parse("2030-01-01T00:00:00Z"));

        assertThat(get("/name").header("Last-Modified")).isEqualTo("Sun, 01 Mar 2026 12:00:00 GMT");
    }

    @Test
    void aFileOfAnUnspeakableAgeIsServedWithoutOne() {
        fixture.store("name", bytes(5), null, Instant.parse("-10000-01-01T00:00:00Z"));

        assertThat(get("/name").headers()).doesNotContainKey("Last-Modified").containsKey("ETag");
        assertThat(get("/name", "If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT")
                        .status())
                .isEqualTo(200);
    }

    // ---- parts

    @ParameterizedTest
    @ValueSource(strings = {"0-349", "0-0", "99-100", "100-199", "349-349", "50-320"})
    void aPartIsSentWithItsPlace(String range) {
        fixture.store("name", bytes(350));

        GridFsHttpResponse response = get("/name", "Range", "bytes=" + range);

        int dash = range.indexOf('-');
        int first = Integer.parseInt(range, 0, dash, 10);
        int last = Integer.parseInt(range, dash + 1, range.length(), 10);
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).isEqualTo("bytes " + range + "/350");
        assertThat(body(response)).isEqualTo(Arrays.copyOfRange(bytes(350), first, last + 1));
        assertThat(response.header("ETag")).isEqualTo(tag(get("/name")));
    }

    @Test
    void aPartThatIsNotThereIsToldTheLength() {
        fixture.store("name", bytes(350));

        GridFsHttpResponse response = get("/name", "Range", "bytes=350-");

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).isEqualTo("bytes */350");
    }

    @Test
    void aPartOfAnotherFileIsNotContinued() {
        fixture.store("name", bytes(350));
        String tag = tag(get("/name"));

        assertThat(get("/name", "Range", "bytes=0-9", "If-Range", tag).status()).isEqualTo(206);
        assertThat(get("/name", "Range", "bytes=0-9", "If-Range", "\"other\"").status())
                .isEqualTo(200);
        assertThat(get("/name", "Range", "bytes=9999-", "If-Range", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void aDateContinuesAFileThatIsOldEnoughAndATagAnyFile() {
        fixture.store("old", bytes(350));
        fixture.store("new", bytes(350), null, HttpFixture.NOW.minusSeconds(30));

        for (String name : List.of("/old", "/new")) {
            GridFsHttpResponse whole = get(name);
            String date = Objects.requireNonNull(whole.header("Last-Modified"));
            assertThat(get(name, "Range", "bytes=0-9", "If-Range", tag(whole)).status())
                    .isEqualTo(206);
            assertThat(get(name, "Range", "bytes=0-9", "If-Range", date).status())
                    .isEqualTo(name.equals("/old") ? 206 : 200);
        }
    }

    @Test
    void severalPartsOfACompressedFileAreTheWholeOfIt() {
        fixture.store("name", bytes(350), encoded("gzip"));

        GridFsHttpResponse one = get("/name", "Accept-Encoding", "gzip", "Range", "bytes=0-9");
        assertThat(one.status()).isEqualTo(206);
        assertThat(one.header("Content-Encoding")).isEqualTo("gzip");
        GridFsHttpResponse several = get("/name", "Accept-Encoding", "gzip", "Range", "bytes=0-9,100-109");
        assertThat(several.status()).isEqualTo(200);
        assertThat(several.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(body(several)).isEqualTo(bytes(350));
    }

    @Test
    void severalPartsAreOneBodyOfParts() {
        fixture.store("letters.txt", "abcdefghijklmnopqrstuvwxyz".repeat(10).getBytes(UTF_8));

        GridFsHttpResponse response = get("/letters.txt", "Range", "bytes=0-1,-3,98-103");

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Type")).isEqualTo("multipart/byteranges; boundary=the-boundary");
        assertThat(response.header("Content-Range")).isNull();
        assertThat(new String(body(response), UTF_8))
                .isEqualTo(
                        """

                        --the-boundary
                        Content-Type: text/plain
                        Content-Range: bytes 0-1/260

                        ab
                        --the-boundary
                        Content-Type: text/plain
                        Content-Range: bytes 257-259/260

                        xyz
                        --the-boundary
                        Content-Type: text/plain
                        Content-Range: bytes 98-103/260

                        uvwxyz
                        --the-boundary--
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void onlyTheChunksOfAPartAreRead() {
        ObjectId id = fixture.store("name", bytes(1000));
        await(fixture.chunkDocuments().deleteMany(Filters.and(Filters.eq("files_id", id), Filters.ne("n", 5))));

        assertThat(body(get("/name", "Range", "bytes=510-520"))).isEqualTo(Arrays.copyOfRange(bytes(1000), 510, 521));
    }

    @Test
    void whoAsksForTooManyPartsGetsAllOfIt() {
        fixture.store("name", bytes(350));
        GridFsHttp two = fixture.http(fixture.options().maxRanges(2));

        assertThat(get(two, "/name", "Range", "bytes=0-1,5-6").status()).isEqualTo(206);
        GridFsHttpResponse whole = get(two, "/name", "Range", "bytes=0-1,5-6,9-10");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.contentLength()).isEqualTo(350);
    }

    // ---- compressed files

    @Test
    void aFileThatIsStoredCompressedIsSentAsSuch() {
        fixture.store("style.css.gz", bytes(50), encoded("gzip"));

        for (GridFsHttpResponse response :
                List.of(get("/style.css.gz", "Accept-Encoding", "gzip, br"), get("/style.css.gz"))) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(response.header("Content-Type")).isEqualTo("text/css");
            assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(body(response)).isEqualTo(bytes(50));
        }
        for (String refuses : List.of("identity", "gzip;q=0", "br", "identity;q=1, *;q=0")) {
            GridFsHttpResponse response = get("/style.css.gz", "Accept-Encoding", refuses);
            assertThat(response.status()).as(refuses).isEqualTo(406);
            assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
        }
    }

    @Test
    void aCompressedSiblingIsSentToWhomItSuits() {
        GridFsHttp both = fixture.http(fixture.options().precompressed(List.of("br", "gzip")));
        fixture.store("page.html", bytes(350));
        fixture.store("page.html.gz", bytes(50), new Document("contentType", "application/gzip"));
        fixture.store("page.html.br", bytes(40));

        GridFsHttpResponse gzip = get(both, "/page.html", "Accept-Encoding", "gzip");
        GridFsHttpResponse br = get(both, "/page.html", "Accept-Encoding", "gzip, br");
        GridFsHttpResponse plain = get(both, "/page.html");

        assertThat(body(gzip)).isEqualTo(bytes(50));
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.header("Content-Type")).isEqualTo("text/html");
        assertThat(gzip.header("Content-Disposition")).isEqualTo("inline; filename=\"page.html\"");
        assertThat(body(br)).isEqualTo(bytes(40));
        assertThat(br.header("Content-Encoding")).isEqualTo("br");
        assertThat(body(plain)).isEqualTo(bytes(350));
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(List.of(tag(gzip), tag(br), tag(plain))).doesNotHaveDuplicates();
        assertThat(List.of(gzip, br, plain))
                .allSatisfy(response -> assertThat(response.header("Vary")).isEqualTo("Accept-Encoding"));
        assertThat(get(both, "/page.html", "Accept-Encoding", "gzip", "If-None-Match", tag(plain))
                        .status())
                .as("what the client has is not the compressed one")
                .isEqualTo(200);
    }

    @Test
    void aSiblingThatIsOutOfDateOrAloneIsNotSent() {
        GridFsHttp gzip = fixture.http(fixture.options().precompressed(List.of("br", "gzip")));
        fixture.store("page.html", bytes(350), null, Instant.parse("2026-02-02T00:00:00Z"));
        fixture.store("page.html.br", bytes(40), null, Instant.parse("2026-02-01T23:59:59.999Z"));
        fixture.store("alone.gz", bytes(50));

        GridFsHttpResponse response = get(gzip, "/page.html", "Accept-Encoding", "gzip, br");

        assertThat(body(response)).isEqualTo(bytes(350));
        assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(get(gzip, "/alone", "Accept-Encoding", "gzip").status()).isEqualTo(404);
    }

    @Test
    void siblingsAreLookedForOnlyWhereTheyAreAskedFor() {
        fixture.store("page.html", bytes(350));
        fixture.store("page.html.gz", bytes(50));
        fixture.sent.clear();

        assertThat(get("/page.html", "Accept-Encoding", "gzip").contentLength()).isEqualTo(350);
        assertThat(fixture.sent).containsExactly("find");
    }

    // ---- hooks

    @Test
    void theApplicationChoosesTheFile() {
        ObjectId first = fixture.store("name", bytes(5));
        fixture.store("name", bytes(6));
        GridFsHttp chosen = fixture.http(fixture.options()
                .prefix("/f/")
                .fileChooser((bucket, name, request) -> CompletableFuture.completedFuture(
                        "secret".equals(request.header("x-key")) ? bucket.openDownloadStreamByName(name, 0) : null)));
        GridFsHttp byId = fixture.http(fixture.options().fileChooser(GridFsFileChooser.byId()));
        GridFsHttp byNumber = fixture.http(
                fixture.options().fileChooser(GridFsFileChooser.byId(name -> new BsonInt32(Integer.parseInt(name)))));
        await(fixture.bucket.uploadFromBytesWithId(new BsonInt32(7), "seven", bytes(7), GridFsUploadOptions.DEFAULT));

        assertThat(get(chosen, "/f/name", "X-Key", "secret").contentLength()).isEqualTo(5);
        assertThat(get(chosen, "/f/name").status()).isEqualTo(404);
        assertThat(get(byId, "/" + first).contentLength()).isEqualTo(5);
        assertThat(get(byId, "/name").status()).isEqualTo(404);
        assertThat(get(byId, "/" + new ObjectId()).status()).isEqualTo(404);
        assertThat(get(byNumber, "/7").contentLength()).isEqualTo(7);
        assertThat(get(byNumber, "/x").status()).isEqualTo(500);
        assertThat(fixture.failure()).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void theApplicationSaysHowLongAFileMayBeKept() {
        fixture.store("a.png", bytes(5));
        GridFsHttp hour = fixture.http(fixture.options()
                .cacheTime((name, modified, type) -> name.equals("a.png")
                                && type.equals("image/png")
                                && Instant.parse("2026-02-01T12:00:00.25Z").equals(modified)
                        ? Duration.ofHours(1)
                        : null));
        fixture.store("b.png", bytes(5));
        GridFsHttp forEver =
                fixture.http(fixture.options().cacheTime((name, modified, type) -> Duration.ofDays(99_999)));

        GridFsHttpResponse response = get(hour, "/a.png");
        assertThat(response.header("Cache-Control")).isEqualTo("max-age=3600");
        assertThat(response.header("Expires")).isEqualTo("Sun, 01 Mar 2026 13:00:00 GMT");
        assertThat(get(hour, "/a.png", "If-None-Match", "*").headers()).containsKeys("Cache-Control", "Expires");
        assertThat(get(hour, "/b.png").headers()).doesNotContainKeys("Cache-Control", "Expires");
        assertThat(get(forEver, "/a.png").header("Cache-Control")).isEqualTo("max-age=31536000");
    }

    @Test
    void theApplicationAddsAndChangesFieldsAndTheTagThatItSetsIsTheOneThatIsCompared() {
        fixture.store("name", bytes(5), new Document("version", "v5"));
        GridFsHttp extra = fixture.http(fixture.options().extraHeaders((headers, file, request) -> headers.set(
                        "ETag", '"' + Objects.requireNonNull(file.metadata()).getString("version") + '"')
                .add("Link", "</a>; rel=preload")
                .add("Link", "</b>; rel=preload")
                .remove("Last-Modified")
                .contentDisposition(GridFsDisposition.ATTACHMENT, "other.txt")));

        GridFsHttpResponse response = get(extra, "/name");

        assertThat(response.headers())
                .containsEntry("ETag", List.of("\"v5\""))
                .containsEntry("Link", List.of("</a>; rel=preload", "</b>; rel=preload"))
                .containsEntry("Content-Disposition", List.of("attachment; filename=\"other.txt\""))
                .doesNotContainKey("Last-Modified");
        assertThat(get(extra, "/name", "If-None-Match", "\"v5\"").status()).isEqualTo(304);
    }

    @Test
    void aHookThatFailsIsReportedAndTheClientLearnsNothingOfIt() {
        fixture.store("name", bytes(5));
        List<GridFsHttpOptions> broken = List.of(
                fixture.options().fileChooser((bucket, name, request) -> {
                    throw new IllegalStateException("secret");
                }),
                fixture.options()
                        .fileChooser((bucket, name, request) ->
                                CompletableFuture.failedFuture(new IllegalStateException("secret"))),
                fixture.options().cacheTime((name, modified, type) -> {
                    throw new IllegalStateException("secret");
                }),
                fixture.options().extraHeaders((headers, file, request) -> {
                    throw new IllegalStateException("secret");
                }));
        for (GridFsHttpOptions options : broken) {
            GridFsHttpResponse response = get(fixture.http(options), "/name");
            assertThat(response.status()).isEqualTo(500);
            assertThat(new String(body(response), UTF_8)).isEqualTo("The file cannot be read.\n");
            assertThat(fixture.failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("secret");
        }
        assertThat(fixture.failures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb"})
    void aHookCannotEndALine(String value) {
        fixture.store("name", bytes(5));
        GridFsHttp broken =
                fixture.http(fixture.options().extraHeaders((headers, file, request) -> headers.set("X-Extra", value)));

        GridFsHttpResponse response = get(broken, "/name");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers()).doesNotContainKeys("X-Extra", "Set-Cookie");
        assertThat(fixture.failure()).hasMessageContaining("X-Extra");
    }

    @Test
    void aHookMustSetWhatCanBeCompared() {
        fixture.store("name", bytes(5));
        assertThat(get(
                                fixture.http(fixture.options()
                                        .extraHeaders((headers, file, request) -> headers.set("ETag", "unquoted"))),
                                "/name")
                        .status())
                .isEqualTo(500);
        assertThat(fixture.failure()).hasMessageContaining("ETag").hasMessageContaining("quotes");
        assertThat(get(
                                fixture.http(fixture.options()
                                        .extraHeaders(
                                                (headers, file, request) -> headers.set("Last-Modified", "today"))),
                                "/name")
                        .status())
                .isEqualTo(500);
        assertThat(fixture.failure()).hasMessageContaining("Last-Modified");
        assertThat(get(
                                fixture.http(
                                        fixture.options().cacheTime((name, modified, type) -> Duration.ofSeconds(-1))),
                                "/name")
                        .status())
                .isEqualTo(500);
        assertThat(fixture.failure()).hasMessageContaining("cache time");
    }

    @Test
    void aListenerThatThrowsDoesNotChangeTheAnswer() {
        GridFsHttp broken = fixture.http(GridFsHttpOptions.DEFAULT
                .failureListener((request, failure) -> {
                    throw new IllegalStateException("listener");
                })
                .fileChooser((bucket, name, request) -> {
                    throw new IllegalStateException("chooser");
                }));

        assertThat(get(broken, "/name").status()).isEqualTo(500);
    }

    // ---- what goes wrong below

    @Test
    void aDatabaseThatIsGoneIsUnavailable() {
        fixture.store("name", bytes(5));
        fixture.client.close();

        GridFsHttpResponse response = get("/name");

        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(body(response), UTF_8)).isEqualTo("The file cannot be read at the moment.\n");
        assertThat(fixture.failure()).isInstanceOf(MongoException.class);
    }

    @Test
    void aFileWithoutALengthCannotBeRead() {
        ObjectId id = fixture.store("name", bytes(5));
        await(fixture.fileDocuments().updateOne(Filters.eq("_id", id), Updates.unset("length")));

        assertThat(get("/name").status()).isEqualTo(500);
        assertThat(fixture.failure()).isInstanceOf(MongoGridFsException.class);
    }

    @Test
    void aFileThatLacksTheRestIsServed() {
        await(fixture.fileDocuments()
                .insertOne(BsonDocument.parse("{_id: 'x', filename: 'name', length: 0, chunkSize: 5}")));

        GridFsHttpResponse response = get("/name");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsKey("ETag").doesNotContainKey("Last-Modified");
    }

    @Test
    void aBodyThatFailsMidwayIsReportedAndNamesTheAnswerIfNothingWasSent() {
        ObjectId id = fixture.store("name", bytes(350));
        await(fixture.chunkDocuments().deleteMany(Filters.eq("files_id", id)));
        GridFsHttpRequest request = request("GET", "/name");
        GridFsHttpResponse response = await(http.handle(request));
        assertThat(response.status()).isEqualTo(200);

        CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        Objects.requireNonNull(response.body()).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                end.completeExceptionally(new AssertionError("a chunk"));
            }

            @Override
            public void onError(Throwable failure) {
                end.complete(failure);
            }

            @Override
            public void onComplete() {
                end.completeExceptionally(new AssertionError("an end"));
            }
        });

        Throwable failure = Objects.requireNonNull(await(end));
        assertThat(fixture.failure()).isSameAs(failure).isInstanceOf(MongoGridFsException.class);
        assertThat(http.failed(request, failure).status()).isEqualTo(500);
    }

    // ---- settings

    @Test
    void optionsAreCheckedByName() {
        GridFsHttpOptions options = GridFsHttpOptions.DEFAULT;
        for (String prefix : List.of("", "files", "/files", "files/")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options.prefix(prefix))
                    .withMessageContaining("prefix");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.precompressed(List.of("deflate")))
                .withMessage("precompressed must be of [br, gzip, zstd], not deflate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.precompressed(List.of("gzip", "gzip")))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxRanges(0))
                .withMessageContaining("maxRanges");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxRanges(1001))
                .withMessageContaining("maxRanges");
        assertThat(options.disposition(GridFsDisposition.ATTACHMENT).prefix("/x/"))
                .returns(GridFsDisposition.ATTACHMENT, GridFsHttpOptions::disposition)
                .returns("/x/", GridFsHttpOptions::prefix)
                .returns(16, GridFsHttpOptions::maxRanges);
    }

    @Test
    void theSystemsClockIsTheClockOfApplications() {
        await(fixture.bucket.uploadFromBytes("name", bytes(5)));

        GridFsHttpResponse response = get(GridFsHttp.create(fixture.bucket), "/name");

        assertThat(response.headers()).containsKeys("Date", "Last-Modified");
        assertThat(tag(response)).isEqualTo(tag(get("/name")));
    }
}
