package org.smartaccounts.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.smartaccounts.crash.Person.NobodyKnows;

/** All the people, several at once, each with many stories under way. Whoever gets no answer comes back later. */
final class Crowd implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final int WORDS = 120;
    private static final int UNDER_WAY = 10;
    private static final long TO_THINK_MILLIS = 150;
    /** A node that starts on a small machine needs all of it. */
    private static final long TO_THINK_WHILE_A_NODE_STARTS_MILLIS = 1000;

    private final Queue<Story> stories = new ConcurrentLinkedQueue<>();
    private final AtomicInteger told = new AtomicInteger();
    private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
    private final AtomicInteger customers = new AtomicInteger();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final BooleanSupplier allAreUp;
    private volatile boolean goingHome;

    Crowd(long seed, Supplier<Node> loadBalancer, BooleanSupplier allAreUp, CrashMail mail, PassingTime time) {
        this.allAreUp = allAreUp;
        for (int i = 0; i < AT_ONCE; i++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed + 1000 + i);
            Deeds deeds = new Deeds(loadBalancer, mail, time);
            threads.execute(() -> live(random, deeds));
        }
    }

    private void live(RandomGenerator random, Deeds deeds) {
        List<Story> open = new ArrayList<>();
        try {
            while (!goingHome || !open.isEmpty()) {
                if (open.size() < UNDER_WAY && !goingHome) {
                    Story story = new Story(customers.incrementAndGet(), random);
                    stories.add(story);
                    open.add(story);
                }
                Story story = open.get(random.nextInt(open.size()));
                int before = story.told().size();
                try {
                    deeds.takeNext(story);
                } catch (NobodyKnows e) {
                    unanswered.merge(kind(e), 1, Integer::sum);
                } catch (RuntimeException e) {
                    unexpected.add(e.toString());
                }
                told.addAndGet(story.told().size() - before);
                open.removeIf(Story::isOver);
                Thread.sleep(random.nextLong(
                        2 * (allAreUp.getAsBoolean() ? TO_THINK_MILLIS : TO_THINK_WHILE_A_NODE_STARTS_MILLIS)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often somebody was told that something is done. */
    int told() {
        return told.get();
    }

    /** How often nobody knew whether something was done, by what they saw instead. */
    Map<String, Integer> unanswered() {
        return new TreeMap<>(unanswered);
    }

    private static String kind(NobodyKnows e) {
        String words = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replaceAll("[0-9]{4,}.*", "…");
        return words.substring(0, Math.min(words.length(), WORDS));
    }

    /** What went wrong with the people themselves. */
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    List<Story> stories() {
        return List.copyOf(stories);
    }

    /** They begin nothing new, and bring to an end what they have begun. */
    void goHome() {
        goingHome = true;
        threads.shutdown();
    }

    boolean isHome() {
        return threads.isTerminated();
    }

    /** What they could not do, for whoever looks for the reason. */
    Map<String, List<String>> stuck() {
        Map<String, List<String>> stuck = new TreeMap<>();
        stories.stream()
                .filter(story -> !story.isOver())
                .forEach(story -> stuck.computeIfAbsent(story.next().name(), step -> new ArrayList<>())
                        .add(story.isKnown() ? story.requestNumber() : story.domain()));
        return stuck;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
