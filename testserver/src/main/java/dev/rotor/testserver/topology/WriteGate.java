package dev.rotor.testserver.topology;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets writes of a member in, until it steps down or dies: then nobody is let in, and whoever closes the gate waits for
 * those inside. So no write is applied after a step-down has been reported.
 */
public final class WriteGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int inside;
    private int closers;

    /** Enters, waiting while the gate is closed. */
    public void enter() {
        lock.lock();
        try {
            while (closers > 0) {
                changed.awaitUninterruptibly();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves. */
    public void exit() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the gate, has the writes inside interrupted, waits until they are out, acts, and opens it again. */
    public void whileEmpty(Runnable interruptInside, Runnable action) {
        lock.lock();
        try {
            closers++;
        } finally {
            lock.unlock();
        }
        try {
            interruptInside.run();
            lock.lock();
            try {
                while (inside > 0) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
            action.run();
        } finally {
            lock.lock();
            try {
                closers--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
