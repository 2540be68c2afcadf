package dev.rotor.conformance.faults;

import dev.rotor.testserver.Member;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** One thing that goes wrong with a member, and how it is mended. */
enum Fault {
    KILL {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.kill();
        }

        @Override
        void end(Member member) {
            member.restart();
        }
    },
    SHUTDOWN {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.shutdown();
        }

        @Override
        void end(Member member) {
            member.restart();
        }
    },
    PARTITION {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.partition();
        }

        @Override
        void end(Member member) {
            member.heal();
        }
    },
    STEP_DOWN {
        @Override
        void begin(Member member, RandomGenerator random) {
            if (member.role() == dev.rotor.testserver.engine.MemberRole.PRIMARY) {
                member.stepDown();
            }
        }

        @Override
        void end(Member member) {}
    },
    CUT_AT_RANDOM_BYTES {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().cutAfterBytes(random.nextInt(4_000));
        }

        @Override
        void end(Member member) {
            member.faults().clear();
        }
    },
    CLOSE_CONNECTIONS {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().closeConnections();
        }

        @Override
        void end(Member member) {}
    },
    BLOCKED_REPLIES {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().dropReplies(true);
        }

        @Override
        void end(Member member) {
            member.faults().clear();
        }
    },
    SLOW_REPLIES {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().delayReplies(Duration.ofMillis(1 + random.nextInt(300)));
        }

        @Override
        void end(Member member) {
            member.faults().clear();
        }
    },
    HANGING_HOST {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().freeze(true);
        }

        @Override
        void end(Member member) {
            member.faults().clear();
        }
    },
    REFUSED_CONNECTIONS {
        @Override
        void begin(Member member, RandomGenerator random) {
            member.faults().refuseConnections(true);
            member.faults().closeConnections();
        }

        @Override
        void end(Member member) {
            member.faults().clear();
        }
    };

    abstract void begin(Member member, RandomGenerator random);

    abstract void end(Member member);
}
