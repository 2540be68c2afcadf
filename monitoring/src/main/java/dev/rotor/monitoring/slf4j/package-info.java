/**
 * Listeners that write to SLF4J: one readable line for each event, with key-value pairs for machines.
 *
 * <p>One of them alone, for all commands that take longer than a tenth of a second and for those that fail, without a
 * value of any document in the log:
 *
 * <pre>{@code
 * CommandLogOptions options = CommandLogOptions.DEFAULT
 *         .slowAfter(Duration.ofMillis(100))
 *         .slowLevel(Level.WARN)
 *         .detail(Detail.NAMES);
 * settings.addCommandListener(new CommandLogger(options));
 * }</pre>
 *
 * <p>When servers come and go, and whether there is one to write to:
 *
 * <pre>{@code
 * settings.addServerListener(new ServerLogger());
 * settings.addTopologyListener(new TopologyLogger());
 * }</pre>
 *
 * <p>The monitors' heartbeats, and what connections do:
 *
 * <pre>{@code
 * settings.addServerMonitorListener(new HeartbeatLogger());
 * settings.addConnectionPoolListener(new ConnectionPoolLogger());
 * }</pre>
 *
 * <p>The context of whoever called, in all lines that come of the call and in the application's own completions:
 *
 * <pre>{@code
 * settings.contextCarrier(new MdcContextCarrier());
 * MDC.put("user", "ada");
 * people.insertOne(ada).thenAccept(result -> log.info("inserted")); // this line has user=ada, as that of the command
 * }</pre>
 *
 * <p><b>Beside the driver's own log.</b> Without any of this the driver writes to the loggers
 * {@code dev.rotor.driver.command}, {@code topology}, {@code serverSelection} and {@code connection}: the messages that
 * the specifications prescribe for all drivers, in their words, nearly all at {@code DEBUG}, with whole documents up to
 * one length for the client. That is for looking into the driver, and costs nothing while it is off. These listeners
 * are for an application's everyday log: failures at a level that is usually on, each kind of line with a logger and
 * levels of its own, slow commands, and a choice of how much of the data is shown. Where both are on, what happens is
 * told twice.
 *
 * <p><b>Safe lines.</b> No event has a credential in it. Whatever data contains, a line stays a line: control
 * characters, line ends and invisible formatting are escaped, in the text and in the values.
 */
@NullMarked
package dev.rotor.monitoring.slf4j;

import org.jspecify.annotations.NullMarked;
