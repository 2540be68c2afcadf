@NullMarked
package dev.rotor.transport.epoll;

import org.jspecify.annotations.NullMarked;
