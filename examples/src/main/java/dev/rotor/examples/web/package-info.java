/** What the web examples share: pages, server-sent events, and answers of the JDK's HTTP server. */
@NullMarked
package dev.rotor.examples.web;

import org.jspecify.annotations.NullMarked;
