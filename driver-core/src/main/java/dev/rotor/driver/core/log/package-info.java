/**
 * What the driver writes to the log, as the logging specification and the sections on logging of the specifications of
 * command monitoring, connection pools, server discovery and server selection define it.
 *
 * <p><b>Shape of a message.</b> Over the fluent interface of slf4j 2, each message has
 *
 * <ul>
 *   <li>a <em>logger</em>, one for each component: {@code dev.rotor.driver.command}, {@code dev.rotor.driver.topology},
 *       {@code dev.rotor.driver.serverSelection}, {@code dev.rotor.driver.connection}; the component's name is the part
 *       after the last point;
 *   <li>a <em>level</em>: {@code DEBUG} throughout, and {@code INFO} for "Waiting for suitable server to become
 *       available";
 *   <li><em>key-value pairs</em>, under exactly the names of the specifications. The first is {@code message}, with the
 *       fixed text of the specification, such as "Command started"; what is not known or does not apply is left out,
 *       never {@code null}. {@code topologyId} is there in every message of every component, so that the messages of
 *       several clients can be told apart: it is the hexadecimal form of the id in a client's topology events;
 *   <li>a <em>text</em> for people: the specification's unstructured form with the same values.
 * </ul>
 *
 * <p><b>Values.</b> {@code requestId} and {@code serverPort} are {@link java.lang.Integer}; {@code operationId},
 * {@code driverConnectionId}, {@code serverConnectionId}, {@code remainingTimeMS} and the pool's options
 * {@link java.lang.Long} or {@link java.lang.Integer}; {@code durationMS} a {@link java.lang.Double}; {@code awaited} a
 * {@link java.lang.Boolean}; all others are strings. Documents ({@code command}, {@code reply}) are relaxed Extended
 * JSON, cut at {@code maxLoggedDocumentLength} UTF-16 units with "..." behind. {@code failure} and {@code error} are
 * text: what the driver found; of a server's refusal its code, name, labels, and the reply as JSON; of a command with
 * credentials {@code REDACTED} takes the place of the reply and ends the text.
 *
 * <p>Beside the specifications' messages there are a few at {@code WARN} about what users bring along and what fails:
 * listeners that throw ({@code dev.rotor.driver.listener}) and context carriers that do
 * ({@code dev.rotor.driver.context}), each once per kind.
 *
 * <p>Nothing of a message is made before its logger has said that somebody wants it: a component that is off costs one
 * question.
 */
@NullMarked
package dev.rotor.driver.core.log;

import org.jspecify.annotations.NullMarked;
