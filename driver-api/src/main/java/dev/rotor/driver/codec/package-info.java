/**
 * Types people use: how Java values become BSON and come back. All of this is there without asking, in
 * {@link dev.rotor.driver.MongoClientSettings#DEFAULT_CODEC_REGISTRY}, except for plain classes (POJOs), which take one
 * line: {@link dev.rotor.driver.codec.Codecs#withPojos()}.
 *
 * <h2>Values</h2>
 *
 * <table class="striped">
 * <caption>What each Java type is stored as</caption>
 * <thead><tr><th>Java</th><th>BSON</th></tr></thead>
 * <tbody>
 * <tr><td>{@code boolean}, {@code int}, {@code long}, {@code double} and their classes</td>
 *     <td>the BSON type of that name. Any number is read that fits without loss: an {@code int} from a double 3.0, not
 *     from 3.5</td></tr>
 * <tr><td>{@code byte}, {@code short}, {@code AtomicInteger}</td><td>int32</td></tr>
 * <tr><td>{@code AtomicLong}</td><td>int64</td></tr>
 * <tr><td>{@code float}</td><td>double</td></tr>
 * <tr><td>{@code char}, {@code String}, enums (by name)</td><td>string</td></tr>
 * <tr><td>{@code BigDecimal}, {@code Decimal128}</td><td>decimal128; more than 34 digits are refused</td></tr>
 * <tr><td>{@code Instant}, {@code Date}, {@code LocalDateTime}, {@code LocalDate}, {@code LocalTime}</td>
 *     <td>date, which has <b>milliseconds</b>: what is finer is cut off. The local ones are taken as UTC, a
 *     {@code LocalTime} as on 1 January 1970</td></tr>
 * <tr><td>{@code Duration}, {@code Period}, {@code YearMonth}, {@code MonthDay}, {@code ZoneId},
 *     {@code ZoneOffset}</td><td>string: their ISO text or id, exact</td></tr>
 * <tr><td>{@code Year}</td><td>int32</td></tr>
 * <tr><td>{@code OffsetDateTime}, {@code ZonedDateTime}, {@code OffsetTime}, {@code BigInteger}</td>
 *     <td>refused, since BSON would lose the offset, the zone or the digits; the error says what to use</td></tr>
 * <tr><td>{@code UUID}</td><td>binary, as {@code uuidRepresentation} of the client says, however deep it stands; refused
 *     while that is unspecified</td></tr>
 * <tr><td>{@code byte[]}, {@code Binary}</td><td>binary</td></tr>
 * <tr><td>{@code BinaryVector} (float32, int8, packed bits)</td><td>binary, subtype 9</td></tr>
 * <tr><td>{@code ObjectId}, {@code Pattern}, {@code Code}, {@code Symbol}, {@code MinKey}, {@code MaxKey}, every
 *     {@code BsonValue}</td><td>the BSON type of that name</td></tr>
 * <tr><td>{@code Optional}, {@code OptionalInt}, {@code OptionalLong}, {@code OptionalDouble}</td>
 *     <td>their value; absent is no field in a record, and null elsewhere. One within another is
 *     refused</td></tr>
 * <tr><td>GeoJSON geometries, {@code DbRef}, {@code JsonObject}</td><td>document</td></tr>
 * <tr><td>{@code Object}, {@code Number}, a wildcard, a raw {@code List} or {@code Map}</td>
 *     <td>written by the class that the value has; read as in a {@code Document}</td></tr>
 * </tbody>
 * </table>
 *
 * <h2>Collections, maps, arrays</h2>
 *
 * <p>Collections, other iterables and arrays (all but {@code byte[]}) are arrays, maps are documents. Every class of
 * them can be written, the immutable ones too. Read are {@code Collection}, {@code List}, {@code Set},
 * {@code SortedSet}, {@code Queue}, {@code Deque}, {@code EnumSet}, {@code Map}, {@code SortedMap},
 * {@code ConcurrentMap}, {@code EnumMap}, what extends or lies between them in the JDK, and every class of them with a
 * constructor without parameters; the elements are of the class that it declares ({@code Times extends
 * ArrayList<Instant>}), where that has a codec. Other iterables are written only. What is read is plain: it can be
 * changed, and a {@code Set} or {@code Map} keeps the stored order. A record makes it immutable in its constructor,
 * with {@code List.copyOf}.
 *
 * <p>Keys of maps are field names: strings, enums, {@code UUID}, {@code ObjectId}, {@code LocalDate}, numbers,
 * {@code Boolean}, {@code Character}. Other keys are refused.
 *
 * <h2>Records</h2>
 *
 * <p>A record is a document with a field for each component; {@code _id} goes first. Records may be private, local,
 * generic ({@code Page<Order>} as a component), nested and recursive. In a module, the package has to be opened:
 * {@code opens com.example.model to dev.rotor.driver;}.
 *
 * <ul>
 *   <li>A component that is null, or an optional that is absent, is not written. So an {@code _id} of null is given by
 *       the driver when the record is inserted; the result of the insert has it.
 *   <li>A field that is missing or null gives null, an absent optional, or for a primitive an error. A null that is
 *       stored for a {@code BsonValue} gives {@code BsonNull}.
 *   <li>Unknown fields are ignored.
 *   <li>On components: {@code @BsonId}, {@code @BsonProperty} (the field's name), {@code @BsonRepresentation}. On the
 *       record: {@code @BsonDiscriminator}. The other annotations of {@code org.bson.codecs.pojo.annotations} do not
 *       work on records, and are refused rather than overlooked.
 * </ul>
 *
 * <h2>Sealed hierarchies</h2>
 *
 * <pre>{@code
 * sealed interface Shape permits Circle, Square {}
 * record Circle(double radius) implements Shape {}
 * @BsonDiscriminator("sq") record Square(double side) implements Shape {}
 *
 * MongoCollection<Shape> shapes = database.getCollection("shapes", Shape.class);  // {_t: "sq", side: 2.0}
 * }</pre>
 *
 * <p>Each document says in the field {@code _t} which class it is of: by the simple name, or what
 * {@code @BsonDiscriminator} on the class says; {@code @BsonDiscriminator(key = ...)} on the sealed type names another
 * field. Nested and generic hierarchies work; the classes are records or plain classes. A collection of one permitted
 * class writes the discriminator too, accepts documents without it, and refuses those of another class. Two classes
 * with the same discriminator are found when the codec is made, that is at the first use. A class's full name is
 * understood when reading.
 *
 * <h2>Plain classes</h2>
 *
 * <p>{@link dev.rotor.driver.codec.Codecs#withPojos()} adds the BSON library's
 * {@link org.bson.codecs.pojo.PojoCodecProvider} behind all others. It is not there without asking, because it takes
 * any class at all and stores what its getters give, whether or not that can be read back. The classes of a sealed
 * hierarchy need no asking: sealing them says enough.
 *
 * <h2>Your own</h2>
 *
 * <p>{@link dev.rotor.driver.codec.Codecs#with(org.bson.codecs.Codec[])} puts codecs in front of all this, for a
 * client, a database or a collection ({@code withCodecRegistry}). They are found in components, elements and values
 * too.
 *
 * <h2>Errors</h2>
 *
 * <p>When a value has no codec the error says so and where: {@code No codec for java.util.Currency, at field a.b of
 * org.bson.Document}. When a field has another BSON type than its component, it names the field's path, the record and
 * its component, and both types. These are {@link org.bson.codecs.configuration.CodecConfigurationException} and
 * {@link org.bson.BsonInvalidOperationException}; the cause is kept.
 */
@NullMarked
package dev.rotor.driver.codec;

import org.jspecify.annotations.NullMarked;
