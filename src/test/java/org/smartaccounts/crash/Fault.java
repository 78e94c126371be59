package org.smartaccounts.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What goes wrong. */
enum Fault {
    KILL_AT_RANDOM,
    KILL_AFTER_ACCEPTANCE,
    KILL_BEFORE_COMMIT,
    DATABASE_FAST,
    DATABASE_IMMEDIATE,
    DATABASE_IMMEDIATE_AFTER_ACCEPTANCE,
    CONNECTIONS_CUT,
    CONNECTIONS_CUT_AFTER_ACCEPTANCE,
    MAIL_DOWN,
    MAIL_SLOW,
    MAIL_REFUSING,
    /** Until the engine has given up an email. */
    MAIL_REFUSING_FOR_LONG,
    MAIL_HANGING,
    CLOCK_JUMP,
    CLOCK_JUMP_WITH_CONNECTIONS_CUT,
    ROLLING_UPDATE;

    /** A sequence in which each comes at least once, if there is room, one in four kills a node, and one is the rolling update, in the middle. */
    static List<Fault> sequence(int length, RandomGenerator random) {
        List<Fault> kills = List.of(KILL_AT_RANDOM, KILL_AFTER_ACCEPTANCE, KILL_BEFORE_COMMIT);
        List<Fault> others = Stream.of(values())
                .filter(fault -> !kills.contains(fault) && fault != ROLLING_UPDATE)
                .toList();
        List<Fault> killsInTurn = new ArrayList<>();
        List<Fault> othersInTurn = new ArrayList<>();
        List<Fault> sequence = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (i == length / 2) {
                sequence.add(ROLLING_UPDATE);
            } else if (i % 4 == 1) {
                sequence.add(nextOf(kills, killsInTurn, random));
            } else {
                sequence.add(nextOf(others, othersInTurn, random));
            }
        }
        return sequence;
    }

    private static Fault nextOf(List<Fault> all, List<Fault> inTurn, RandomGenerator random) {
        if (inTurn.isEmpty()) {
            inTurn.addAll(all);
        }
        return inTurn.remove(random.nextInt(inTurn.size()));
    }
}
